import { mdiAlertCircleOutline, mdiGauge } from "@mdi/js";
import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { ChargingCircuit, ChargingLine } from "../backend/charging-types";
import { ZONE_ICONS } from "../charging/icons";
import { ampereText } from "../charging/texts";
import { type ShownZone, shownZone, worstZone, zoneBar } from "../charging/zones";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import { icon } from "./parts";
import { baseStyles } from "./styles";

/** A zone in a word and an icon, never by its colour alone. */
export function zoneChip(zone: ShownZone, localize: Localize) {
  return html`<span class="zone ${zone}">
    ${icon(ZONE_ICONS[zone])} ${localize(`greenup.zones.${zone}`)}
  </span>`;
}

export const zoneStyles = css`
  .zone {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 2px 10px 2px 8px;
    border-radius: var(--ha-border-radius-pill, 9999px);
    --ews-tone: var(--ews-good);
    color: color-mix(in srgb, var(--ews-tone) 60%, var(--primary-text-color));
    background: color-mix(in srgb, var(--ews-tone) 16%, transparent);
    font-weight: var(--ews-medium-weight);
    white-space: nowrap;
    --ews-icon: 18px;
  }
  .zone.yellow {
    --ews-tone: var(--ews-warn);
  }
  .zone.red {
    --ews-tone: var(--ews-bad);
  }
  .zone.unknown {
    --ews-tone: var(--primary-text-color);
  }
`;

/** A circuit's phases as bars against its charging and maximum current (S274-S276). */
export class ChargingZones extends LitElement {
  @property({ attribute: false }) circuit!: ChargingCircuit;
  /** Whether what a zone means holds just now. */
  @property({ type: Boolean }) hasMeaning = true;
  @property({ attribute: false }) locale!: FrontendLocale;
  @property({ attribute: false }) localize!: Localize;

  override render() {
    const { circuit, localize } = this;
    const worst = worstZone(circuit);
    return html`
      <div class="title">
        <h3>${circuit.name || localize("greenup.building")}</h3>
        ${worst ? zoneChip(worst, localize) : nothing}
        ${worst && worst !== "unknown" && this.hasMeaning ? html`<span class="means">${localize(`greenup.zones_mean.${worst}`)}</span>` : nothing}
      </div>
      ${this.meter()}
      <div class="lines">
        ${circuit.lines.map((line) => this.line(line))}
      </div>
      <p class="legend">
        <span><i class="edge charging"></i>${localize("greenup.charging_current", { current: this.amperes(circuit.charging_a, 0) })}</span>
        <span><i class="edge maximum"></i>${localize("greenup.maximum_current", { current: this.amperes(circuit.maximum_a, 0) })}</span>
        ${
          circuit.hysteresis_percent > 0
            ? html`<span><i class="band"></i>${localize("greenup.hysteresis", { percent: circuit.hysteresis_percent })}</span>`
            : nothing
        }
      </p>
    `;
  }

  private amperes(current: number, digits = 1): string {
    return ampereText(current, this.locale, digits);
  }

  private meter() {
    const { circuit, localize } = this;
    const { meter } = circuit;
    if (!meter) {
      return html`<p class="meter">${icon(mdiGauge)} ${localize("greenup.no_meter")}</p>`;
    }
    if (meter.name === null) {
      return html`<p class="meter">
        ${icon(mdiAlertCircleOutline)} ${localize("greenup.meter_gone")}
      </p>`;
    }
    if (!meter.is_lost) {
      return html`<p class="meter">${icon(mdiGauge)} ${meter.name}</p>`;
    }
    return html`<p class="meter lost" role="alert">
      ${icon(mdiAlertCircleOutline)}
      <span>
        <b>${localize("greenup.meter_lost", { name: meter.name })}</b>
        ${localize("greenup.meter_lost_means")}
      </span>
    </p>`;
  }

  private line(line: ChargingLine) {
    const { circuit, localize } = this;
    const bar = zoneBar(circuit, line);
    const zone = shownZone(line);
    const phase = localize("greenup.phase", { phase: line.phase });
    const load = line.is_known
      ? this.amperes(line.load_a)
      : localize("greenup.not_measured");
    const room = localize(line.room_a < 0 ? "greenup.over" : "greenup.room", {
      current: this.amperes(Math.abs(line.room_a), 0),
    });
    const at = (share: number) => `inset-inline-start:${share.toFixed(2)}%`;
    return html`<div class="line ${zone}">
      <span class="phase">${phase}</span>
      <div
        class="bar"
        role="meter"
        aria-label=${phase}
        aria-valuemin="0"
        aria-valuemax=${Math.round(bar.full)}
        aria-valuenow=${line.is_known ? Math.round(line.load_a) : 0}
        aria-valuetext=${[load, localize(`greenup.zones.${zone}`), ...(line.is_known ? [room] : [])].join(", ")}
      >
        <span class="track">
          <i class="load" style="inline-size:${bar.load.toFixed(2)}%"></i>
          ${bar.bands.map(
            ({ from, to }) =>
              html`<i class="band" style="${at(from)};inline-size:${(to - from).toFixed(2)}%"></i>`,
          )}
        </span>
        <i class="edge charging" style=${at(bar.charging)}></i>
        <i class="edge maximum" style=${at(bar.maximum)}></i>
      </div>
      <b class="load-text">${load}</b>
      ${zoneChip(zone, localize)}
      <small>${line.is_known ? room : nothing}</small>
    </div>`;
  }

  static override styles = [
    baseStyles,
    zoneStyles,
    css`
      :host {
        container: zones / inline-size;
      }
      .title {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px var(--ews-space-3);
      }
      h3 {
        margin: 0;
        font-size: var(--ews-large);
        font-weight: var(--ews-medium-weight);
      }
      .means {
        flex: 1 1 260px;
        color: var(--ews-muted);
      }
      .meter {
        display: flex;
        align-items: center;
        gap: 6px;
        margin: var(--ews-space-1) 0 var(--ews-space-3);
        color: var(--ews-muted);
        font-size: 13px;
        --ews-icon: 18px;
      }
      .meter.lost {
        align-items: flex-start;
        padding: var(--ews-space-2) var(--ews-space-3);
        border-radius: var(--ews-radius-small);
        color: inherit;
        background: color-mix(in srgb, var(--ews-bad) 12%, transparent);
      }
      .meter.lost svg {
        color: var(--ews-bad);
      }
      .lines {
        display: grid;
        gap: var(--ews-space-3);
      }
      .line {
        display: grid;
        grid-template-columns: 28px minmax(0, 1fr) 92px 104px 116px;
        align-items: center;
        gap: 2px var(--ews-space-3);
        --ews-tone: var(--ews-good);
      }
      .line.yellow {
        --ews-tone: var(--ews-warn);
      }
      .line.red {
        --ews-tone: var(--ews-bad);
      }
      .phase {
        font-weight: var(--ews-medium-weight);
      }
      .bar {
        position: relative;
        padding-block: 5px;
      }
      .track {
        position: relative;
        display: block;
        height: 16px;
        overflow: hidden;
        border-radius: 5px;
        background: var(--ews-track-strong);
      }
      .load {
        position: absolute;
        inset-block: 0;
        inset-inline-start: 0;
        background: var(--ews-tone);
        transition: inline-size 400ms;
      }
      .line.unknown .track {
        opacity: 0.5;
      }
      .band {
        background: repeating-linear-gradient(
          -45deg,
          transparent 0 3px,
          color-mix(in srgb, var(--primary-text-color) 38%, transparent) 3px 5px
        );
      }
      .track .band {
        position: absolute;
        inset-block: 0;
      }
      .edge {
        position: absolute;
        inset-block: 0;
        width: 3px;
        margin-inline-start: -1.5px;
        border-radius: 2px;
        background: var(--primary-text-color);
      }
      .edge.charging {
        width: 0;
        border-inline-start: 3px dotted var(--primary-text-color);
        border-radius: 0;
        background: none;
      }
      .load-text {
        font-weight: var(--ews-medium-weight);
        text-align: end;
        white-space: nowrap;
      }
      .line .zone {
        justify-self: start;
        padding-block: 1px;
        font-size: var(--ews-small);
        --ews-icon: 16px;
      }
      small {
        color: var(--ews-muted);
        font-size: var(--ews-small);
        text-align: end;
        white-space: nowrap;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 4px var(--ews-space-4);
        margin: var(--ews-space-3) 0 0;
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      .legend span {
        display: inline-flex;
        align-items: center;
        gap: 8px;
      }
      .legend i {
        position: static;
        height: 14px;
        margin: 0;
      }
      .legend .band {
        width: 22px;
        border-radius: 3px;
      }
      @container zones (max-width: 620px) {
        .line {
          grid-template-columns: 28px minmax(0, 1fr) auto;
        }
        .phase {
          grid-area: 1 / 1;
        }
        .zone {
          font-size: 13px;
        }
        .line .zone {
          grid-area: 1 / 2;
        }
        .load-text {
          grid-area: 1 / 3;
        }
        .bar {
          grid-area: 2 / 1 / auto / -1;
        }
        small {
          grid-area: 3 / 1 / auto / -1;
        }
      }
    `,
  ];
}
