import { mdiEvStation, mdiTimerSand } from "@mdi/js";
import { html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { fetchCourse } from "../backend/charging-commands";
import type { Charging, ChargingCircuit, Course } from "../backend/charging-types";
import { type Loadable, Source } from "../backend/loadable";
import { newestEvents } from "../charging/course";
import { eventIcon } from "../charging/icons";
import {
  busiestCircuit,
  drawnBy,
  hasVehicle,
  stateOfStation,
} from "../charging/stations";
import { ampereText, clockText } from "../charging/texts";
import { worstOfAll } from "../charging/zones";
import type { HomeAssistant } from "../hass/types";
import type { Localize } from "../localize";
import { chargingLiveStyles } from "./charging-live-styles";
import { errorMessage, icon } from "./parts";
import { baseStyles, messageStyles, titledCardStyles } from "./styles";

const MINUTES = 120;
const COURSE_MS = 15_000;
const MOST_EVENTS = 60;

/** How far the building is from its limit, who waits, and what happened lately. */
export class ChargingLive extends LitElement {
  @property({ attribute: false }) hass!: HomeAssistant;
  @property() entry: string | undefined;
  @property({ attribute: false }) charging!: Charging;
  /** Civil time of the site. */
  @property() zone = "";
  @property({ attribute: false }) localize!: Localize;
  /** Number of the circuit whose course somebody wants to see. */
  @state() private circuit: number | undefined;
  @state() private news = 0;
  private course: Source<Course> | undefined;
  private stop: (() => void) | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.ask);
    this.course = new Source(() => fetchCourse(this.hass, this.entry, MINUTES));
    this.stop = this.course.listen(() => {
      this.news += 1;
    });
    this.timer = setInterval(this.ask, COURSE_MS);
    this.ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.ask);
    clearInterval(this.timer);
    this.stop?.();
    this.course = undefined;
  }

  /** The course is asked for as long as somebody looks at it. */
  private readonly ask = () => {
    if (!document.hidden) void this.course?.refresh();
  };

  override render() {
    const { charging } = this;
    const shown = this.circuit ?? busiestCircuit(charging);
    const circuit = charging.circuits.find(({ id }) => id === shown);
    const course = this.course?.state;
    return html`<div class="live">
      ${circuit ? this.zones(charging) : nothing}
      <ha-card>${this.queue(charging)}</ha-card>
      <ha-card>${this.currents(charging)}</ha-card>
      ${circuit ? this.lastHours(charging, circuit, course) : nothing}
      <ha-card class="events">${this.events(charging, course?.value)}</ha-card>
    </div>`;
  }

  private zones(charging: Charging) {
    const { localize } = this;
    const { locale } = this.hass;
    const zone = worstOfAll(charging);
    // Without the building's meter nothing starts, however green a feeder is.
    const isBlind = charging.circuits.some(({ meter }) => meter?.is_lost);
    return html`<ha-card class="zones">
        <h2>${localize("greenup.zones_title")}</h2>
        ${charging.circuits.map(
          (one) => html`<legrand-ews-charging-zones
            .circuit=${one}
            .hasMeaning=${charging.is_enabled && !isBlind}
            .locale=${locale}
            .localize=${localize}
          ></legrand-ews-charging-zones>`,
        )}
        <span class="hidden" role="status">
          ${zone ? localize("greenup.zone_is", { zone: localize(`greenup.zones.${zone}`) }) : nothing}
        </span>
      </ha-card>`;
  }

  private lastHours(
    charging: Charging,
    circuit: ChargingCircuit,
    course: Loadable<Course> | undefined,
  ) {
    const { localize, hass } = this;
    const { locale } = hass;
    return html`<ha-card class="course">
        <h2>
          ${localize("greenup.course")}
          ${
            charging.circuits.length > 1
              ? html`<legrand-ews-picker
                  .options=${charging.circuits.map(({ id, name }) => ({
                    value: String(id),
                    label: name || localize("greenup.building"),
                  }))}
                  .value=${String(circuit.id)}
                  .label=${localize("greenup.circuit")}
                  @change=${(event: CustomEvent<string>) => {
                    this.circuit = Number(event.detail);
                  }}
                ></legrand-ews-picker>`
              : nothing
          }
        </h2>
        ${
          course?.error !== undefined && !course.value
            ? errorMessage(course.error, hass, localize, this.ask)
            : html`<legrand-ews-charging-course
                  .course=${course?.value}
                  .circuit=${circuit}
                  .stations=${charging.stations}
                  .minutes=${MINUTES}
                  .zone=${this.zone}
                  .isDark=${hass.themes?.darkMode ?? false}
                  .locale=${locale}
                  .localize=${localize}
                ></legrand-ews-charging-course>`
        }
      </ha-card>`;
  }

  private queue({ queue, stations }: Charging) {
    const { localize } = this;
    return html`<h2>
        ${icon(mdiTimerSand)} ${localize("greenup.queue")} <small>${queue.length}</small>
      </h2>
      ${
        queue.length === 0
          ? html`<p class="none">${localize("greenup.nobody_waits")}</p>`
          : html`<ol class="queue">
              ${queue.map((id) => {
                const station = stations.find((one) => one.id === id);
                return html`<li>
                  <span>${station?.name ?? id}</span>
                  ${station?.session?.is_priority ? html`<small>${localize("greenup.priority")}</small>` : nothing}
                </li>`;
              })}
            </ol>`
      }`;
  }

  private currents({ stations }: Charging) {
    const { localize, hass } = this;
    const busy = stations.filter(hasVehicle);
    return html`<h2>
        ${icon(mdiEvStation)} ${localize("greenup.currents")} <small>${busy.length}</small>
      </h2>
      ${
        busy.length === 0
          ? html`<p class="none">${localize("greenup.nobody_charges")}</p>`
          : html`<table>
              <thead>
                <tr>
                  <th scope="col">${localize("greenup.station")}</th>
                  <th scope="col">${localize("greenup.drawn")}</th>
                  <th scope="col">${localize("greenup.limit")}</th>
                </tr>
              </thead>
              <tbody>
                ${busy.map((one) => {
                  const isRunning = one.progress === "running";
                  const shown = localize(`greenup.states.${stateOfStation(one)}`);
                  return html`<tr>
                    <th scope="row">
                      ${one.name}
                      <small>${shown}</small>
                    </th>
                    <td>
                      ${isRunning || !one.is_managed ? ampereText(drawnBy(one), hass.locale) : "–"}
                    </td>
                    <td>
                      ${isRunning ? ampereText(one.limit_a, hass.locale, 0) : "–"}
                      ${
                        isRunning && one.level && one.level !== "rated"
                          ? html`<small>${localize(`greenup.levels.${one.level}`)}</small>`
                          : nothing
                      }
                    </td>
                  </tr>`;
                })}
              </tbody>
            </table>`
      }`;
  }

  private events({ stations }: Charging, course: Course | undefined) {
    const { localize, hass } = this;
    const events = course ? newestEvents(course).slice(0, MOST_EVENTS) : [];
    return html`<h2>${localize("greenup.events")}</h2>
      ${
        events.length === 0
          ? html`<p class="none">
              ${course ? this.calm(course) : localize("consumption.loading")}
            </p>`
          : html`<ul class="log" tabindex="0" aria-label=${localize("greenup.events")}>
              ${events.map((event) => {
                const name = stations.find((one) => one.id === event.station)?.name;
                return html`<li>
                  ${icon(eventIcon(event.kind))}
                  <time datetime=${event.at}>${clockText(event.at, hass.locale, this.zone)}</time>
                  <span>
                    ${name && !event.text.includes(name) ? html`<b>${name}:</b>` : nothing}
                    ${event.text}
                  </span>
                </li>`;
              })}
            </ul>`
      }`;
  }

  /** Nothing has happened: since when is that known? */
  private calm({ points }: Course): string {
    const { locale } = this.hass;
    const first = points[0]?.at ?? new Date().toISOString();
    return this.localize("greenup.no_events", {
      time: clockText(first, locale, this.zone),
    });
  }

  static override styles = [
    baseStyles,
    messageStyles,
    titledCardStyles,
    chargingLiveStyles,
  ];
}
