import { mdiFlaskOutline } from "@mdi/js";
import { html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type { Device, Load } from "../backend/types";
import { type DeviceStatus, isUnverified } from "../board/status";
import type { LiveValue, LiveValues } from "../board/values";
import { deviceIcon } from "../device/meters";
import type { StateBadge } from "../device/states";
import { followLink, showMoreInfo } from "../hass/actions";
import type { Localize } from "../localize";
import { badgeStyles, functionIcons, stateBadges } from "./badges";
import { rowStyles } from "./device-row-styles";
import { icon } from "./parts";
import { baseStyles } from "./styles";

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
  /** Where the name leads; empty: to the history of the first value. */
  @property() path = "";
  @property({ attribute: false }) badges: readonly StateBadge[] = [];
  /** What a badge says. */
  @property({ attribute: false }) badgeText: (badge: StateBadge) => string = () => "";
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
          ${stateBadges(this.badges, this.badgeText, localize)}
        </div>
        <div class="where" title=${this.gateway ? `${this.gateway}, ${address}` : address}>
          <span class="address">
            <span class="hidden">${address}</span><span aria-hidden="true">${device.address}</span>
          </span>
          ${this.gateway ? html`<small>${this.gateway}</small>` : functionIcons(device, localize)}
        </div>
        ${this.figures()}
      </div>
      ${this.isExplained ? this.explanation() : nothing}
    `;
  }

  private badge() {
    const { device, load, status } = this;
    const path = deviceIcon(device);
    const color = device.enabled && load ? load.color : "var(--ews-muted)";
    const label = this.localize(`status.${status}`);
    const title = [load?.name, label].filter(Boolean).join(" · ");
    return html`<div class="badge" style="--ews-load:${color}" title=${title}>
      ${icon(path)}
      <span class="dot"></span>
      <span class="hidden">${title}</span>
    </div>`;
  }

  private name() {
    const { device } = this;
    if (this.path) {
      return html`<a class="name" href=${this.path} @click=${followLink}>${device.name}</a>`;
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
      this.device.provenance === "recalled"
        ? "board.unverified_recalled"
        : "board.unverified_assumed";
    return html`<p class="explanation" role="status">
      ${icon(mdiFlaskOutline)}
      <span><strong>${this.localize("board.unverified")}.</strong> ${this.localize(key)}</span>
    </p>`;
  }

  private figures() {
    const { status, values, localize } = this;
    // A station that reports a failure still answers.
    if (status !== "on" && status !== "failure") {
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

  static override styles = [baseStyles, badgeStyles, rowStyles];
}
