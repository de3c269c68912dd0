import { mdiAlertCircleOutline, mdiCalendarClock, mdiStar } from "@mdi/js";
import { html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { orderProcess, type ProcessOrder } from "../backend/charging-commands";
import type { ChargingStation } from "../backend/charging-types";
import { errorText } from "../backend/errors";
import type { Device } from "../backend/types";
import { STATION_ICONS } from "../charging/icons";
import { drawnBy, stateOfStation, toneOfStation } from "../charging/stations";
import { ampereText, costText, durationText, momentText } from "../charging/texts";
import { amountText, formatNumber } from "../format/numbers";
import { followLink } from "../hass/actions";
import type { HomeAssistant } from "../hass/types";
import type { Localize } from "../localize";
import { badgeStyles } from "./badges";
import { chargingRowStyles } from "./charging-row-styles";
import { icon } from "./parts";
import { baseStyles } from "./styles";

const PLUGS = ["ev_plug", "domestic_plug"] as const;

/** One side of a station, and what its running process can be told (S185-S190). */
export class ChargingRow extends LitElement {
  @property({ attribute: false }) hass!: HomeAssistant;
  @property() entry: string | undefined;
  /** Civil time of the site. */
  @property() zone = "";
  @property({ attribute: false }) station!: ChargingStation;
  /** The device behind a station of ours, for its plugs. */
  @property({ attribute: false }) device: Device | undefined;
  /** Place in the queue, from 1. */
  @property({ type: Number }) place: number | undefined;
  @property({ attribute: false }) localize!: Localize;
  @state() private isBusy = false;
  @state() private error: unknown;
  @state() private isLeaving = false;

  override render() {
    const { station, localize } = this;
    const shown = stateOfStation(station);
    return html`<article class="row" aria-labelledby="name">
      <div class="who">
        <span class="sign ${toneOfStation(shown)}">${icon(STATION_ICONS[shown])}</span>
        <div>
          <h4 id="name">
            ${this.address()} <span>${station.name}</span> ${this.star()}
          </h4>
          <p class="state">
            <b class=${toneOfStation(shown)}>${this.stateText()}</b>
            <span class="status ${station.status}"><i></i>${localize(`status.${station.status}`)}</span>
          </p>
        </div>
      </div>
      ${this.figures()}
      <div class="orders">${this.orders()}</div>
      ${this.notices()} ${this.isLeaving ? this.departure() : nothing}
    </article>`;
  }

  private address() {
    const { address } = this.station;
    if (address === null) return nothing;
    return html`<span class="address">
      <span class="hidden">${this.localize("board.address", { address })}</span
      ><span aria-hidden="true">${address}</span>
    </span>`;
  }

  private star() {
    const { session, is_priority } = this.station;
    if (!(session?.is_priority ?? is_priority)) return nothing;
    const text = this.localize("greenup.is_priority");
    return html`<span class="star" title=${text}>
      ${icon(mdiStar)}<span class="hidden">${text}</span>
    </span>`;
  }

  private stateText(): string {
    const { localize, place, station } = this;
    const shown = stateOfStation(station);
    if (shown === "waiting" && place !== undefined) {
      return localize("greenup.waiting_at", { place });
    }
    return localize(`greenup.states.${shown}`);
  }

  private figures() {
    const { station, localize, hass } = this;
    const { locale } = hass;
    const { session } = station;
    if (!session && station.charge === "charging" && drawnBy(station)) {
      return html`<div class="figures">${this.current()}</div>`;
    }
    if (!session) {
      const rated = ampereText(station.rated_a, locale, 0);
      return html`<p class="figures idle">
        ${localize(
          station.phases.length > 1 ? "greenup.rated_three" : "greenup.rated_one",
          {
            current: rated,
            phase: station.phases[0] ?? 1,
          },
        )}
      </p>`;
    }
    const isRunning = station.progress === "running" || !station.is_managed;
    const money = costText(session.cost, session.currency, locale);
    const facts = [
      amountText(session.energy, "Wh", locale),
      durationText(session.duration_s, locale),
      money,
    ];
    return html`<div class="figures">
      ${isRunning ? this.current() : nothing} ${this.guarantee()}
      <div class="facts">
        <span>${facts.filter(Boolean).join(" · ")}</span>
        ${station.is_managed ? this.leaving() : nothing}
      </div>
      ${this.wish()}
    </div>`;
  }

  /** What sun, price or a departure make of it, and until when it is to be ready. */
  private wish() {
    const { wish, departure } = this.station;
    const { locale } = this.hass;
    const texts = [
      wish?.text,
      departure
        ? this.localize("greenup.departure", {
            time: momentText(departure.at, locale, this.zone),
            energy: amountText(departure.energy, "Wh", locale),
          })
        : undefined,
    ].filter(Boolean);
    return texts.length > 0 ? html`<p class="facts">${texts.join(" ")}</p>` : nothing;
  }

  /** What the vehicle draws of what it may draw, against the rated current. */
  private current() {
    const { station, localize, hass } = this;
    const { locale } = hass;
    const { limit_a, level } = station;
    const drawn = drawnBy(station);
    const share = (current: number | null) =>
      `${Math.min(100, (100 * (current ?? 0)) / station.rated_a).toFixed(1)}%`;
    const step = level && level !== "rated" ? localize(`greenup.levels.${level}`) : "";
    return html`<div class="current" title=${localize("greenup.drawn_of_limit")}>
        <span>
          <span class="hidden">${localize("greenup.drawn_of_limit")}:</span>
          <b>${ampereText(drawn, locale)}</b>
          ${limit_a === null ? nothing : html`/ ${ampereText(limit_a, locale, 0)}`}
          ${step ? html`<small>${step}</small>` : nothing}
        </span>
        <span class="meter" aria-hidden="true">
          <i style="inline-size:${share(drawn)}"></i>
          ${limit_a ? html`<em style="inset-inline-start:${share(limit_a)}"></em>` : nothing}
        </span>
      </div>`;
  }

  private guarantee() {
    const { session } = this.station;
    if (!session || session.guaranteed_ah <= 0) return nothing;
    const number = (value: number, digits: number) =>
      formatNumber(value, this.hass.locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      });
    const share = Math.min(100, (100 * session.charge_ah) / session.guaranteed_ah);
    const isReached = share >= 100;
    return html`<div class="guarantee" title=${this.localize("greenup.guarantee")}>
      <span>
        <b>${number(session.charge_ah, 1)} Ah</b>
        ${this.localize(
          isReached ? "greenup.guarantee_reached" : "greenup.guarantee_of",
          {
            charge: `${number(session.guaranteed_ah, 0)} Ah`,
          },
        )}
      </span>
      <span class="meter" aria-hidden="true">
        <i class=${isReached ? "reached" : ""} style="inline-size:${share.toFixed(1)}%"></i>
      </span>
    </div>`;
  }

  private orders() {
    const { station, localize } = this;
    if (!station.is_managed) return this.plugs();
    const { session, progress } = station;
    const canOrder = session !== null && !this.isBusy;
    const name = station.name;
    return html`<legrand-ews-segmented
        ?disabled=${!canOrder}
        .options=${(["start", "wait"] as const).map((value) => ({
          value,
          label: localize(`greenup.${value}`),
        }))}
        .value=${live(session ? (progress === "held" ? "wait" : "start") : "")}
        .label=${localize("greenup.process_of", { name })}
        @change=${this.order}
      ></legrand-ews-segmented>
      <legrand-ews-segmented
        ?disabled=${!canOrder}
        .options=${(["normal", "priority"] as const).map((value) => ({
          value,
          label: localize(`greenup.${value}`),
        }))}
        .value=${live(session ? (session.is_priority ? "priority" : "normal") : "")}
        .label=${localize("greenup.priority_of", { name })}
        @change=${this.order}
      ></legrand-ews-segmented>
      ${this.plugs()}`;
  }

  private leaving() {
    const { localize, station } = this;
    return html`<button
      class="plain"
      aria-label=${localize("greenup.departure_of", { name: station.name })}
      @click=${() => {
        this.isLeaving = true;
      }}
    >
      ${icon(mdiCalendarClock)} ${localize("greenup.departure_button")}
    </button>`;
  }

  private departure() {
    return html`<legrand-ews-departure-dialog
      .hass=${this.hass}
      .entry=${this.entry}
      .station=${this.station}
      .zone=${this.zone}
      .localize=${this.localize}
      @close=${() => {
        this.isLeaving = false;
      }}
    ></legrand-ews-departure-dialog>`;
  }

  private plugs() {
    const { device } = this;
    if (!device) return nothing;
    return PLUGS.filter((plug) => device.commands[plug]).map(
      (plug) => html`<legrand-ews-control
        .hass=${this.hass}
        .device=${device}
        .command=${plug}
        .localize=${this.localize}
      ></legrand-ews-control>`,
    );
  }

  private notices() {
    const { station, localize, hass, error } = this;
    const texts = [...station.errors, ...station.warnings].map((one) => one.text);
    if (error !== undefined) texts.push(errorText(error, hass, localize));
    return html`${
      station.is_managed
        ? nothing
        : html`<p class="notice">
            ${icon(mdiAlertCircleOutline)}
            <span>${station.problem?.text ?? localize("greenup.not_managed")}</span>
            ${this.page()}
          </p>`
    }
    <div role="alert">
      ${texts.map(
        (text) =>
          html`<p class="notice bad">
            ${icon(mdiAlertCircleOutline)} <span>${text}</span>
          </p>`,
      )}
    </div>`;
  }

  /** The way to where a station that is not managed is confirmed. */
  private page() {
    const { device_id, problem } = this.station;
    if (!problem || !device_id || !this.hass.user?.is_admin) return nothing;
    return html`<a href="/config/devices/device/${device_id}" @click=${followLink}>
      ${this.localize("device.disabled_action")}
    </a>`;
  }

  private readonly order = async (event: CustomEvent<ProcessOrder>) => {
    this.isBusy = true;
    this.error = undefined;
    try {
      await orderProcess(this.hass, this.entry, this.station.id, event.detail);
    } catch (error) {
      this.error = error;
    } finally {
      this.isBusy = false;
    }
  };

  static override styles = [baseStyles, badgeStyles, chargingRowStyles];
}
