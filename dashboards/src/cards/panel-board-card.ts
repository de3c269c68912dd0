import {
  mdiClose,
  mdiFlashAlert,
  mdiFlashOffOutline,
  mdiLan,
  mdiMagnify,
  mdiMeterElectricOutline,
  mdiViewListOutline,
} from "@mdi/js";
import { html, nothing, type PropertyValues } from "lit";
import { state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { watchDevices } from "../backend/commands";
import { Lease } from "../backend/lease";
import type { Device, Gateway, Site } from "../backend/types";
import {
  countStatuses,
  filterSections,
  GROUPINGS,
  type Grouping,
  type Section,
  sectionsOf,
} from "../board/grouping";
import {
  DEVICE_STATUSES,
  type DeviceStatus,
  deviceStatus,
  gatewayStatus,
} from "../board/status";
import { liveValues, shownEntities } from "../board/values";
import { badgesOf, type StateBadge } from "../device/states";
import { loadNames, stateText } from "../device/texts";
import { errorMessage, icon, message } from "../elements/parts";
import { baseStyles, messageStyles } from "../elements/styles";
import { followLink } from "../hass/actions";
import type { ConfigForm, HomeAssistant } from "../hass/types";
import { plural } from "../localize";
import { SiteCard, type SiteCardConfig } from "./context";
import { panelBoardForm } from "./editors";
import { empty, skeleton } from "./panel-board-placeholders";
import { boardStyles } from "./panel-board-styles";

export interface PanelBoardCardConfig extends SiteCardConfig {
  group_by?: Grouping;
  /** Path of the view with one device's details, in the same dashboard. */
  details_path?: string;
}

/** From here on a list is searched rather than read. */
const SEARCH_FROM = 12;

/** All devices of a site with status and live values (S147-S149). */
export class PanelBoardCard extends SiteCard<PanelBoardCardConfig> {
  @state() private grouping: Grouping | undefined;
  @state() private search = "";
  @state() private status: DeviceStatus | null = null;
  /** Key of the one gateway or board that is shown; null shows all (S147). */
  @state() private only: string | null = null;
  private readonly onScreen = new Set<number>();
  private readonly observed = new Set<Element>();
  private lease: Lease | undefined;
  private entities: readonly string[] = [];
  private entitiesOf: Site | undefined;
  /** Language in which the names of states were asked for. */
  private namesOf: string | undefined;

  private readonly observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const id = Number((target as HTMLElement).dataset["device"]);
        if (isIntersecting) this.onScreen.add(id);
        else this.onScreen.delete(id);
      }
      this.renewLease();
    },
    { rootMargin: "100px" },
  );

  private readonly renewLease = () => {
    this.lease?.set(document.hidden ? [] : this.onScreen);
  };

  static getStubConfig(): Partial<PanelBoardCardConfig> {
    return { group_by: "gateway" };
  }

  static getConfigForm(): ConfigForm {
    return panelBoardForm();
  }

  getCardSize(): number {
    return 12;
  }

  getGridOptions(): Record<string, unknown> {
    return { columns: 12, min_columns: 6 };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.renewLease);
    this.lease = new Lease((devices) =>
      watchDevices(this.hass, this.config?.config_entry_id, devices),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.renewLease);
    this.observer.disconnect();
    this.observed.clear();
    this.onScreen.clear();
    void this.lease?.close();
    this.lease = undefined;
  }

  protected concerns(before: HomeAssistant): boolean {
    const { hass } = this;
    if (before.locale !== hass.locale || before.devices !== hass.devices) return true;
    const site = this.store?.state.value;
    if (site !== this.entitiesOf) {
      this.entities = site ? shownEntities(site) : [];
      this.entitiesOf = site;
    }
    return this.entities.some((id) => before.states[id] !== hass.states[id]);
  }

  protected override willUpdate(changes: PropertyValues): void {
    super.willUpdate(changes);
    const { language } = this.hass.locale;
    if (this.namesOf === language) return;
    this.namesOf = language;
    void loadNames(this.hass).then(() => this.tell());
  }

  protected override updated(_changes: PropertyValues): void {
    const rows = new Set(this.renderRoot.querySelectorAll("[data-device]"));
    for (const row of this.observed) {
      if (rows.has(row)) continue;
      this.observer.unobserve(row);
      this.observed.delete(row);
      this.onScreen.delete(Number((row as HTMLElement).dataset["device"]));
    }
    for (const row of rows) {
      if (this.observed.has(row)) continue;
      this.observed.add(row);
      this.observer.observe(row);
    }
    this.renewLease();
  }

  override render() {
    const { store, hass, localize } = this;
    if (!store) return nothing;
    const { value: site, error } = store.state;
    if (!site && error !== undefined) {
      const retry = () => void store.refresh();
      return html`<ha-card>${errorMessage(error, hass, localize, retry)}</ha-card>`;
    }
    if (!site) return skeleton(localize);
    if (site.devices.length === 0) return empty(localize, hass.user?.is_admin ?? false);
    const grouping = this.grouping ?? this.config?.group_by ?? "gateway";
    const { search, status } = this;
    const all = sectionsOf(site, grouping, hass.locale.language);
    const only = all.some((section) => section.key === this.only) ? this.only : null;
    const chosen = all.filter((section) => only === null || section.key === only);
    const sections = filterSections(chosen, site, hass.states, { search, status });
    return html`
      ${this.toolbar(site, grouping, all)}
      <div class="sections">
        ${
          sections.length > 0
            ? repeat(
                sections,
                (section) => section.key,
                (section) => this.section(section, site, grouping),
              )
            : html`<ha-card>
                ${message({
                  path: mdiMagnify,
                  title: localize("board.nothing_found"),
                  action: html`<button class="tonal" @click=${this.showAll}>
                    ${localize("board.show_all")}
                  </button>`,
                })}
              </ha-card>`
        }
      </div>
    `;
  }

  private readonly showAll = () => {
    this.only = null;
    this.search = "";
    this.status = null;
  };

  private toolbar(site: Site, grouping: Grouping, sections: readonly Section[]) {
    const { localize } = this;
    return html`<div class="toolbar">
      <legrand-ews-segmented
        .options=${GROUPINGS.map((value) => ({ value, label: localize(`editor.groupings.${value}`) }))}
        .value=${grouping}
        .label=${localize("board.group_by")}
        @change=${(event: CustomEvent<Grouping>) => {
          this.grouping = event.detail;
        }}
      ></legrand-ews-segmented>
      ${this.sectionPicker(grouping, sections)} ${this.statuses(site)} ${site.devices.length > SEARCH_FROM ? this.searchField() : nothing}
    </div>`;
  }

  /** One gateway or one board out of several. */
  private sectionPicker(grouping: Grouping, sections: readonly Section[]) {
    if (grouping === "all" || sections.length < 2) return nothing;
    const { localize } = this;
    const all = { value: "", label: localize(`board.all_${grouping}s`) };
    const options = sections.map(({ key, gateway, board }) => ({
      value: key,
      label: gateway?.name ?? board?.name ?? localize("board.no_board"),
    }));
    return html`<legrand-ews-picker
      .options=${[all, ...options]}
      .value=${this.only ?? ""}
      .label=${localize(`board.${grouping}`)}
      @change=${(event: CustomEvent<string>) => {
        this.only = event.detail || null;
      }}
    ></legrand-ews-picker>`;
  }

  private statuses(site: Site) {
    const counts = countStatuses(site.devices, this.hass.states);
    const present = DEVICE_STATUSES.filter((status) => counts.has(status));
    if (present.length < 2) return nothing;
    return html`<div
      class="chips"
      role="group"
      aria-label=${this.localize("board.filter_by_status")}
    >
      ${present.map(
        (status) => html`<button
          class="chip ${status}"
          aria-pressed=${this.status === status}
          @click=${() => {
            this.status = this.status === status ? null : status;
          }}
        >
          <i></i>${this.localize(`status.${status}`)} <b>${counts.get(status)}</b>
        </button>`,
      )}
    </div>`;
  }

  private searchField() {
    const { localize } = this;
    return html`<label class="search">
      ${icon(mdiMagnify)}
      <input
        type="search"
        placeholder=${localize("board.search")}
        aria-label=${localize("board.search")}
        .value=${this.search}
        @input=${(event: InputEvent) => {
          this.search = (event.target as HTMLInputElement).value;
        }}
      />
      ${
        this.search
          ? html`<button
              class="icon-button"
              aria-label=${localize("board.clear_search")}
              @click=${() => {
                this.search = "";
              }}
            >
              ${icon(mdiClose)}
            </button>`
          : nothing
      }
    </label>`;
  }

  private section(section: Section, site: Site, grouping: Grouping) {
    const { hass, localize } = this;
    const gateways = new Map(
      site.gateways.map((gateway) => [gateway.id, gateway.name]),
    );
    const loads = new Map(site.loads.map((load) => [load.id, load]));
    const rows = section.devices.map((device) => ({
      device,
      status: deviceStatus(device, hass.states),
      values: liveValues(device, hass.states, hass.locale),
    }));
    // A general meter would make every other bar a dot.
    const powers = rows
      .filter(({ device }) => !device.excluded_from_totals)
      .map(({ values }) => values.power?.base ?? 0);
    const largest = Math.max(0, ...powers);
    return html`<ha-card>
      ${this.header(section, hass.locale.language)}
      ${
        rows.length === 0
          ? html`<p class="none">${localize("board.empty_section")}</p>`
          : html`<ul>
              ${repeat(
                rows,
                ({ device }) => device.id,
                ({ device, status, values }) => html`<li>
                  <legrand-ews-device-row
                    data-device=${device.id}
                    .device=${device}
                    .load=${loads.get(device.load ?? -1)}
                    .status=${status}
                    .values=${values}
                    .gateway=${grouping === "gateway" ? "" : (gateways.get(device.gateway) ?? "")}
                    .largest=${largest}
                    .path=${this.pathOf(device)}
                    .badges=${badgesOf(device, hass.states)}
                    .badgeText=${(badge: StateBadge) =>
                      stateText(hass, localize, badge.quantity, badge.value)}
                    .localize=${localize}
                  ></legrand-ews-device-row>
                </li>`,
              )}
            </ul>`
      }
    </ha-card>`;
  }

  /** The view with the device's details, else its page in Home Assistant. */
  private pathOf(device: Device): string {
    const view = this.config?.details_path;
    if (view !== undefined) {
      const [, dashboard = ""] = location.pathname.split("/");
      return `/${dashboard}/${view}?device=${device.id}`;
    }
    const isAllowed = this.hass.user?.is_admin && device.device_id;
    return isAllowed ? `/config/devices/device/${device.device_id}` : "";
  }

  private header({ gateway, board, devices }: Section, language: string) {
    const { localize } = this;
    const count = html`<span class="count">
      ${plural(localize, language, "board.devices", devices.length)}
    </span>`;
    if (gateway) return this.gatewayHeader(gateway, count);
    const title =
      board?.name ??
      localize(this.shownGrouping === "board" ? "board.no_board" : "board.all_devices");
    return html`<header>
      ${icon(board ? mdiMeterElectricOutline : mdiViewListOutline)}
      <div class="names">
        <h2>${title}</h2>
        ${board?.description ? html`<p>${board.description}</p>` : nothing}
      </div>
      ${count}
    </header>`;
  }

  private get shownGrouping(): Grouping {
    return this.grouping ?? this.config?.group_by ?? "gateway";
  }

  private gatewayHeader(gateway: Gateway, count: unknown) {
    const { hass, localize } = this;
    const status = gatewayStatus(gateway, hass.states);
    const path =
      hass.user?.is_admin && gateway.device_id
        ? `/config/devices/device/${gateway.device_id}`
        : undefined;
    const name = path
      ? html`<a href=${path} @click=${followLink}>${gateway.name}</a>`
      : gateway.name;
    const about = [gateway.address, gateway.description].filter(Boolean).join(" · ");
    const paths = { unreachable: mdiFlashAlert, off: mdiFlashOffOutline };
    return html`<header>
      ${icon(mdiLan)}
      <div class="names">
        <h2>${name}</h2>
        <p title=${about}>${about}</p>
      </div>
      <span class="link ${status}">
        ${status === "unreachable" || status === "off" ? icon(paths[status]) : html`<i></i>`}
        ${localize(`gateway_status.${status}`)}
      </span>
      ${count}
    </header>`;
  }

  static override styles = [baseStyles, messageStyles, boardStyles];
}
