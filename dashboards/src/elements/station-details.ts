import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { Charging, ChargingStation } from "../backend/charging-types";
import type { Device, DeviceValues, Site } from "../backend/types";
import { deviceStatus } from "../board/status";
import { goesFirst, stateOfStation, toneOfStation } from "../charging/stations";
import { ampereText, durationText } from "../charging/texts";
import { amountText, formatNumber } from "../format/numbers";
import { followLink } from "../hass/actions";
import type { HomeAssistant } from "../hass/types";
import type { Localize } from "../localize";
import { devicePagesStyles } from "./device-pages-styles";
import { baseStyles } from "./styles";

type Row = [name: string, value: unknown];

/** One station: Station, Charge, About, then all that its board tells (S184). */
export class StationDetails extends LitElement {
  @property({ attribute: false }) hass!: HomeAssistant;
  @property() entry: string | undefined;
  @property({ attribute: false }) site!: Site;
  @property({ attribute: false }) charging!: Charging;
  @property({ attribute: false }) station!: ChargingStation;
  /** The device of a station of ours; undefined for one of another integration. */
  @property({ attribute: false }) device: Device | undefined;
  @property({ attribute: false }) live: DeviceValues | undefined;
  @property({ attribute: false }) localize!: Localize;

  override render() {
    const { hass, site, device, live, localize, station } = this;
    return html`<ha-card>
      ${
        device
          ? html`<legrand-ews-device-header
              .hass=${hass}
              .site=${site}
              .device=${device}
              .status=${deviceStatus(device, hass.states)}
              .live=${live}
              .localize=${localize}
            ></legrand-ews-device-header>`
          : html`<h2>${station.name}</h2>
              <p class="about">${localize("greenup.other_make")} ${this.link()}</p>`
      }
      <div class="pages">
        ${this.page("station", this.stationRows())}
        ${this.page("charge", this.chargeRows())} ${this.page("about", this.aboutRows())}
      </div>
      ${
        device
          ? html`<legrand-ews-device-pages
              .hass=${hass}
              .device=${device}
              .quantities=${site.quantities}
              .zone=${site.time_zone}
              .live=${live}
              .entry=${this.entry}
              .localize=${localize}
            ></legrand-ews-device-pages>`
          : nothing
      }
    </ha-card>`;
  }

  private link() {
    const { device_id } = this.station;
    if (!device_id || !this.hass.user?.is_admin) return nothing;
    return html`<a href="/config/devices/device/${device_id}" @click=${followLink}>
      ${this.localize("device.disabled_action")}
    </a>`;
  }

  private page(key: "station" | "charge" | "about", rows: readonly Row[]) {
    const title = this.localize(`greenup.about.${key}`);
    return html`<section data-page=${key} aria-label=${title}>
      <h3>${title}</h3>
      <dl>
        ${rows.map(
          ([name, value]) => html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
        )}
      </dl>
    </section>`;
  }

  private yes(isSo: boolean): string {
    return this.localize(isSo ? "device.yes" : "device.no");
  }

  private stationRows(): Row[] {
    const { station, charging, localize } = this;
    const circuit = charging.circuits.find((one) => one.id === station.circuit_id);
    const rows: Row[] = [
      [localize("greenup.about.status"), localize(`status.${station.status}`)],
      [localize("greenup.about.managed"), this.yes(station.is_managed)],
      [localize("greenup.about.in_error"), this.yes(station.errors.length > 0)],
      [
        localize("greenup.about.default_priority"),
        localize(station.is_priority ? "greenup.priority" : "greenup.normal"),
      ],
    ];
    if (circuit && charging.is_set_up) {
      rows.push([
        localize("greenup.circuit"),
        circuit.name || localize("greenup.building"),
      ]);
    }
    for (const { text } of station.errors) {
      rows.push([
        localize("greenup.about.error"),
        html`<span class="tag bad">${text}</span>`,
      ]);
    }
    return rows;
  }

  private chargeRows(): Row[] {
    const { station, localize, hass } = this;
    const { session } = station;
    const shown = stateOfStation(station);
    const drawn = station.drawn_a
      .map((one) => ampereText(one, hass.locale))
      .join(" · ");
    const limit = station.progress === "running" ? station.limit_a : null;
    const charge = formatNumber(session?.charge_ah ?? 0, hass.locale, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    // Nothing moves when a vehicle comes or leaves.
    const told = (text: string) => (session && text ? text : "–");
    return [
      [
        localize("greenup.about.state"),
        html`<span class="tag ${toneOfStation(shown)}">
          ${localize(`greenup.states.${shown}`)}
        </span>`,
      ],
      [
        localize("greenup.about.priority"),
        told(localize(goesFirst(station) ? "greenup.priority" : "greenup.normal")),
      ],
      [localize("greenup.limit"), told(ampereText(limit, hass.locale, 0))],
      [localize("greenup.drawn"), told(drawn)],
      [
        localize("board.energy"),
        told(amountText(session?.energy ?? null, "Wh", hass.locale)),
      ],
      [localize("greenup.about.charge_ah"), told(`${charge} Ah`)],
      [
        localize("greenup.duration"),
        told(durationText(session?.duration_s ?? 0, hass.locale)),
      ],
    ];
  }

  private aboutRows(): Row[] {
    const { station, device, localize, hass } = this;
    const registry = hass.devices as Readonly<
      Record<string, Record<string, unknown> | undefined>
    >;
    const known = registry[station.device_id ?? ""] ?? {};
    const text = (value: unknown) =>
      typeof value === "string" && value ? value : undefined;
    const rows: (readonly [string, string | undefined])[] = [
      [localize("greenup.about.rated"), ampereText(station.rated_a, hass.locale, 0)],
      [
        localize("greenup.about.minimum"),
        ampereText(station.minimum_a, hass.locale, 0),
      ],
      [
        localize("greenup.about.phases"),
        station.phases.map((phase) => `L${phase}`).join(" · "),
      ],
      [localize("greenup.about.make"), text(known["manufacturer"])],
      [localize("greenup.about.model"), device?.printed ?? text(known["model"])],
      [localize("greenup.about.firmware"), text(known["sw_version"])],
      [localize("greenup.about.hardware"), text(known["hw_version"])],
      [localize("greenup.about.serial"), text(known["serial_number"])],
    ];
    return rows.flatMap(([name, value]): Row[] => (value ? [[name, value]] : []));
  }

  static override styles = [
    baseStyles,
    devicePagesStyles,
    css`
      ha-card {
        display: grid;
        gap: var(--ews-space-4);
        padding: var(--ews-space-4);
      }
      h2,
      .about {
        margin: 0;
      }
      h2 {
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: var(--ews-medium-weight);
      }
      .about {
        color: var(--ews-muted);
      }
      .about a {
        color: var(--primary-color);
      }
      @container pages (max-width: 616px) {
        .pages {
          display: block;
        }
        .pages section {
          margin-bottom: var(--ews-space-3);
        }
        .pages section > h3 {
          display: block;
        }
      }
    `,
  ];
}
