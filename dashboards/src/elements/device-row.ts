import { mdiFireCircle, mdiFlash, mdiFlaskOutline, mdiHelp, mdiWater } from "@mdi/js";
import { css, html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type { Device, Load } from "../backend/types";
import { type DeviceStatus, isUnverified } from "../board/status";
import type { LiveValue, LiveValues } from "../board/values";
import { followLink, showMoreInfo } from "../hass/actions";
import { type Localize, localizeAny } from "../localize";
import { icon } from "./parts";
import { baseStyles } from "./styles";

const FLUID_ICONS: Readonly<Record<string, string>> = {
  electricity: mdiFlash,
  electricity_export: mdiFlash,
  gas: mdiFireCircle,
  water: mdiWater,
};

/** One device: what it is, how it is doing, and its values now (S85, S148, S149). */
export class DeviceRow extends LitElement {
  @property({ attribute: false }) device!: Device;
  @property({ attribute: false }) load: Load | undefined;
  @property() status: DeviceStatus = "unknown";
  @property({ attribute: false }) values!: LiveValues;
  /** Name of the gateway where it is not the section's title. */
  @property() gateway = "";
  /** The largest power of the section, in W: the full length of the bar. */
  @property({ type: Number }) largest = 0;
  /** Whether names lead to the device page, which only administrators may open. */
  @property({ type: Boolean }) isLinked = false;
  @property({ attribute: false }) localize!: Localize;
  @state() private isExplained = false;

  override render() {
    const { device, localize, status } = this;
    const address = localize("board.address", { address: device.address });
    return html`
      <div class="row ${status}" part="row">
        ${this.badge()}
        <div class="what">
          <div class="title">${this.name()} ${this.marks()}</div>
          <div class="model" title=${this.model()}>
            <span class="inline-address">${address} · </span>${this.model()}
          </div>
        </div>
        <div class="where" title=${this.gateway ? `${this.gateway}, ${address}` : address}>
          <span class="address">
            <span class="hidden">${address}</span><span aria-hidden="true">${device.address}</span>
          </span>
          ${this.gateway ? html`<small>${this.gateway}</small>` : nothing}
        </div>
        ${this.figures()}
      </div>
      ${this.isExplained ? this.explanation() : nothing}
    `;
  }

  private badge() {
    const { device, load, status } = this;
    const path = FLUID_ICONS[device.fluid ?? ""] ?? mdiHelp;
    const color = device.enabled && load ? load.color : "var(--ews-muted)";
    const label = this.localize(`status.${status}`);
    const title = [this.loadName(), label].filter(Boolean).join(" · ");
    return html`<div class="badge" style="--ews-load:${color}" title=${title}>
      ${icon(path)}
      <span class="dot"></span>
      <span class="hidden">${title}</span>
    </div>`;
  }

  private loadName(): string {
    const { load } = this;
    if (!load) return "";
    return load.key
      ? localizeAny(this.localize, `loads.${load.key}`, load.name)
      : load.name;
  }

  private name() {
    const { device } = this;
    if (this.isLinked && device.device_id) {
      const path = `/config/devices/device/${device.device_id}`;
      return html`<a class="name" href=${path} @click=${followLink}>${device.name}</a>`;
    }
    const entity = this.values.power?.entityId ?? this.values.counter?.entityId;
    const target = entity ?? device.status_entity;
    if (!target) return html`<span class="name">${device.name}</span>`;
    return html`<button class="name" @click=${() => showMoreInfo(this, target)}>
      ${device.name}
    </button>`;
  }

  private model(): string {
    const { device, localize } = this;
    if (device.model === null) return localize("board.no_model");
    const description = device.description ?? device.family_name;
    return [device.printed, description].filter(Boolean).join(" · ");
  }

  private marks() {
    const { device, localize } = this;
    return html`${
      device.excluded_from_totals
        ? html`<span class="mark aside" title=${localize("board.excluded")}>${localize("board.excluded")}</span>`
        : nothing
    }${
      isUnverified(device)
        ? html`<button
            class="mark unverified"
            aria-expanded=${this.isExplained}
            aria-label=${localize("board.unverified")}
            title=${localize("board.unverified")}
            @click=${() => {
              this.isExplained = !this.isExplained;
            }}
          >
            ${icon(mdiFlaskOutline)}
          </button>`
        : nothing
    }`;
  }

  private explanation() {
    const key =
      this.device.provenance === "inferred"
        ? "board.unverified_inferred"
        : "board.unverified_assumed";
    return html`<p class="explanation" role="status">
      ${icon(mdiFlaskOutline)}
      <span><strong>${this.localize("board.unverified")}.</strong> ${this.localize(key)}</span>
    </p>`;
  }

  private figures() {
    const { status, values, localize } = this;
    if (status !== "on") {
      return html`<div class="state">${localize(`status.${status}`)}</div>`;
    }
    const { power, counter, voltages, currents } = values;
    return html`
      <div class="lines">
        ${this.phases(voltages, localize("board.voltage"))}
        ${this.phases(currents, localize("board.current"))}
      </div>
      <div class="power">
        ${power ? this.figure(power) : nothing} ${power ? this.bar(power) : nothing}
      </div>
      <div class="counter">${counter ? this.figure(counter) : nothing}</div>
    `;
  }

  private figure(value: LiveValue) {
    const label = `${this.localize(`board.${value.kind as "power"}`)}: ${value.text.number} ${value.text.unit}`;
    return html`<button
      class="figure"
      aria-label=${label}
      title=${this.localize(`board.${value.kind as "power"}`)}
      @click=${() => showMoreInfo(this, value.entityId)}
    >
      ${value.text.number} <small>${value.text.unit}</small>
    </button>`;
  }

  private bar(power: LiveValue) {
    if (this.device.excluded_from_totals) return nothing;
    const share = this.largest > 0 ? Math.max(0, power.base ?? 0) / this.largest : 0;
    return html`<span class="bar"
      ><i style="inline-size:${(100 * share).toFixed(1)}%;background:${this.load?.color ?? "var(--ews-muted)"}"></i
    ></span>`;
  }

  private phases(values: readonly LiveValue[], label: string) {
    const [first] = values;
    if (!first) return nothing;
    const numbers = values.map((value) => value.text.number).join(" · ");
    return html`<span title=${label}>
      <span class="hidden">${label}</span>${numbers} <small>${first.text.unit}</small>
    </span>`;
  }

  static override styles = [
    baseStyles,
    css`
      .row {
        position: relative;
        display: grid;
        grid-template-columns: 36px minmax(0, 1fr) 112px 168px 124px 104px;
        align-items: center;
        column-gap: var(--ews-space-4);
        min-height: 56px;
        padding: 6px var(--ews-space-4);
        transition: background-color 120ms;
      }
      .row:has(a.name, button.name):hover {
        background: var(--ews-track);
      }
      .badge {
        position: relative;
        display: grid;
        place-items: center;
        width: 36px;
        height: 36px;
        border-radius: 50%;
        color: color-mix(in srgb, var(--ews-load) 80%, var(--primary-text-color));
        background: color-mix(in srgb, var(--ews-load) 18%, transparent);
      }
      .dot {
        position: absolute;
        inset-block-end: -1px;
        inset-inline-end: -1px;
        width: 11px;
        height: 11px;
        border: 2px solid var(--card-background-color);
        border-radius: 50%;
        background: var(--disabled-color, #bdbdbd);
      }
      .on .dot {
        background: var(--ews-good);
      }
      .communication_error .dot {
        background: var(--ews-bad);
      }
      .configuration .dot {
        background: var(--ews-warn);
      }
      .what {
        min-width: 0;
      }
      .title {
        display: flex;
        align-items: center;
        gap: 6px;
        min-width: 0;
      }
      .name {
        overflow: hidden;
        font-weight: var(--ews-medium-weight);
        text-align: start;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      /* The whole row leads where its name leads; the figures lie above it. */
      :is(a, button).name::after {
        content: "";
        position: absolute;
        inset: 0;
      }
      .model,
      .where small {
        overflow: hidden;
        color: var(--ews-muted);
        font-size: var(--ews-small);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .inline-address {
        display: none;
      }
      .mark {
        position: relative;
        z-index: 1;
        flex: none;
        color: var(--ews-muted);
        --ews-icon: 16px;
      }
      .unverified {
        padding: 2px;
        border-radius: 6px;
        color: color-mix(in srgb, var(--ews-warn) 70%, var(--primary-text-color));
        background: color-mix(in srgb, var(--ews-warn) 16%, transparent);
      }
      .aside {
        flex: 0 1 auto;
        min-width: 0;
        padding: 0 6px;
        overflow: hidden;
        border-radius: 6px;
        background: var(--ews-track);
        font-size: 11px;
        line-height: 18px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .where {
        display: grid;
        justify-items: start;
        min-width: 0;
      }
      .where small {
        max-width: 100%;
      }
      .address {
        padding: 1px 8px;
        border-radius: var(--ha-border-radius-pill, 9999px);
        background: var(--ews-track-strong);
        font-size: var(--ews-small);
        font-weight: var(--ews-medium-weight);
        white-space: nowrap;
      }
      .lines {
        display: grid;
        justify-items: end;
        color: var(--ews-muted);
        font-size: var(--ews-small);
        white-space: nowrap;
      }
      .power,
      .counter {
        display: grid;
        justify-items: end;
        gap: 3px;
      }
      .figure {
        position: relative;
        z-index: 1;
        padding: 2px 6px;
        margin: -2px -6px;
        border-radius: 6px;
        white-space: nowrap;
      }
      .figure:hover {
        background: var(--ews-track-strong);
      }
      .power .figure {
        font-size: var(--ews-large);
        font-weight: var(--ews-medium-weight);
      }
      small {
        color: var(--ews-muted);
        font-size: var(--ews-small);
        font-weight: normal;
      }
      .bar {
        width: 100%;
        height: 3px;
        overflow: hidden;
        border-radius: 2px;
        background: var(--ews-track);
      }
      .bar i {
        display: block;
        height: 100%;
        border-radius: inherit;
        transition: inline-size 400ms;
      }
      .state {
        grid-column: 4 / -1;
        justify-self: end;
        color: var(--ews-muted);
      }
      .communication_error .state {
        color: var(--ews-bad);
        font-weight: var(--ews-medium-weight);
      }
      .configuration .state {
        color: color-mix(in srgb, var(--ews-warn) 70%, var(--primary-text-color));
        font-weight: var(--ews-medium-weight);
      }
      .off :is(.name, .badge) {
        color: var(--ews-muted);
      }
      .explanation {
        display: flex;
        gap: var(--ews-space-2);
        margin: 0 var(--ews-space-4) var(--ews-space-3);
        padding: var(--ews-space-2) var(--ews-space-3);
        border-radius: var(--ews-radius-small);
        background: color-mix(in srgb, var(--ews-warn) 12%, transparent);
        font-size: 13px;
      }
      @container board (max-width: 860px) {
        .row {
          grid-template-columns: 36px minmax(0, 1fr) 96px 112px 96px;
        }
        .lines {
          display: none;
        }
      }
      @container board (max-width: 600px) {
        .row {
          grid-template-columns: 36px minmax(0, 1fr) auto;
          grid-template-rows: auto auto;
          column-gap: var(--ews-space-3);
          padding: 8px var(--ews-space-3);
        }
        .badge,
        .what {
          grid-row: 1 / -1;
        }
        .where,
        .bar {
          display: none;
        }
        .inline-address {
          display: inline;
        }
        .power {
          grid-area: 1 / 3;
        }
        .counter {
          grid-area: 2 / 3;
          color: var(--ews-muted);
          font-size: var(--ews-small);
        }
        .power:empty + .counter {
          grid-row: 1 / -1;
          color: inherit;
          font-size: inherit;
        }
        .power .figure {
          font-size: var(--ews-normal);
        }
        .state {
          grid-area: 1 / 3 / -1;
          align-self: center;
          max-width: 110px;
          text-align: end;
        }
      }
    `,
  ];
}
