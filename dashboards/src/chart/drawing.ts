import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { html, LitElement, render, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import type { ChartTheme } from "./look";

/** What the library tells of the place under the pointer. */
export interface Pointed {
  dataIndex?: number;
  axisValue?: unknown;
}

/** Where the arrow keys lead among so many places; undefined for any other key. */
export function walked(
  key: string,
  active: number,
  count: number,
  stride = 1,
): number | undefined {
  const places: Record<string, number> = {
    ArrowRight: Math.min(active + stride, count - 1),
    ArrowLeft: Math.max(active - stride, 0),
    Home: 0,
    End: count - 1,
  };
  return count > 0 ? places[key] : undefined;
}

/**
 * The life of a chart: loads the library, draws in the colours of the theme, keeps the
 * size, shows the tooltip, and lets the arrow keys walk along. What is drawn and what
 * is told of a place say those who extend it.
 */
export abstract class Drawing extends LitElement {
  @property({ type: Boolean }) isDark = false;
  @property({ attribute: false }) locale!: FrontendLocale;
  @property({ attribute: false }) localize!: Localize;
  @state() protected engine: typeof import("./engine") | undefined;
  /** The chunk did not come (an update replaced it): the table has to do. */
  @state() protected isWithoutEngine = false;
  @query(".plot") protected plot!: HTMLElement;
  @query(".spoken") private spoken!: HTMLElement;
  protected chart: EChartsType | undefined;
  /** The place that the tooltip tells of. */
  protected active: number | undefined;
  private readonly tooltip = document.createElement("div");
  private readonly resize = new ResizeObserver(() => {
    this.chart?.resize();
    this.draw();
  });

  /** What is drawn; undefined while nothing is there to be drawn. */
  protected abstract options(theme: ChartTheme): EChartsCoreOption | undefined;

  /** How many places the arrow keys walk along. */
  protected abstract get places(): number;

  /** The place that is pointed at. */
  protected abstract placeOf(pointed: Pointed): number | undefined;

  /** The tooltip at a place. */
  protected abstract tip(place: number): TemplateResult | undefined;

  /** The same in one sentence. */
  protected abstract told(place: number): string;

  /** Where the library shows the tooltip of a place. */
  protected abstract aimAt(place: number, chart: EChartsType): Record<string, number>;

  /** What the drawing is, for screen readers. */
  protected abstract describe(): string;

  override connectedCallback(): void {
    super.connectedCallback();
    import("./engine").then(
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

  override updated(): void {
    if (!this.engine || !this.isConnected) return;
    if (!this.chart) {
      this.chart = this.engine.createChart(this.plot);
      this.created(this.chart);
      this.resize.observe(this.plot);
    }
    this.draw();
  }

  /** A chart has come into being. */
  protected created(_chart: EChartsType): void {}

  /** The place of the drawing; empty while something else stands there. */
  protected canvas(isShown: boolean, extra = "") {
    return html`<div
        class="plot ${isShown ? "" : "waiting"} ${extra}"
        tabindex=${isShown ? 0 : -1}
        role="img"
        aria-label=${isShown ? this.describe() : this.localize("consumption.loading")}
        @keydown=${this.steer}
        @blur=${this.leave}
      ></div>
      <div class="spoken hidden" aria-live="polite"></div>`;
  }

  private draw(): void {
    const { chart } = this;
    if (!chart) return;
    const options = this.options(this.theme());
    if (!options) {
      chart.clear();
      return;
    }
    const formatter = (params: unknown) => this.fill(params);
    const tooltip = { ...(options["tooltip"] as object), formatter };
    chart.setOption({ ...options, tooltip }, { replaceMerge: ["series"] });
    this.plot.querySelector("svg")?.setAttribute("aria-hidden", "true");
  }

  /** A colour as the browser computed it: a drawing knows no variables. */
  protected probe(value: string): string {
    this.plot.style.color = value;
    const { color } = getComputedStyle(this.plot);
    this.plot.style.color = "";
    return color;
  }

  private theme(): ChartTheme {
    return {
      colors: {
        text: this.probe("var(--primary-text-color)"),
        muted: this.probe("var(--secondary-text-color)"),
        line: this.probe("var(--divider-color)"),
        surface: this.probe("var(--card-background-color)"),
      },
      fontFamily: getComputedStyle(this.plot).fontFamily,
    };
  }

  private fill(params: unknown): HTMLElement | string {
    const first: unknown = Array.isArray(params) ? params[0] : params;
    const place = first ? this.placeOf(first as Pointed) : undefined;
    const content = place === undefined ? undefined : this.tip(place);
    if (!content) return "";
    this.active = place;
    render(content, this.tooltip);
    return this.tooltip;
  }

  /** The place from which the arrow keys start, and how far one leads. */
  protected get walk(): { from: number; stride: number } {
    return { from: -1, stride: 1 };
  }

  /** Arrow keys walk along what is drawn. */
  private steer(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.active !== undefined) {
      // The first press takes the tooltip away, the next one what is around it.
      event.preventDefault();
      this.leave();
    }
    if (event.key === "Enter" && this.active !== undefined) this.enter(this.active);
    const { from, stride } = this.walk;
    const target = walked(event.key, this.active ?? from, this.places, stride);
    if (target === undefined || !this.chart) return;
    event.preventDefault();
    this.active = target;
    this.chart.dispatchAction({
      type: "showTip",
      ...this.aimAt(target, this.chart),
    });
    this.spoken.textContent = this.told(target);
  }

  /** Enter was pressed at a place. */
  protected enter(_place: number): void {}

  /** Nothing is pointed at any more. */
  protected leave(): void {
    this.active = undefined;
    this.chart?.dispatchAction({ type: "hideTip" });
  }
}
