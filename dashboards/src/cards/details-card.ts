import { mdiMeterElectricOutline } from "@mdi/js";
import { css, html, nothing, type PropertyValues } from "lit";
import { state } from "lit/decorators.js";
import { LiveSource } from "../backend/live-source";
import type { Consumption, Device, Fluid, Site } from "../backend/types";
import { deviceStatus } from "../board/status";
import { liveValues } from "../board/values";
import type { Scope } from "../consumption/collection";
import { isPart } from "../consumption/parts";
import type { Summary } from "../consumption/summary";
import { fluidsOfDevice } from "../device/meters";
import { badgeEntities } from "../device/states";
import { loadNames } from "../device/texts";
import { message } from "../elements/parts";
import { baseStyles, messageStyles } from "../elements/styles";
import type { ConfigForm, HomeAssistant } from "../hass/types";
import { ConsumptionCard, type ConsumptionCardConfig } from "./consumption-card";
import { detailsForm } from "./editors";
import type { Moment } from "./period-card";
import { periodCardStyles } from "./period-card-styles";

export interface DetailsCardConfig extends ConsumptionCardConfig {
  /** Number of the device that is shown at first; the address `?device=` wins. */
  device?: number;
}

const ALL = "";

/** The device that an address names. */
export function deviceOfAddress(address: string): number | undefined {
  const text = new URLSearchParams(address).get("device");
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** One device: all its values, states and commands, and its consumption (S169). */
export class DetailsCard extends ConsumptionCard<DetailsCardConfig> {
  @state() private deviceId: number | undefined;
  @state() private group: number | null = null;
  @state() private load: number | null = null;
  @state() private chosenFluid: Fluid | undefined;
  private live: LiveSource | undefined;
  private entities: readonly string[] = [];
  private namesOf: string | undefined;

  static override getStubConfig(): Partial<DetailsCardConfig> {
    return {};
  }

  static override getConfigForm(): ConfigForm {
    return detailsForm();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("location-changed", this.readAddress);
    window.addEventListener("popstate", this.readAddress);
    this.readAddress();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("location-changed", this.readAddress);
    window.removeEventListener("popstate", this.readAddress);
    this.live?.close();
    this.live = undefined;
  }

  private readonly readAddress = () => {
    this.deviceId = deviceOfAddress(location.search) ?? this.deviceId;
  };

  private candidates(site: Site): Device[] {
    return site.devices.filter((device) => isPart(device, this.group, this.load));
  }

  private device(site: Site | undefined): Device | undefined {
    if (!site) return undefined;
    const id = this.deviceId ?? this.config?.device;
    const candidates = this.candidates(site);
    return candidates.find((device) => device.id === id) ?? candidates[0];
  }

  protected override concerns(before: HomeAssistant): boolean {
    return (
      super.concerns(before) ||
      this.entities.some((id) => before.states[id] !== this.hass.states[id])
    );
  }

  protected override willUpdate(changes: PropertyValues): void {
    super.willUpdate(changes);
    const { hass } = this;
    const { language } = hass.locale;
    if (this.namesOf !== language) {
      this.namesOf = language;
      void loadNames(hass).then(() => this.tell());
    }
    const device = this.device(this.store?.state.value);
    this.entities = device
      ? [
          device.status_entity,
          device.power_quality_entity,
          ...Object.values(device.commands),
          ...badgeEntities(device),
        ].filter((id) => typeof id === "string")
      : [];
    if (this.live?.device === device?.id || !this.isConnected) return;
    this.live?.close();
    this.live = device
      ? new LiveSource(hass, this.config?.config_entry_id, device.id, () => this.tell())
      : undefined;
  }

  private shownFluid(device: Device): Fluid | undefined {
    const fluids = fluidsOfDevice(device);
    // A solar roof is known by what it feeds in.
    const { counter } = liveValues(device, this.hass.states, this.hass.locale);
    const usual = counter?.kind === "export" ? "electricity_export" : undefined;
    const wanted = this.chosenFluid ?? usual;
    return fluids.find((fluid) => fluid === wanted) ?? fluids[0];
  }

  protected override scopes(site: Site | undefined): Scope[] {
    const device = this.device(site);
    const fluid = device && this.shownFluid(device);
    if (!fluid) return [];
    const { compare } = this;
    return [{ level: "device", by: "device", compare, fluid, ids: [device.id] }];
  }

  protected override get heading(): string {
    return this.config?.title ?? this.localize("details.consumption");
  }

  /** A device has the colour of its load. */
  protected override summary(answer: Consumption, moment: Moment): Summary {
    const summary = super.summary(answer, moment);
    const { site } = moment;
    const rows = summary.rows.map((row) => {
      const device = site?.devices.find((one) => one.id === row.id);
      const load = site?.loads.find((one) => one.id === device?.load);
      return load ? { ...row, color: load.color } : row;
    });
    return { ...summary, rows };
  }

  protected override choices({ site }: Moment): unknown {
    const device = this.device(site);
    const fluids = device ? fluidsOfDevice(device) : [];
    if (!device || fluids.length < 2) return nothing;
    return html`<legrand-ews-segmented
      .options=${fluids.map((value) => ({
        value,
        label: this.localize(`details.${value as "electricity"}`),
      }))}
      .value=${this.shownFluid(device) ?? ""}
      .label=${this.localize("consumption.fluid")}
      @change=${(event: CustomEvent<Fluid>) => {
        this.chosenFluid = event.detail;
      }}
    ></legrand-ews-segmented>`;
  }

  protected override above({ site }: Moment): unknown {
    const device = this.device(site);
    if (site && !device) {
      const isEmpty = site.devices.length === 0;
      return html`${isEmpty ? nothing : this.selectors(site)}
        <ha-card class="about">
          ${message({
            path: mdiMeterElectricOutline,
            title: this.localize(isEmpty ? "overall.no_meters" : "details.nothing"),
          })}
        </ha-card>`;
    }
    if (!site || !device) {
      return html`<ha-card class="about" aria-hidden="true">
        ${this.bone("40%", 24)} ${this.bone("60%", 16)}
        <div class="ghost">${this.bone("100%", 220)}</div>
      </ha-card>`;
    }
    const { hass, localize } = this;
    return html`${this.selectors(site)}
      <ha-card class="about">
        <legrand-ews-device-header
          .hass=${hass}
          .site=${site}
          .device=${device}
          .status=${deviceStatus(device, hass.states)}
          .live=${this.live?.value}
          .localize=${localize}
        ></legrand-ews-device-header>
        <legrand-ews-device-pages
          .hass=${hass}
          .device=${device}
          .quantities=${site.quantities}
          .zone=${site.time_zone}
          .live=${this.live?.value}
          .entry=${this.config?.config_entry_id}
          .localize=${localize}
        ></legrand-ews-device-pages>
      </ha-card>`;
  }

  private selectors(site: Site) {
    const { localize } = this;
    const named = (one: { id: number; name: string }) => ({
      value: String(one.id),
      label: one.name,
    });
    const number = (value: string) => (value === ALL ? null : Number(value));
    const gateways = new Map(site.gateways.map((one) => [one.id, one.name]));
    const devices = this.candidates(site).map((device) => ({
      ...named(device),
      group: gateways.get(device.gateway) ?? "",
    }));
    const loads = site.loads.filter((load) =>
      site.devices.some((device) => device.load === load.id),
    );
    return html`<div class="choices above">
      <legrand-ews-picker
        .options=${devices}
        .value=${String(this.device(site)?.id ?? ALL)}
        .label=${localize("details.device")}
        @change=${(event: CustomEvent<string>) => this.show(Number(event.detail))}
      ></legrand-ews-picker>
      ${
        site.groups.length > 0
          ? html`<legrand-ews-picker
              .options=${[{ value: ALL, label: localize("partials.all_groups") }, ...site.groups.map(named)]}
              .value=${String(this.group ?? ALL)}
              .label=${localize("partials.group")}
              @change=${(event: CustomEvent<string>) => {
                this.group = number(event.detail);
              }}
            ></legrand-ews-picker>`
          : nothing
      }
      <legrand-ews-picker
        .options=${[{ value: ALL, label: localize("details.all_loads") }, ...loads.map(named)]}
        .value=${String(this.load ?? ALL)}
        .label=${localize("partials.load")}
        @change=${(event: CustomEvent<string>) => {
          this.load = number(event.detail);
        }}
      ></legrand-ews-picker>
    </div>`;
  }

  /** The address keeps the device, so that the page can be shared and reloaded. */
  private show(id: number): void {
    this.deviceId = id;
    this.chosenFluid = undefined;
    const address = new URL(location.href);
    if (!address.searchParams.has("device")) return;
    address.searchParams.set("device", String(id));
    history.replaceState(history.state, "", address);
  }

  protected override get isEmptyCard(): boolean {
    const site = this.store?.state.value;
    const device = this.device(site);
    return site !== undefined && (!device || fluidsOfDevice(device).length === 0);
  }

  static override styles = [
    baseStyles,
    messageStyles,
    periodCardStyles,
    css`
      .above {
        margin-bottom: var(--ews-space-4);
      }
      ha-card.about {
        display: grid;
        gap: var(--ews-space-4);
        margin-bottom: var(--ews-space-4);
      }
      .ghost {
        min-height: 220px;
      }
    `,
  ];
}
