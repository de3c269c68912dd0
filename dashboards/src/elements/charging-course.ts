import type { EChartsType } from "echarts/core";
import { html, LitElement, nothing, render } from "lit";
import { property, query, state } from "lit/decorators.js";
import type {
  ChargingCircuit,
  ChargingStation,
  Course,
  CoursePoint,
  Zone,
} from "../backend/charging-types";
import { courseSeries, nearestPoint, spacedPoints } from "../charging/course";
import {
  courseOptions,
  PHASE_STYLES,
  STATION_COLORS,
} from "../charging/course-options";
import { ampereText, clockText } from "../charging/texts";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import { chargingCourseStyles } from "./charging-course-styles";
import { chartStyles } from "./consumption-chart-styles";
import { baseStyles } from "./styles";

const NARROW_PX = 520;
const MOST_ROWS = 25;
const ALL = "";

/** Loads, zones, limits and the queue of the last hours below one another. */
export class ChargingCourse extends LitElement {
  /** Undefined draws the skeleton, of the same height. */
  @property({ attribute: false }) course: Course | undefined;
  @property({ attribute: false }) circuit!: ChargingCircuit;
  @property({ attribute: false }) stations: readonly ChargingStation[] = [];
  @property({ type: Number }) minutes = 120;
  @property() zone = "";
  @property({ type: Boolean }) isDark = false;
  @property({ attribute: false }) locale!: FrontendLocale;
  @property({ attribute: false }) localize!: Localize;
  @state() private engine: typeof import("../chart/engine") | undefined;
  @state() private isWithoutEngine = false;
  /** Number of the one station that is drawn; empty: the limits of all. */
  @state() private only = ALL;
  @state() private isTable = false;
  @query(".plot") private plot!: HTMLElement;
  @query(".spoken") private spoken!: HTMLElement;
  private chart: EChartsType | undefined;
  private readonly tooltip = document.createElement("div");
  private active: number | undefined;
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

  /** Stations with a process in these hours, each with the number of its colour. */
  private get drawnStations() {
    const ids = this.course
      ? this.series(this.course).stations.map(({ id }) => id)
      : [];
    return ids.map((id, color) => ({
      id,
      color,
      name: this.nameOf(id),
      hasDrawn: this.only === String(id),
    }));
  }

  private nameOf(id: number): string {
    return this.stations.find((one) => one.id === id)?.name ?? String(id);
  }

  private series(course: Course) {
    const last = course.points.at(-1);
    const now = last ? Date.parse(last.at) : Date.now();
    return courseSeries(course, this.circuit, now, this.minutes);
  }

  override render() {
    const { localize } = this;
    const isReady = this.course && this.engine;
    const isTable = this.isTable || this.isWithoutEngine;
    const shown = this.drawnStations;
    return html`
      <div class="tools">
        ${
          shown.length > 1
            ? html`<legrand-ews-picker
                .options=${[
                  { value: ALL, label: localize("greenup.all_stations") },
                  ...shown.map(({ id, name }) => ({ value: String(id), label: name })),
                ]}
                .value=${this.only}
                .label=${localize("greenup.station")}
                @change=${(event: CustomEvent<string>) => {
                  this.only = event.detail;
                }}
              ></legrand-ews-picker>`
            : nothing
        }
        <button
          class="tonal"
          aria-pressed=${isTable}
          @click=${() => {
            this.isTable = !this.isTable;
          }}
        >
          ${localize(isTable ? "tools.chart" : "tools.table")}
        </button>
      </div>
      ${this.legend(shown)}
      <div class="frame">
        <div
          class="plot ${isReady && !isTable ? "" : "waiting"}"
          tabindex=${isReady && !isTable ? 0 : -1}
          role="img"
          aria-label=${isReady ? this.describe() : localize("consumption.loading")}
          @keydown=${this.steer}
          @blur=${this.leave}
        ></div>
        ${
          isReady || this.isWithoutEngine
            ? nothing
            : html`<span class="bone whole" aria-hidden="true"></span>`
        }
        ${isTable ? this.table() : nothing}
      </div>
      <div class="spoken hidden" aria-live="polite"></div>
    `;
  }

  private legend(shown: ReadonlyArray<{ id: number; name: string; color: number }>) {
    const { localize, circuit } = this;
    const stations = shown.filter(
      ({ id }) => this.only === ALL || this.only === String(id),
    );
    return html`<p class="legend">
      ${circuit.lines.map(({ phase }) => {
        const style = PHASE_STYLES[(phase - 1) % PHASE_STYLES.length];
        const dashes = Array.isArray(style?.type) ? style.type.join(" ") : "";
        return html`<span>
          <svg viewBox="0 0 24 4" aria-hidden="true">
            <path d="M0 2H24" stroke=${style?.color ?? ""} stroke-width="2.5" stroke-dasharray=${dashes} />
          </svg>
          ${localize("greenup.load_of", { phase: localize("greenup.phase", { phase }) })}
        </span>`;
      })}
      ${stations.map(
        ({ name, color }) => html`<span>
          <i style="background:${STATION_COLORS[color % STATION_COLORS.length] ?? ""}"></i>
          ${name}
        </span>`,
      )}
    </p>`;
  }

  private describe(): string {
    return this.localize("greenup.course_is", {
      name: this.circuit.name || this.localize("greenup.building"),
      minutes: this.minutes,
    });
  }

  override updated(): void {
    if (!this.engine || !this.isConnected) return;
    if (!this.chart) {
      this.chart = this.engine.createChart(this.plot);
      this.resize.observe(this.plot);
    }
    this.draw();
  }

  private draw(): void {
    const { chart, course, localize } = this;
    if (!chart || !course) return;
    const options = courseOptions({
      series: this.series(course),
      circuit: this.circuit,
      events: course.events,
      stations: this.drawnStations.filter(
        ({ id }) => this.only === ALL || this.only === String(id),
      ),
      zoneColors: {
        green: this.probe("var(--ews-good)"),
        yellow: this.probe("var(--ews-warn)"),
        red: this.probe("var(--ews-bad)"),
      },
      zoneNames: {
        green: localize("greenup.zones.green"),
        yellow: localize("greenup.zones.yellow"),
        red: localize("greenup.zones.red"),
      },
      titles: {
        load: localize("greenup.titles.load"),
        zones: localize("greenup.titles.zones"),
        stations: localize("greenup.titles.stations"),
        queue: localize("greenup.titles.queue"),
      },
      theme: {
        colors: {
          text: this.probe("var(--primary-text-color)"),
          muted: this.probe("var(--secondary-text-color)"),
          line: this.probe("var(--divider-color)"),
          surface: this.probe("var(--card-background-color)"),
        },
        fontFamily: getComputedStyle(this.plot).fontFamily,
      },
      locale: this.locale,
      zone: this.zone,
      isNarrow: this.plot.clientWidth < NARROW_PX,
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
  private probe(value: string): string {
    this.plot.style.color = value;
    const { color } = getComputedStyle(this.plot);
    this.plot.style.color = "";
    return color;
  }

  private fillTooltip(params: unknown): HTMLElement | string {
    const first: unknown = Array.isArray(params) ? params[0] : params;
    const at = Number((first as { axisValue?: unknown } | undefined)?.axisValue);
    const nearest =
      this.course && Number.isFinite(at) ? nearestPoint(this.course, at) : undefined;
    if (!nearest) return "";
    this.active = nearest.index;
    const { point } = nearest;
    const { localize, locale } = this;
    render(
      html`<div class="tip">
        <h4>${clockText(point.at, locale, this.zone)}</h4>
        ${this.linesOf(point).map(
          ({ phase, load_a, zone }) => html`<p>
            <i style="background:${PHASE_STYLES[(phase - 1) % PHASE_STYLES.length]?.color ?? ""}"></i>
            <span>L${phase} · ${this.zoneName(zone)}</span>
            <b>${ampereText(load_a, locale)}</b>
          </p>`,
        )}
        ${this.drawnStations.map(({ id, name, color }) => {
          const own = point.stations.find((one) => one.id === id);
          if (!own || own.progress === null) return nothing;
          return html`<p>
            <i style="background:${STATION_COLORS[color % STATION_COLORS.length] ?? ""}"></i>
            <span>${name}</span>
            <b>
              ${
                own.progress === "running"
                  ? `${ampereText(own.drawn_a, locale)} / ${ampereText(own.limit_a, locale, 0)}`
                  : localize(`greenup.states.${own.progress}`)
              }
            </b>
          </p>`;
        })}
        ${
          point.queue > 0
            ? html`<p class="sum">
                <span>${localize("greenup.titles.queue")}</span><b>${point.queue}</b>
              </p>`
            : nothing
        }
      </div>`,
      this.tooltip,
    );
    return this.tooltip;
  }

  private zoneName(zone: Zone): string {
    return this.localize(`greenup.zones.${zone}`);
  }

  private linesOf(point: CoursePoint) {
    return point.lines.filter((one) => one.circuit === this.circuit.id);
  }

  /** Arrow keys walk through the last hours, a minute at a time. */
  private steer(event: KeyboardEvent): void {
    const { course, chart } = this;
    const count = course?.points.length ?? 0;
    if (!course || !chart || count === 0) return;
    const stride = Math.max(1, Math.round(60 / Math.max(1, course.step_s)));
    const active = this.active ?? count - 1;
    const moves: Record<string, number> = {
      ArrowRight: Math.min(active + stride, count - 1),
      ArrowLeft: Math.max(active - stride, 0),
      Home: 0,
      End: count - 1,
    };
    if (event.key === "Escape") this.leave();
    const target = moves[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.active = target;
    const point = course.points[target];
    if (!point) return;
    const at = Date.parse(point.at);
    const [x = 0, y = 0] = chart.convertToPixel({ gridIndex: 0 }, [at, 1]);
    chart.dispatchAction({ type: "showTip", x, y });
    const lines = this.linesOf(point).map(
      ({ phase, load_a, zone }) =>
        `L${phase} ${ampereText(load_a, this.locale)} ${this.zoneName(zone)}`,
    );
    this.spoken.textContent = `${clockText(point.at, this.locale, this.zone)}: ${lines.join(", ")}`;
  }

  private leave(): void {
    this.active = undefined;
    this.chart?.dispatchAction({ type: "hideTip" });
  }

  private table() {
    const { course, localize, locale } = this;
    if (!course) return nothing;
    const stations = this.drawnStations;
    return html`<div class="table" tabindex="0">
      <table>
        <caption>${this.describe()}</caption>
        <thead>
          <tr>
            <th scope="col">${localize("consumption.time")}</th>
            ${this.circuit.lines.map(({ phase }) => html`<th scope="col">L${phase}</th>`)}
            ${stations.map(({ name }) => html`<th scope="col">${name}</th>`)}
            <th scope="col">${localize("greenup.titles.queue")}</th>
          </tr>
        </thead>
        <tbody>
          ${spacedPoints(course, MOST_ROWS).map(
            (point) => html`<tr>
              <th scope="row">${clockText(point.at, locale, this.zone)}</th>
              ${this.linesOf(point).map(
                ({ load_a, zone }) =>
                  html`<td>${ampereText(load_a, locale)} · ${this.zoneName(zone)}</td>`,
              )}
              ${stations.map(({ id }) => {
                const own = point.stations.find((one) => one.id === id);
                const limit = own && own.progress !== null ? own.limit_a : null;
                return html`<td>${ampereText(limit, locale, 0)}</td>`;
              })}
              <td>${point.queue}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  static override styles = [baseStyles, chartStyles, chargingCourseStyles];
}
