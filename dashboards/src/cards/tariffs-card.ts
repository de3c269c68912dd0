import { html, nothing } from "lit";
import { state } from "lit/decorators.js";
import type { Consumption, Device, Fluid, Site } from "../backend/types";
import type { ConsumptionSource, Scope } from "../consumption/collection";
import { costsOf, exactTotals, type Measure, paidOf } from "../consumption/costs";
import { coloredShares } from "../consumption/overall";
import { isPart } from "../consumption/parts";
import { type Summary, sum } from "../consumption/summary";
import { fluidsOfDevice } from "../device/meters";
import { baseStyles, messageStyles } from "../elements/styles";
import { addDecimals } from "../format/decimals";
import { amountText, exactMoneyText } from "../format/numbers";
import type { ConfigForm } from "../hass/types";
import type { ConsumptionCardConfig } from "./consumption-card";
import { tariffsForm } from "./editors";
import type { Moment } from "./period-card";
import { periodCardStyles } from "./period-card-styles";
import { PricedCard } from "./priced-card";
import { tariffsStyles } from "./tariffs-card-styles";

type Mode = "total" | "details";

export interface TariffsCardConfig extends ConsumptionCardConfig {
  mode?: Mode;
}

const MODES: readonly Mode[] = ["total", "details"];
const MEASURES: readonly Measure[] = ["cost", "energy"];
const ALL = "";

/** Tariffs: a ring of the whole site (S171), or a device's histogram (S172). */
export class TariffsCard extends PricedCard<TariffsCardConfig> {
  @state() private mode: Mode | undefined;
  @state() private measure: Measure = "cost";
  @state() private deviceId: number | null = null;
  @state() private group: number | null = null;
  @state() private load: number | null = null;

  static override getStubConfig(): Partial<TariffsCardConfig> {
    return {};
  }

  static override getConfigForm(): ConfigForm {
    return tariffsForm();
  }

  private get chosenMode(): Mode {
    return this.mode ?? this.config?.mode ?? "total";
  }

  private get chosenMeasure(): Measure {
    return this.chosenMode === "total" ? "cost" : this.measure;
  }

  /** Devices that count the fluid, in the group and the load. */
  private candidates(site: Site): Device[] {
    const fluid = this.pricedFluid(site);
    return site.devices.filter(
      (device) =>
        fluidsOfDevice(device).includes(fluid) && isPart(device, this.group, this.load),
    );
  }

  private device(site: Site): Device | undefined {
    return this.candidates(site).find(({ id }) => id === this.deviceId);
  }

  protected override scopes(site: Site | undefined): Scope[] {
    if (!site) return [];
    const { compare } = this;
    const common = { compare, fluid: this.pricedFluid(site), isMoney: true };
    const whole = { level: "site", by: "tariff", ...common };
    if (this.chosenMode === "total") return [whole];
    const device = this.device(site);
    if (device) return [{ ...whole, level: "device", ids: [device.id] }];
    const { group, load } = this;
    return [
      {
        ...whole,
        ...(group === null ? {} : { group }),
        ...(load === null ? {} : { load }),
      },
    ];
  }

  protected override answer(moment: Moment): Consumption | undefined {
    const costs = costsOf(super.answer(moment));
    return costs && paidOf(costs, this.chosenMeasure);
  }

  protected override get hasTable(): boolean {
    return this.chosenMode === "details";
  }

  protected override get heading(): string {
    return this.config?.title ?? this.localize("tariffs.title");
  }

  protected override choices({ site }: Moment): unknown {
    const { localize } = this;
    return html`<div class="choices">
      <legrand-ews-segmented
        .options=${MODES.map((value) => ({ value, label: localize(`tariffs.${value}`) }))}
        .value=${this.chosenMode}
        .label=${localize("tariffs.mode")}
        @change=${({ detail }: CustomEvent<Mode>) => {
          this.mode = detail;
        }}
      ></legrand-ews-segmented>
      ${site && !this.config?.fluid ? this.fluidTabs(site) : nothing}
    </div>`;
  }

  /** The sum of the tariffs that are ticked. */
  private ticked(summary: Summary): Summary {
    const shown = summary.rows.filter(({ key }) => !this.hiddenKeys.has(key));
    return { ...summary, total: sum(shown.map(({ total }) => total)) };
  }

  protected override content(
    source: ConsumptionSource | undefined,
    moment: Moment,
  ): unknown {
    if (this.chosenMode === "details") {
      return html`${this.filters(moment)} ${super.content(source, moment)}`;
    }
    const { hass, localize } = this;
    const answer = this.answer(moment);
    const summary = answer && this.summary(answer, moment);
    const unit = answer?.unit ?? "";
    const names = this.names(answer, moment);
    const ticked = summary && this.ticked(summary);
    const rows = (summary?.rows ?? []).filter(({ key }) => !this.hiddenKeys.has(key));
    const costs = costsOf(answer);
    const exact = costs && exactTotals(costs);
    const sums = addDecimals(rows.map(({ id }) => exact?.get(id)));
    const whole = exactMoneyText(sums, unit, hass.locale);
    return html`${this.notice(summary)}
      <div class="pie">
        ${
          ticked
            ? html`<legrand-ews-ring
                .shares=${coloredShares(rows)}
                .amount=${(value: number) => amountText(value, unit, hass.locale)}
                .whole=${whole}
                .wholeUnit=${names.current}
                .label=${localize("tariffs.ring", { period: names.current, total: whole })}
                .isPlain=${true}
                .locale=${hass.locale}
              ></legrand-ews-ring>`
            : html`<span class="bone circle"></span>`
        }
        <div>
          <h3>${localize("tariffs.tick")}</h3>
          <legrand-ews-series-legend
            .summary=${ticked && { ...ticked, hasPrevious: false }}
            .hiddenKeys=${this.hiddenKeys}
            .unit=${unit}
            .previousName=${names.previous}
            .name=${localize("bill.tariffs")}
            .isTicked=${true}
            .locale=${hass.locale}
            .localize=${localize}
            @toggle=${({ detail }: CustomEvent<string>) => this.toggle(detail)}
          ></legrand-ews-series-legend>
        </div>
      </div>`;
  }

  private filters({ site }: Moment) {
    if (!site) return nothing;
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
    const fluid: Fluid = this.pricedFluid(site);
    const loads = site.loads.filter((load) =>
      site.devices.some(
        (device) => device.load === load.id && fluidsOfDevice(device).includes(fluid),
      ),
    );
    const picker = (
      label: string,
      all: string,
      options: { value: string; label: string }[],
      value: number | null,
      choose: (value: number | null) => void,
    ) => html`<legrand-ews-picker
      .options=${[{ value: ALL, label: all }, ...options]}
      .value=${String(value ?? ALL)}
      .label=${label}
      @change=${({ detail }: CustomEvent<string>) => choose(number(detail))}
    ></legrand-ews-picker>`;
    return html`<div class="choices">
      ${picker(
        localize("details.device"),
        localize("tariffs.all_devices"),
        devices,
        this.device(site)?.id ?? null,
        (id) => {
          this.deviceId = id;
        },
      )}
      ${
        site.groups.length > 0
          ? picker(
              localize("partials.group"),
              localize("partials.all_groups"),
              site.groups.map(named),
              this.group,
              (id) => {
                this.group = id;
              },
            )
          : nothing
      }
      ${picker(
        localize("partials.load"),
        localize("partials.all_loads"),
        loads.map(named),
        this.load,
        (id) => {
          this.load = id;
        },
      )}
      <legrand-ews-segmented
        .options=${MEASURES.map((value) => ({ value, label: localize(`tariffs.${value}`) }))}
        .value=${this.measure}
        .label=${localize("tariffs.measure")}
        @change=${({ detail }: CustomEvent<Measure>) => {
          this.measure = detail;
        }}
      ></legrand-ews-segmented>
    </div>`;
  }

  static override styles = [baseStyles, messageStyles, periodCardStyles, tariffsStyles];
}
