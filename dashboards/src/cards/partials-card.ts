import { html } from "lit";
import { state } from "lit/decorators.js";
import type { Fluid, Site } from "../backend/types";
import type { Scope } from "../consumption/collection";
import { fluidChoices, isPart } from "../consumption/parts";
import type { ConfigForm } from "../hass/types";
import { ConsumptionCard, type ConsumptionCardConfig } from "./consumption-card";
import { partialsForm } from "./editors";
import type { Moment } from "./period-card";

export interface PartialsCardConfig extends ConsumptionCardConfig {
  /** What is chosen at first; left out: everything. */
  group?: number;
  load?: number;
}

const ALL = "";

/** Consumption of what is both in a group and in a load (S166). */
export class PartialsCard extends ConsumptionCard<PartialsCardConfig> {
  @state() private group: number | null | undefined;
  @state() private load: number | null | undefined;

  static override getStubConfig(): Partial<PartialsCardConfig> {
    return {};
  }

  static override getConfigForm(): ConfigForm {
    return partialsForm();
  }

  private get chosenGroup(): number | null {
    return this.group === undefined ? (this.config?.group ?? null) : this.group;
  }

  private get chosenLoad(): number | null {
    return this.load === undefined ? (this.config?.load ?? null) : this.load;
  }

  protected override scopes(site: Site | undefined): Scope[] {
    if (!site) return [];
    const { chosenGroup: group, chosenLoad: load } = this;
    return [
      {
        level: "site",
        // One load is told apart by its devices.
        by: load === null ? "load" : "device",
        compare: this.compare,
        fluid: this.shownFluid(site),
        ...(group === null ? {} : { group }),
        ...(load === null ? {} : { load }),
      },
    ];
  }

  /** What the chosen load consumes; the reader's choice where there are several. */
  private shownFluid(site: Site): Fluid {
    const fluids = this.fluidsOfPart(site);
    const wanted = this.config?.fluid ?? this.fluid;
    return fluids.includes(wanted) ? wanted : (fluids[0] ?? wanted);
  }

  private fluidsOfPart(site: Site): Fluid[] {
    const { chosenGroup: group, chosenLoad: load } = this;
    const devices = site.devices.filter((device) => isPart(device, group, load));
    return fluidChoices({ ...site, devices });
  }

  protected override get heading(): string {
    return this.config?.title ?? this.localize("partials.title");
  }

  protected override choices({ site }: Moment): unknown {
    const { localize } = this;
    const groups = site?.groups ?? [];
    const loads = (site?.loads ?? []).filter((load) =>
      site?.devices.some((device) => device.load === load.id),
    );
    const all = (label: string) => ({ value: ALL, label });
    const named = (one: { id: number; name: string }) => ({
      value: String(one.id),
      label: one.name,
    });
    const number = (value: string) => (value === ALL ? null : Number(value));
    return html`<div class="choices">
      <legrand-ews-picker
        .options=${[all(localize("partials.all_groups")), ...groups.map(named)]}
        .value=${String(this.chosenGroup ?? ALL)}
        .label=${localize("partials.group")}
        @change=${(event: CustomEvent<string>) => {
          this.group = number(event.detail);
        }}
      ></legrand-ews-picker>
      <legrand-ews-picker
        .options=${[all(localize("partials.all_loads")), ...loads.map(named)]}
        .value=${String(this.chosenLoad ?? ALL)}
        .label=${localize("partials.load")}
        @change=${(event: CustomEvent<string>) => {
          this.load = number(event.detail);
        }}
      ></legrand-ews-picker>
      ${site ? this.fluids(this.fluidsOfPart(site), this.shownFluid(site)) : ""}
    </div>`;
  }
}
