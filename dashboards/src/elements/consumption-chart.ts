import type { EChartsType } from "echarts/core";
import { html, LitElement, nothing, render } from "lit";
import { property, query, state } from "lit/decorators.js";
import {
  type ChartColors,
  chartOptions,
  shownRows,
  tooltipContent,
} from "../consumption/chart-options";
import {
  type Column,
  columnTotal,
  previousColumnTotal,
  type Summary,
} from "../consumption/summary";
import { amountText, formatColumn } from "../format/numbers";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import { chartStyles } from "./consumption-chart-styles";
import { baseStyles } from "./styles";

const NARROW_PX = 480;

/** The stacked histogram, its tooltip, and the same as a table for screen readers. */
export class ConsumptionChart extends LitElement {
  /** Undefined draws the skeleton, of the same height. */
  @property({ attribute: false }) summary: Summary | undefined;
  @property({ attribute: false }) hiddenKeys: ReadonlySet<string> = new Set();
  /** Key of the series that is pointed out. */
  @property({ attribute: false }) pointed: string | null = null;
  @property() unit = "";
  @property() heading = "";
  @property() name = "";
  @property() previousName = "";
  @property({ type: Boolean }) isDark = false;
  /** Series stand side by side, and are not added up. */
  @property({ type: Boolean }) isGrouped = false;
  /** A bar can be opened: fires `drill` with its column. */
  @property({ type: Boolean }) isOpening = false;
  /** The table is shown in place of the drawing. */
  @property({ type: Boolean }) isTable = false;
  @property({ attribute: false }) locale!: FrontendLocale;
  @property({ attribute: false }) localize!: Localize;
  @state() private engine: typeof import("../chart/engine") | undefined;
  /** The chunk did not come (an update replaced it): the table has to do. */
  @state() private isWithoutEngine = false;
  @query(".spoken") private spoken!: HTMLElement;
  @query(".plot") private plot!: HTMLElement;
  private chart: EChartsType | undefined;
  private readonly tooltip = document.createElement("div");
  private active = -1;
  private readonly resize = new ResizeObserver(() => {
    this.chart?.resize();
    this.draw();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    import("../chart/engine").then(
      (engine) => {
        this.engine = engine;
      },
      () => {
        this.isWithoutEngine = true;
      },
    );
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize.disconnect();
    this.chart?.dispose();
    this.chart = undefined;
  }

  override render() {
    const isReady = this.summary && this.engine;
    return html`
      <div
        class="plot ${isReady && !this.isTable ? "" : "waiting"} ${this.isOpening ? "opening" : ""}"
        tabindex=${isReady && !this.isTable ? 0 : -1}
        role="img"
        aria-label=${isReady ? this.describe() : this.localize("consumption.loading")}
        @keydown=${this.steer}
        @blur=${this.leave}
      ></div>
      <div class="spoken hidden" aria-live="polite"></div>
      ${isReady || this.isWithoutEngine ? nothing : this.skeleton()} ${this.table()}
    `;
  }

  override updated(): void {
    if (!this.engine || !this.isConnected) return;
    if (!this.chart) {
      this.chart = this.engine.createChart(this.plot);
      this.chart.getZr().on("click", ({ offsetX, offsetY }) => {
        const [index] = this.chart?.convertFromPixel("grid", [offsetX, offsetY]) ?? [];
        if (index !== undefined) this.open(Math.round(index));
      });
      this.resize.observe(this.plot);
    }
    this.draw();
  }

  private describe(): string {
    const text = this.localize("consumption.chart", {
      title: this.heading,
      period: this.name,
      total: amountText(this.summary?.total ?? null, this.unit, this.locale),
    });
    return this.isOpening ? `${text} ${this.localize("consumption.open_hint")}` : text;
  }

  private draw(): void {
    const { chart, summary } = this;
    if (!chart) return;
    if (!summary) {
      chart.clear();
      return;
    }
    const options = chartOptions({
      summary,
      unit: this.unit,
      hidden: this.hiddenKeys,
      isGrouped: this.isGrouped,
      pointed: this.pointed,
      locale: this.locale,
      theme: {
        colors: this.colors(),
        fontFamily: getComputedStyle(this.plot).fontFamily,
      },
      isNarrow: this.plot.clientWidth < NARROW_PX,
      isStill: matchMedia("(prefers-reduced-motion: reduce)").matches,
      description: this.describe(),
    });
    const formatter = (params: unknown) => this.fillTooltip(params);
    chart.setOption(
      { ...options, tooltip: { ...options.tooltip, formatter } },
      { replaceMerge: ["series"] },
    );
    this.plot.querySelector("svg")?.setAttribute("aria-hidden", "true");
  }

  /** Theme colours as the browser computed them: a drawing knows no variables. */
  private colors(): ChartColors {
    const probe = (value: string) => {
      this.plot.style.color = value;
      const color = getComputedStyle(this.plot).color;
      this.plot.style.color = "";
      return color;
    };
    return {
      text: probe("var(--primary-text-color)"),
      muted: probe("var(--secondary-text-color)"),
      line: probe("var(--divider-color)"),
      surface: probe("var(--card-background-color)"),
    };
  }

  private fillTooltip(params: unknown): HTMLElement | string {
    const first: unknown = Array.isArray(params) ? params[0] : params;
    const index = (first as { dataIndex?: number } | undefined)?.dataIndex ?? -1;
    const content =
      this.summary && tooltipContent(this.summary, this.hiddenKeys, index);
    if (!content) return "";
    this.active = index;
    const values = [content.total, content.previous ?? null];
    const amount = formatColumn(values, this.unit, this.locale);
    render(
      html`<div class="tip">
        <h4>
          ${content.title}
          ${content.isRunning ? html`<span>${this.localize("consumption.running")}</span>` : nothing}
        </h4>
        ${content.lines.map(
          (line) => html`<p>
            <i style="background:${line.color}"></i><span>${line.name}</span>
            <b>${amount(line.value)}</b>
          </p>`,
        )}
        ${
          this.isGrouped && content.total !== null
            ? nothing
            : html`<p class="sum">
                <span>
                  ${content.total === null ? this.localize("consumption.missing") : this.localize("consumption.total")}
                </span>
                <b>${content.total === null ? "" : amount(content.total)}</b>
              </p>`
        }
        ${
          content.previous === undefined
            ? nothing
            : html`<p class="before">
                <i class="previous"></i><span>${this.previousName}</span>
                <b>${amount(content.previous)}</b>
              </p>`
        }
      </div>`,
      this.tooltip,
    );
    return this.tooltip;
  }

  /** Arrow keys walk along the bars. */
  private steer(event: KeyboardEvent): void {
    const count = this.summary?.columns.length ?? 0;
    const moves: Record<string, number> = {
      ArrowRight: Math.min(this.active + 1, count - 1),
      ArrowLeft: Math.max(this.active - 1, 0),
      Home: 0,
      End: count - 1,
    };
    const target = moves[event.key];
    if (event.key === "Escape") this.leave();
    if (event.key === "Enter") this.open(this.active);
    if (target === undefined || count === 0) return;
    event.preventDefault();
    this.active = target;
    this.chart?.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: target });
    this.speak(target);
  }

  /** Ask for the period that a bar sums up. */
  private open(index: number): void {
    const column = this.isOpening ? this.summary?.columns[index] : undefined;
    if (!column?.day) return;
    this.dispatchEvent(new CustomEvent<Column>("drill", { detail: column }));
  }

  /** Say what a sighted reader sees in the tooltip's first and last line. */
  private speak(index: number): void {
    const content =
      this.summary && tooltipContent(this.summary, this.hiddenKeys, index);
    if (!content) return;
    const { title, total } = content;
    const amount =
      total === null
        ? this.localize("consumption.missing")
        : amountText(total, this.unit, this.locale);
    this.spoken.textContent = `${title}: ${amount}`;
  }

  private leave(): void {
    this.active = -1;
    this.chart?.dispatchAction({ type: "hideTip" });
  }

  private skeleton() {
    const heights = [32, 28, 30, 45, 62, 78, 84, 70, 66, 72, 58, 40];
    return html`<div class="skeleton" aria-hidden="true">
      ${heights.map((height) => html`<span class="bone" style="height:${height}%"></span>`)}
    </div>`;
  }

  private table() {
    const { summary, localize, locale, unit } = this;
    if (!summary || summary.isEmpty) return nothing;
    const rows = shownRows(summary, this.hiddenKeys);
    const amount = (value: number | null | undefined) =>
      html`<td>${value === null || value === undefined ? localize("consumption.missing") : amountText(value, unit, locale)}</td>`;
    const isShown = this.isWithoutEngine || this.isTable;
    return html`<div class=${isShown ? "table" : "hidden"} tabindex=${isShown ? 0 : -1}>
      <table>
        <caption>
          ${localize("consumption.table", { period: this.name })}
        </caption>
        <thead>
          <tr>
            <th scope="col">${localize("consumption.time")}</th>
            ${rows.map((row) => html`<th scope="col">${row.name}</th>`)}
            ${this.isGrouped ? nothing : html`<th scope="col">${localize("consumption.total")}</th>`}
            ${summary.hasPrevious ? html`<th scope="col">${this.previousName}</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${summary.columns.map(
            (column) => html`<tr>
              <th scope="row">${column.long}</th>
              ${rows.map((row) => amount(row.values[column.index]))}
              ${this.isGrouped ? nothing : amount(columnTotal(rows, column))}
              ${summary.hasPrevious ? amount(previousColumnTotal(rows, column)) : nothing}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  static override styles = [baseStyles, chartStyles];
}
