import type { EChartsType } from "echarts/core";
import { html, nothing } from "lit";
import { property } from "lit/decorators.js";
import { Drawing, type Pointed } from "../chart/drawing";
import type { ChartTheme } from "../chart/look";
import { chartStyles } from "../chart/styles";
import { chartOptions, shownRows, tooltipContent } from "../consumption/chart-options";
import {
  type Column,
  columnTotal,
  previousColumnTotal,
  type Summary,
} from "../consumption/summary";
import { amountText, formatColumn } from "../format/numbers";
import { baseStyles } from "./styles";

const NARROW_PX = 480;

/** Whether a finger made an event, which the drawing library marks itself. */
function isTouch(event: object): boolean {
  return "zrByTouch" in event && event.zrByTouch === true;
}

/** The stacked histogram, its tooltip, and the same as a table for screen readers. */
export class ConsumptionChart extends Drawing {
  /** Undefined draws the skeleton, of the same height. */
  @property({ attribute: false }) summary: Summary | undefined;
  @property({ attribute: false }) hiddenKeys: ReadonlySet<string> = new Set();
  /** Key of the series that is pointed out. */
  @property({ attribute: false }) pointed: string | null = null;
  @property() unit = "";
  @property() heading = "";
  @property() name = "";
  @property() previousName = "";
  /** Series stand side by side, and are not added up. */
  @property({ type: Boolean }) isGrouped = false;
  /** A bar can be opened: fires `drill` with its column. */
  @property({ type: Boolean }) isOpening = false;
  /** The table is shown in place of the drawing. */
  @property({ type: Boolean }) isTable = false;
  /** The bar that was touched last. */
  private touched: number | undefined;

  override render() {
    const isReady = this.summary && this.engine;
    return html`
      ${this.canvas(Boolean(isReady && !this.isTable), this.isOpening ? "opening" : "")}
      ${isReady || this.isWithoutEngine ? nothing : this.skeleton()} ${this.table()}
    `;
  }

  /**
   * A click opens a bar, too. A finger cannot point at one first: its first touch
   * shows the tooltip, the second one on the same bar opens it.
   */
  protected override created(chart: EChartsType): void {
    chart.getZr().on("click", ({ offsetX, offsetY, event }) => {
      const [at] = chart.convertFromPixel("grid", [offsetX, offsetY]) ?? [];
      const place = at === undefined ? undefined : Math.round(at);
      const isFirst = isTouch(event) && this.touched !== place;
      this.touched = place;
      if (place !== undefined && !isFirst) this.enter(place);
    });
  }

  protected override leave(): void {
    super.leave();
    this.touched = undefined;
  }

  protected describe(): string {
    const text = this.localize("consumption.chart", {
      title: this.heading,
      period: this.name,
      total: amountText(this.summary?.total ?? null, this.unit, this.locale),
    });
    return this.isOpening ? `${text} ${this.localize("consumption.open_hint")}` : text;
  }

  protected options(theme: ChartTheme) {
    if (!this.summary) return undefined;
    return chartOptions({
      summary: this.summary,
      unit: this.unit,
      hidden: this.hiddenKeys,
      isGrouped: this.isGrouped,
      pointed: this.pointed,
      locale: this.locale,
      theme,
      isNarrow: this.plot.clientWidth < NARROW_PX,
      isStill: matchMedia("(prefers-reduced-motion: reduce)").matches,
      description: this.describe(),
    });
  }

  protected get places(): number {
    return this.summary?.columns.length ?? 0;
  }

  protected placeOf({ dataIndex }: Pointed): number | undefined {
    return dataIndex;
  }

  protected aimAt(dataIndex: number) {
    return { seriesIndex: 0, dataIndex };
  }

  private contentAt(place: number) {
    return this.summary && tooltipContent(this.summary, this.hiddenKeys, place);
  }

  protected tip(place: number) {
    const content = this.contentAt(place);
    if (!content) return undefined;
    const values = [content.total, content.previous ?? null];
    const amount = formatColumn(values, this.unit, this.locale);
    return html`<div class="tip">
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
      ${
        this.isOpening && content.total !== null && matchMedia("(hover: none)").matches
          ? html`<p class="before"><span>${this.localize("consumption.touch_hint")}</span></p>`
          : nothing
      }
    </div>`;
  }

  /** What a sighted reader sees in the tooltip: its sum, or what has none side by side. */
  protected told(place: number): string {
    const { title = "", total = null, lines = [] } = this.contentAt(place) ?? {};
    const amount = (value: number | null) => amountText(value, this.unit, this.locale);
    if (total === null) return `${title}: ${this.localize("consumption.missing")}`;
    if (!this.isGrouped) return `${title}: ${amount(total)}`;
    const each = lines.map(({ name, value }) => `${name} ${amount(value)}`);
    return `${title}: ${each.join(", ")}`;
  }

  /** Ask for the period that a bar sums up. */
  protected override enter(index: number): void {
    const column = this.isOpening ? this.summary?.columns[index] : undefined;
    if (!column?.day) return;
    this.dispatchEvent(new CustomEvent<Column>("drill", { detail: column }));
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
