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
import type { Gateway, Site } from "../backend/types";
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
import { errorMessage, icon, message } from "../elements/parts";
import { baseStyles, messageStyles } from "../elements/styles";
import { followLink } from "../hass/actions";
import type { ConfigForm, HomeAssistant } from "../hass/types";
import { plural } from "../localize";
import { SiteCard, type SiteCardConfig } from "./context";
import { panelBoardForm } from "./editors";
import { boardStyles } from "./panel-board-styles";

export interface PanelBoardCardConfig extends SiteCardConfig {
  group_by?: Grouping;
}

/** From here on a list is searched rather than read. */
const SEARCH_FROM = 12;
const SETUP_PATH = "/config/integrations/integration/legrand_ews";

/** All devices of a site with status and live values (S147-S149). */
export class PanelBoardCard extends SiteCard<PanelBoardCardConfig> {
  @state() private grouping: Grouping | undefined;
  @state() private search = "";
  @state() private status: DeviceStatus | null = null;
  private readonly onScreen = new Set<number>();
  private readonly observed = new Set<Element>();
  private lease: Lease | undefined;
  private entities: readonly string[] = [];
  private entitiesOf: Site | undefined;

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
    if (!site) return this.skeleton();
    if (site.devices.length === 0) return this.empty();
    const grouping = this.grouping ?? this.config?.group_by ?? "gateway";
    const { search, status } = this;
    const all = sectionsOf(site, grouping, hass.locale.language);
    const sections = filterSections(all, site, hass.states, { search, status });
    return html`
      ${this.toolbar(site, grouping)}
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
    this.search = "";
    this.status = null;
  };

  private toolbar(site: Site, grouping: Grouping) {
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
      ${this.statuses(site)} ${site.devices.length > SEARCH_FROM ? this.searchField() : nothing}
    </div>`;
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
                    .isLinked=${hass.user?.is_admin ?? false}
                    .localize=${localize}
                  ></legrand-ews-device-row>
                </li>`,
              )}
            </ul>`
      }
    </ha-card>`;
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

  private empty() {
    const { localize } = this;
    const canSetUp = this.hass.user?.is_admin ?? false;
    return html`<ha-card>
      ${message({
        path: mdiMeterElectricOutline,
        title: localize("board.empty_title"),
        text: localize("board.empty_text"),
        ...(canSetUp
          ? {
              action: html`<a class="tonal" href=${SETUP_PATH} @click=${followLink}>
                ${localize("board.empty_action")}
              </a>`,
            }
          : {}),
      })}
    </ha-card>`;
  }

  private skeleton() {
    const bone = (width: string, height: number) =>
      html`<span class="bone" style="width:${width};height:${height}px"></span>`;
    return html`
      <div class="toolbar" role="status" aria-label=${this.localize("consumption.loading")}>
        ${bone("280px", 36)}
      </div>
      <div class="sections" aria-hidden="true">
        <ha-card>
          <header>${bone("24px", 24)}<div class="names">${bone("160px", 18)}</div></header>
          <ul>
            ${[52, 38, 46, 60, 42, 50].map(
              (width) => html`<li class="ghost">
                ${bone("36px", 36)}<span>${bone(`${width}%`, 14)}</span>${bone("72px", 16)}
              </li>`,
            )}
          </ul>
        </ha-card>
      </div>
    `;
  }

  static override styles = [baseStyles, messageStyles, boardStyles];
}
