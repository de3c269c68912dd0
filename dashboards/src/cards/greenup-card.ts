import { mdiEvStation, mdiInformationOutline } from "@mdi/js";
import { html, nothing, type PropertyValues } from "lit";
import { state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { ChargingSource } from "../backend/charging-source";
import type { Charging, ChargingStation } from "../backend/charging-types";
import { LiveSource } from "../backend/live-source";
import type { Device, Site } from "../backend/types";
import { PAGES, type Page, pageOfAddress } from "../charging/pages";
import {
  placeInQueue,
  STATION_GROUPINGS,
  type StationGrouping,
  type StationSection,
  sectionsOfStations,
} from "../charging/stations";
import { worstOfAll } from "../charging/zones";
import { loadNames } from "../device/texts";
import { chargingNotices } from "../elements/charging-notices";
import { zoneChip, zoneStyles } from "../elements/charging-zones";
import { errorMessage, icon, message } from "../elements/parts";
import { baseStyles, messageStyles, titledCardStyles } from "../elements/styles";
import { followLink } from "../hass/actions";
import type { ConfigForm, HomeAssistant } from "../hass/types";
import { SiteCard, type SiteCardConfig } from "./context";
import { greenupForm } from "./editors";
import { greenupStyles } from "./greenup-card-styles";

export interface GreenupCardConfig extends SiteCardConfig {
  /** The page that is shown at first; the address `?page=` wins. */
  page?: Page;
}

const SETUP_PATH = "/config/integrations/integration/legrand_ews";

/** Green'Up: who charges, who waits, how far the building is from its limit (8.3). */
export class GreenupCard extends SiteCard<GreenupCardConfig> {
  @state() private page: Page | undefined;
  @state() private grouping: StationGrouping = "priority";
  /** Number of the station whose details are shown. */
  @state() private chosen: number | undefined;
  private source: ChargingSource | undefined;
  private sourceOf: string | undefined;
  private live: LiveSource | undefined;
  private entities: readonly string[] = [];

  static getStubConfig(): Partial<GreenupCardConfig> {
    return {};
  }

  static getConfigForm(): ConfigForm {
    return greenupForm();
  }

  getCardSize(): number {
    return 10;
  }

  getGridOptions(): Record<string, unknown> {
    return { columns: 12, min_columns: 6 };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("popstate", this.readAddress);
    window.addEventListener("location-changed", this.readAddress);
    this.readAddress();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("popstate", this.readAddress);
    window.removeEventListener("location-changed", this.readAddress);
    this.leave();
  }

  private readonly readAddress = () => {
    this.page = pageOfAddress(location.search) ?? this.page;
  };

  private leave(): void {
    this.source?.close();
    this.source = undefined;
    this.sourceOf = undefined;
    this.live?.close();
    this.live = undefined;
  }

  protected concerns(before: HomeAssistant): boolean {
    const { hass } = this;
    return (
      before.locale !== hass.locale ||
      before.devices !== hass.devices ||
      before.themes !== hass.themes ||
      this.entities.some((id) => before.states[id] !== hass.states[id])
    );
  }

  private get shownPage(): Page {
    return this.page ?? this.config?.page ?? "management";
  }

  private get charging(): Charging | undefined {
    return this.source?.state.value;
  }

  protected override willUpdate(changes: PropertyValues): void {
    super.willUpdate(changes);
    if (!this.isConnected) return;
    const { hass, config } = this;
    const entry = config?.config_entry_id;
    const key = JSON.stringify([entry, hass.locale.language]);
    if (key !== this.sourceOf) {
      this.leave();
      this.sourceOf = key;
      this.source = new ChargingSource(hass, entry, () => this.tell());
      void loadNames(hass).then(() => this.tell());
    }
    this.followStation(entry);
    const site = this.store?.state.value;
    const commands = (site?.devices ?? [])
      .filter((device) => this.charging?.stations.some(({ id }) => id === device.id))
      .flatMap((device) => Object.values(device.commands));
    this.entities = [...commands, ...Object.values(this.charging?.entities ?? {})];
  }

  /** The values of the station whose details are open. */
  private followStation(entry: string | undefined): void {
    const device =
      this.shownPage === "details" ? this.deviceOf(this.chosenStation) : undefined;
    if (this.live?.device === device?.id) return;
    this.live?.close();
    this.live = device
      ? new LiveSource(this.hass, entry, device.id, () => this.tell())
      : undefined;
  }

  private deviceOf(station: ChargingStation | undefined): Device | undefined {
    if (!station) return undefined;
    return this.store?.state.value?.devices.find((one) => one.id === station.id);
  }

  private get chosenStation(): ChargingStation | undefined {
    const { stations } = this.charging ?? { stations: [] };
    const first = sectionsOfStations(stations, "all", [])[0]?.stations[0];
    return stations.find((one) => one.id === this.chosen) ?? first;
  }

  override render() {
    const { source, store, hass, localize } = this;
    const site = store?.state.value;
    const charging = this.charging;
    if (!source || !store) return nothing;
    const error = source.state.error ?? store.state.error;
    if ((!charging || !site) && error !== undefined) {
      const retry = () => {
        source.again();
        if (!site) void store.refresh();
      };
      return html`<ha-card>${errorMessage(error, hass, localize, retry)}</ha-card>`;
    }
    if (!charging || !site) return this.skeleton();
    if (!charging.is_set_up && charging.stations.length === 0) {
      return html`<ha-card>${this.notSetUp(false)}</ha-card>`;
    }
    const page = this.shownPage;
    return html`
      <div class="toolbar">
        <legrand-ews-segmented
          .options=${PAGES.map((value) => ({ value, label: localize(`greenup.pages.${value}`) }))}
          .value=${page}
          .label=${localize("greenup.page")}
          @change=${(event: CustomEvent<Page>) => this.turn(event.detail)}
        ></legrand-ews-segmented>
        ${this.whole(page, charging)}
      </div>
      ${this.notices(charging)} ${this.content(page, charging, site)}
    `;
  }

  /** The address keeps the page, so that it can be shared and reloaded. */
  private turn(page: Page): void {
    this.page = page;
    const address = new URL(location.href);
    address.searchParams.set("page", page);
    history.replaceState(history.state, "", address);
  }

  private content(page: Page, charging: Charging, site: Site) {
    if (page === "details") return this.details(charging, site);
    if (page === "sessions") return this.sessions(charging, site);
    if (!charging.is_set_up) return html`<ha-card>${this.notSetUp(true)}</ha-card>`;
    if (page === "management") return this.management(charging, site);
    return html`<legrand-ews-charging-live
      .hass=${this.hass}
      .entry=${this.config?.config_entry_id}
      .charging=${charging}
      .zone=${site.time_zone}
      .localize=${this.localize}
    ></legrand-ews-charging-live>`;
  }

  private get canSetUp(): boolean {
    return this.hass.user?.is_admin ?? false;
  }

  private setupLink(key: "greenup.set_up" | "greenup.settings") {
    return html`<a class="tonal" href=${SETUP_PATH} @click=${followLink}>
      ${this.localize(key)}
    </a>`;
  }

  private notSetUp(hasStations: boolean) {
    const { localize } = this;
    return message({
      path: mdiEvStation,
      title: localize("greenup.empty_title"),
      text: localize(hasStations ? "greenup.empty_text" : "greenup.empty_stations"),
      ...(this.canSetUp ? { action: this.setupLink("greenup.set_up") } : {}),
    });
  }

  /** The worst zone, and where stations are told something the switch of it all. */
  private whole(page: Page, charging: Charging) {
    const { is_set_up, is_enabled } = charging;
    const hasSwitch = is_set_up && page === "management";
    const zone = is_set_up && is_enabled ? worstOfAll(charging) : undefined;
    if (!zone && !hasSwitch) return nothing;
    return html`<div class="whole">
      ${zone ? zoneChip(zone, this.localize) : nothing}
      ${
        hasSwitch
          ? html`<legrand-ews-management-switch
              .hass=${this.hass}
              .charging=${charging}
              .localize=${this.localize}
            ></legrand-ews-management-switch>`
          : nothing
      }
    </div>`;
  }

  private notices(charging: Charging) {
    if (!charging.is_set_up) return nothing;
    const settings = this.canSetUp ? this.setupLink("greenup.settings") : nothing;
    return chargingNotices(charging, this.shownPage, settings, this.localize);
  }

  private groupingBar(values: readonly StationGrouping[], shown: StationGrouping) {
    const { localize } = this;
    return html`<legrand-ews-segmented
      .options=${values.map((value) => ({ value, label: localize(`greenup.by.${value}`) }))}
      .value=${shown}
      .label=${localize("greenup.list_by")}
      @change=${(event: CustomEvent<StationGrouping>) => {
        this.grouping = event.detail;
      }}
    ></legrand-ews-segmented>`;
  }

  private sectionTitle({ key, group }: StationSection): string {
    const { localize } = this;
    if (key === "priority" || key === "normal") {
      return localize(`greenup.section_${key}`);
    }
    if (group) return group.name;
    return localize(group === null ? "greenup.no_group" : "greenup.all_stations");
  }

  private management(charging: Charging, site: Site) {
    const { localize } = this;
    const sections = sectionsOfStations(charging.stations, this.grouping, site.groups);
    return html`<div class="above">
        ${this.groupingBar(STATION_GROUPINGS, this.grouping)}
        <p class="hint">
          ${icon(mdiInformationOutline)} ${localize("greenup.process_only")}
        </p>
      </div>
      <div class="sections">
        ${repeat(
          sections,
          (section) => section.key,
          (section) => html`<ha-card>
            <h2>
              ${this.sectionTitle(section)} <small>${section.stations.length}</small>
            </h2>
            <ul>
              ${repeat(
                section.stations,
                (station) => station.id,
                (station) => html`<li>
                  <legrand-ews-charging-row
                    .hass=${this.hass}
                    .entry=${this.config?.config_entry_id}
                    .station=${station}
                    .device=${this.deviceOf(station)}
                    .zone=${site.time_zone}
                    .place=${placeInQueue(charging, station.id)}
                    .localize=${localize}
                  ></legrand-ews-charging-row>
                </li>`,
              )}
            </ul>
          </ha-card>`,
        )}
      </div>`;
  }

  private details(charging: Charging, site: Site) {
    const { localize, hass } = this;
    const { stations } = charging;
    const station = this.chosenStation;
    if (!station) {
      return html`<ha-card>
        ${message({ path: mdiEvStation, title: localize("greenup.no_stations") })}
      </ha-card>`;
    }
    const grouping = this.grouping === "priority" ? "all" : this.grouping;
    const sections = sectionsOfStations(stations, grouping, site.groups);
    return html`<div class="above">
        ${this.groupingBar(["all", "group"], grouping)}
        <legrand-ews-picker
          .options=${sections.flatMap((section) =>
            section.stations.map((one) => ({
              value: String(one.id),
              label: [one.address, one.name].filter(Boolean).join(" · "),
              ...(grouping === "group" ? { group: this.sectionTitle(section) } : {}),
            })),
          )}
          .value=${String(station.id)}
          .label=${localize("greenup.station")}
          @change=${(event: CustomEvent<string>) => {
            this.chosen = Number(event.detail);
          }}
        ></legrand-ews-picker>
      </div>
      <legrand-ews-station-details
        .hass=${hass}
        .entry=${this.config?.config_entry_id}
        .site=${site}
        .charging=${charging}
        .station=${station}
        .device=${this.deviceOf(station)}
        .live=${this.live?.value}
        .localize=${localize}
      ></legrand-ews-station-details>`;
  }

  private sessions(charging: Charging, site: Site) {
    // A session that begins or ends is news to the log.
    const running = charging.stations
      .filter((one) => one.session !== null)
      .map((one) => `${one.id} ${one.session?.start}`);
    return html`<ha-card class="sessions">
      <h2>${this.localize("greenup.sessions")}</h2>
      <legrand-ews-charging-sessions
        .hass=${this.hass}
        .entry=${this.config?.config_entry_id}
        .stations=${charging.stations}
        .occasion=${running.join()}
        .zone=${site.time_zone}
        .localize=${this.localize}
      ></legrand-ews-charging-sessions>
    </ha-card>`;
  }

  private skeleton() {
    const bone = (width: string, height: number) =>
      html`<span class="bone" style="width:${width};height:${height}px"></span>`;
    return html`<div class="toolbar" role="status" aria-label=${this.localize("consumption.loading")}>
        ${bone("280px", 36)}
      </div>
      <ha-card aria-hidden="true">
        <h2>${bone("160px", 20)}</h2>
        <ul>
          ${[1, 2, 3].map(() => html`<li class="ghost">${bone("44px", 44)} ${bone("60%", 18)}</li>`)}
        </ul>
      </ha-card>`;
  }

  static override styles = [
    baseStyles,
    messageStyles,
    titledCardStyles,
    zoneStyles,
    greenupStyles,
  ];
}
