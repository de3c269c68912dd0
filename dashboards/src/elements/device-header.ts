import { mdiCogOutline, mdiFlaskOutline, mdiShieldCheckOutline } from "@mdi/js";
import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { Device, DeviceValues, Site } from "../backend/types";
import { type DeviceStatus, isUnverified } from "../board/status";
import { weekCheckOf } from "../device/quality";
import { badgesOf } from "../device/states";
import { stateText } from "../device/texts";
import { followLink, showMoreInfo } from "../hass/actions";
import type { HomeAssistant } from "../hass/types";
import type { Localize } from "../localize";
import { badgeStyles, functionIcons, stateBadges } from "./badges";
import { icon } from "./parts";
import { baseStyles } from "./styles";

/** Who a device is: place, model, state, functions, and how far its map is known. */
export class DeviceHeader extends LitElement {
  @property({ attribute: false }) hass!: HomeAssistant;
  @property({ attribute: false }) site!: Site;
  @property({ attribute: false }) device!: Device;
  @property() status: DeviceStatus = "unknown";
  @property({ attribute: false }) live: DeviceValues | undefined;
  @property({ attribute: false }) localize!: Localize;

  override render() {
    const { device, site, hass, localize, status } = this;
    const gateway = site.gateways.find((one) => one.id === device.gateway);
    const load = site.loads.find((one) => one.id === device.load);
    const groups = site.groups.filter((one) => device.groups.includes(one.id));
    const where = [
      gateway?.name,
      localize("board.address", { address: device.address }),
      load?.name,
      ...groups.map((group) => group.name),
    ];
    const badges = badgesOf(device, hass.states, this.live?.values);
    return html`
      <div class="title">
        <h2>${device.name}</h2>
        <span class="status ${status}"><i></i>${localize(`status.${status}`)}</span>
        ${
          hass.user?.is_admin && device.device_id
            ? html`<a
                class="icon-button"
                href="/config/devices/device/${device.device_id}"
                aria-label=${localize("device.set_up")}
                title=${localize("device.set_up")}
                @click=${followLink}
                >${icon(mdiCogOutline)}</a
              >`
            : nothing
        }
      </div>
      <p>${[device.printed, device.description ?? localize("board.no_model")].filter(Boolean).join(" · ")}</p>
      <p>${where.filter(Boolean).join(" · ")}</p>
      <div class="marks">
        ${stateBadges(badges, (badge) => stateText(hass, localize, badge.quantity, badge.value), localize)}
        ${this.weekCheck()} ${functionIcons(device, localize)} ${this.provenance()}
        ${
          device.excluded_from_totals
            ? html`<span class="mark">${localize("board.excluded")}</span>`
            : nothing
        }
      </div>
      ${this.explanation()}
    `;
  }

  private weekCheck() {
    const check = weekCheckOf(this.device, this.hass.states);
    if (!check) return nothing;
    return html`<button
      class="state-badge week-check ${check.tone}"
      title=${check.week || nothing}
      @click=${() => showMoreInfo(this, check.entityId)}
    >
      ${icon(check.icon)} ${this.localize(check.text)}
    </button>`;
  }

  private provenance() {
    const { provenance } = this.device;
    if (!provenance) return nothing;
    const isOpen = isUnverified(this.device) && !this.device.map_confirmed;
    const text = stateText(this.hass, this.localize, "provenance", provenance);
    return html`<span class="mark ${isOpen ? "open" : ""}" title=${this.localize("device.provenance")}>
      ${icon(isOpen ? mdiFlaskOutline : mdiShieldCheckOutline)} ${text}
      ${this.device.map_confirmed ? ` · ${this.localize("device.confirmed")}` : nothing}
    </span>`;
  }

  private explanation() {
    const { device, localize } = this;
    if (!isUnverified(device) || device.map_confirmed) return nothing;
    return html`<p class="explanation">
      ${icon(mdiFlaskOutline)}
      <span>
        ${localize(device.provenance === "recalled" ? "board.unverified_recalled" : "board.unverified_assumed")}
      </span>
    </p>`;
  }

  static override styles = [
    baseStyles,
    badgeStyles,
    css`
      .title {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--ews-space-3);
      }
      h2 {
        min-width: 0;
        margin: 0;
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: var(--ews-medium-weight);
        overflow-wrap: anywhere;
      }
      p {
        margin: 0;
        color: var(--ews-muted);
        overflow-wrap: anywhere;
      }
      .status {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      .status i {
        width: 9px;
        height: 9px;
        border-radius: 50%;
        background: var(--disabled-color, #bdbdbd);
      }
      .status.on i {
        background: var(--ews-good);
      }
      .status:is(.communication_error, .failure) {
        color: var(--ews-bad);
      }
      .status:is(.communication_error, .failure) i {
        background: var(--ews-bad);
      }
      .status.configuration i {
        background: var(--ews-warn);
      }
      .icon-button {
        margin-inline-start: auto;
      }
      .marks {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px var(--ews-space-2);
        margin-top: var(--ews-space-2);
      }
      .mark {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        padding: 1px 8px;
        border-radius: 6px;
        background: var(--ews-track);
        font-size: var(--ews-small);
        --ews-icon: 16px;
      }
      .week-check {
        text-align: start;
        white-space: normal;
      }
      .mark.open {
        color: color-mix(in srgb, var(--ews-warn) 70%, var(--primary-text-color));
        background: color-mix(in srgb, var(--ews-warn) 16%, transparent);
      }
      .explanation {
        display: flex;
        gap: var(--ews-space-2);
        margin-top: var(--ews-space-3);
        padding: var(--ews-space-2) var(--ews-space-3);
        border-radius: var(--ews-radius-small);
        color: inherit;
        background: color-mix(in srgb, var(--ews-warn) 12%, transparent);
        font-size: 13px;
      }
    `,
  ];
}
