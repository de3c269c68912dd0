import type { EChartsType } from "echarts/core";
import { html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type {
  ChargingCircuit,
  ChargingStation,
  Course,
  CoursePoint,
  Zone,
} from "../backend/charging-types";
import { courseSeries, nearestPoint, spacedPoints } from "../charging/course";
import { courseOptions, PHASE_STYLES } from "../charging/course-options";
import { ampereText, clockText } from "../charging/texts";
import { Drawing, type Pointed } from "../chart/drawing";
import type { ChartTheme } from "../chart/look";
import { chartStyles } from "../chart/styles";
import { chargingCourseStyles } from "./charging-course-styles";
import { baseStyles } from "./styles";

const NARROW_PX = 520;
const MOST_ROWS = 25;
const ALL = "";

/** Loads, zones, limits and the queue of the last hours below one another. */
export class ChargingCourse extends Drawing {
  /** Undefined draws the skeleton, of the same height. */
  @property({ attribute: false }) course: Course | undefined;
  @property({ attribute: false }) circuit!: ChargingCircuit;
  @property({ attribute: false }) stations: readonly ChargingStation[] = [];
  @property({ type: Number }) minutes = 120;
  @property() zone = "";
  /** Number of the one station that is drawn; empty: the limits of all. */
  @state() private only = ALL;
  @state() private isTable = false;

  /** Stations with a process in these hours. */
  private get drawnStations() {
    const series = this.course ? this.series(this.course).stations : [];
    return series.map(({ id, limits }) => {
      const own = this.stations.find((one) => one.id === id);
      const highest = Math.max(...limits.map(([, limit]) => limit ?? 0), 1);
      return { id, name: own?.name ?? String(id), rated_a: own?.rated_a ?? highest };
    });
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
      ${this.legend()}
      <div class="frame">
        ${this.canvas(Boolean(isReady && !isTable))}
        ${
          isReady || this.isWithoutEngine
            ? nothing
            : html`<span class="bone whole" aria-hidden="true"></span>`
        }
        ${isTable ? this.table() : nothing}
      </div>
    `;
  }

  private legend() {
    const { localize, circuit } = this;
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
      <span><i data-progress="running"></i> ${localize("greenup.course_granted")}</span>
      <span><i data-progress="waiting"></i> ${localize("greenup.states.waiting")}</span>
      <span><i data-progress="held"></i> ${localize("greenup.states.held")}</span>
    </p>`;
  }

  protected describe(): string {
    return this.localize("greenup.course_is", {
      name: this.circuit.name || this.localize("greenup.building"),
      minutes: this.minutes,
    });
  }

  protected options(theme: ChartTheme) {
    const { course, localize } = this;
    if (!course) return undefined;
    return courseOptions({
      series: this.series(course),
      circuit: this.circuit,
      events: course.events,
      stations: this.drawnStations,
      only: this.only === ALL ? undefined : Number(this.only),
      zones: {
        colors: {
          green: this.probe("var(--ews-good)"),
          yellow: this.probe("var(--ews-warn)"),
          red: this.probe("var(--ews-bad)"),
        },
        names: {
          green: localize("greenup.zones.green"),
          yellow: localize("greenup.zones.yellow"),
          red: localize("greenup.zones.red"),
        },
      },
      processes: {
        colors: {
          running: this.probe("var(--primary-color)"),
          waiting: this.probe("var(--ews-warn)"),
          held: this.probe("var(--ews-muted)"),
        },
        names: {
          waiting: localize("greenup.states.waiting"),
          held: localize("greenup.states.held"),
        },
        amperes: (current) => ampereText(current, this.locale, 0),
      },
      thresholds: {
        charging: this.threshold("charging"),
        maximum: this.threshold("maximum"),
      },
      titles: {
        load: localize("greenup.titles.load"),
        zones: localize("greenup.titles.zones"),
        stations: localize(
          this.only === ALL ? "greenup.titles.processes" : "greenup.titles.stations",
        ),
        queue: localize("greenup.titles.queue"),
      },
      theme,
      locale: this.locale,
      zone: this.zone,
      isNarrow: this.isNarrow,
      description: this.describe(),
    });
  }

  private get isNarrow(): boolean {
    return this.plot.clientWidth < NARROW_PX;
  }

  private threshold(which: "charging" | "maximum"): string {
    const current = ampereText(this.circuit[`${which}_a`], this.locale, 0);
    if (this.isNarrow) return current;
    return this.localize(`greenup.${which}_current`, { current });
  }

  protected get places(): number {
    return this.course?.points.length ?? 0;
  }

  protected placeOf({ axisValue }: Pointed): number | undefined {
    const at = Number(axisValue);
    const { course } = this;
    return course && Number.isFinite(at) ? nearestPoint(course, at)?.index : undefined;
  }

  protected aimAt(place: number, chart: EChartsType) {
    const at = Date.parse(this.course?.points[place]?.at ?? "");
    const [x = 0, y = 0] = chart.convertToPixel({ gridIndex: 0 }, [at, 1]);
    return { x, y };
  }

  /** A minute at a time, from the end. */
  protected override get walk() {
    const { course, places } = this;
    const stride = Math.max(1, Math.round(60 / Math.max(1, course?.step_s ?? 1)));
    return { from: places - 1, stride };
  }

  protected tip(place: number) {
    const point = this.course?.points[place];
    if (!point) return undefined;
    const { localize, locale } = this;
    return html`<div class="tip">
      <h4>${clockText(point.at, locale, this.zone)}</h4>
      ${this.linesOf(point).map(
        ({ phase, load_a, zone }) => html`<p>
          <i style="background:${PHASE_STYLES[(phase - 1) % PHASE_STYLES.length]?.color ?? ""}"></i>
          <span>L${phase} · ${this.zoneName(zone)}</span>
          <b>${ampereText(load_a, locale)}</b>
        </p>`,
      )}
      ${this.drawnStations.map(({ id, name }) => {
        const own = point.stations.find((one) => one.id === id);
        if (!own || own.progress === null) return nothing;
        return html`<p>
          <i data-progress=${own.progress}></i>
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
    </div>`;
  }

  protected told(place: number): string {
    const point = this.course?.points[place];
    if (!point) return "";
    const lines = this.linesOf(point).map(
      ({ phase, load_a, zone }) =>
        `L${phase} ${ampereText(load_a, this.locale)} ${this.zoneName(zone)}`,
    );
    return `${clockText(point.at, this.locale, this.zone)}: ${lines.join(", ")}`;
  }

  private zoneName(zone: Zone): string {
    return this.localize(`greenup.zones.${zone}`);
  }

  private linesOf(point: CoursePoint) {
    return point.lines.filter((one) => one.circuit === this.circuit.id);
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
