import type { EChartsType } from "echarts/core";
import { css, html, LitElement, nothing, render } from "lit";
import { property, query, state } from "lit/decorators.js";
import {
  type ChartColors,
  chartOptions,
  shownRows,
  tooltipContent,
} from "../consumption/chart-options";
import { columnTotal, previousColumnTotal, type Summary } from "../consumption/summary";
import { amountText, formatColumn } from "../format/numbers";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
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
        class="plot ${isReady ? "" : "waiting"}"
        tabindex=${isReady ? 0 : -1}
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
      this.resize.observe(this.plot);
    }
    this.draw();
  }

  private describe(): string {
    return this.localize("consumption.chart", {
      title: this.heading,
      period: this.name,
      total: amountText(this.summary?.total ?? null, this.unit, this.locale),
    });
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
        <p class="sum">
          <span>
            ${content.total === null ? this.localize("consumption.missing") : this.localize("consumption.total")}
          </span>
          <b>${content.total === null ? "" : amount(content.total)}</b>
        </p>
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
    if (target === undefined || count === 0) return;
    event.preventDefault();
    this.active = target;
    this.chart?.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: target });
    this.speak(target);
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
    return html`<div class=${this.isWithoutEngine ? "table" : "hidden"}>
      <table>
        <caption>
          ${localize("consumption.table", { period: this.name })}
        </caption>
        <thead>
          <tr>
            <th scope="col">${localize("consumption.time")}</th>
            ${rows.map((row) => html`<th scope="col">${row.name}</th>`)}
            <th scope="col">${localize("consumption.total")}</th>
            ${summary.hasPrevious ? html`<th scope="col">${this.previousName}</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${summary.columns.map(
            (column) => html`<tr>
              <th scope="row">${column.long}</th>
              ${rows.map((row) => amount(row.values[column.index]))}
              ${amount(columnTotal(rows, column))}
              ${summary.hasPrevious ? amount(previousColumnTotal(rows, column)) : nothing}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  static override styles = [
    baseStyles,
    css`
      :host {
        position: relative;
        height: var(--ews-chart-height, 340px);
      }
      .plot {
        width: 100%;
        height: 100%;
        border-radius: var(--ews-radius-small);
        direction: ltr;
      }
      .plot:focus-visible {
        outline: 2px solid var(--primary-color);
        outline-offset: 4px;
      }
      .waiting {
        visibility: hidden;
      }
      .skeleton {
        position: absolute;
        inset: 28px 0 24px;
        display: flex;
        align-items: flex-end;
        justify-content: space-around;
        gap: 4%;
        border-bottom: 1px solid var(--divider-color);
      }
      .skeleton .bone {
        flex: 1;
        border-radius: 4px 4px 0 0;
        background: var(--ews-track);
      }
      .table {
        position: absolute;
        inset: 0;
        overflow: auto;
      }
      .table :is(td, th) {
        padding: 2px var(--ews-space-2);
        text-align: end;
        white-space: nowrap;
      }
      .tip {
        min-width: 190px;
        max-width: 300px;
        padding: var(--ews-space-3);
        border: 1px solid var(--divider-color);
        border-radius: var(--ews-radius);
        color: var(--primary-text-color);
        background: var(--card-background-color);
        box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
        font-family: var(--ha-font-family-body, inherit);
        font-size: 13px;
      }
      .tip h4 {
        display: flex;
        justify-content: space-between;
        gap: var(--ews-space-3);
        margin: 0 0 var(--ews-space-1);
        font-size: inherit;
        font-weight: var(--ews-medium-weight);
      }
      .tip h4::first-letter {
        text-transform: uppercase;
      }
      .tip h4 span {
        color: var(--ews-muted);
        font-weight: normal;
      }
      .tip p {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        margin: 0;
        line-height: 22px;
      }
      .tip p span {
        flex: 1;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .tip b {
        font-weight: normal;
      }
      .tip i {
        width: 10px;
        height: 10px;
        border-radius: 3px;
      }
      .tip i.previous {
        border: 1.5px solid var(--ews-muted);
        background: color-mix(in srgb, var(--ews-muted) 22%, transparent);
      }
      .tip .sum {
        margin-top: var(--ews-space-1);
        padding-top: var(--ews-space-1);
        border-top: 1px solid var(--divider-color);
      }
      .tip .sum :is(b, span) {
        font-weight: var(--ews-medium-weight);
      }
      .tip .before {
        color: var(--ews-muted);
      }
      .tip .before span::first-letter {
        text-transform: uppercase;
      }
    `,
  ];
}
