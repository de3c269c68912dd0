/** What the pages about money have in common: a fluid with prices, and its plan. */

import type { PropertyValues } from "lit";
import { state } from "lit/decorators.js";
import type { Tariffs } from "../backend/tariff-types";
import type { Consumption, Fluid, Site } from "../backend/types";
import { withAllTariffs } from "../consumption/costs";
import { pricedFluids } from "../consumption/parts";
import type { Summary } from "../consumption/summary";
import { dayOf } from "../format/civil";
import { type TariffStore, tariffStore } from "../tariffs/store";
import { ConsumptionCard, type ConsumptionCardConfig } from "./consumption-card";
import type { Moment } from "./period-card";

/** A card about what one fluid costs, tariff by tariff. */
export abstract class PricedCard<
  Config extends ConsumptionCardConfig = ConsumptionCardConfig,
> extends ConsumptionCard<Config> {
  @state() private chosenFluid: Fluid | undefined;
  protected plans: TariffStore | undefined;
  private stopPlans: (() => void) | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopPlans?.();
    this.stopPlans = undefined;
    this.plans = undefined;
  }

  protected override willUpdate(changes: PropertyValues): void {
    super.willUpdate(changes);
    const site = this.store?.state.value;
    if (!site || !this.isConnected) return;
    const { hass, config } = this;
    const today = dayOf(new Date(), site.time_zone);
    const plans = tariffStore(
      ...[hass, config?.config_entry_id, this.pricedFluid(site), today],
    );
    plans.update(hass, today);
    if (plans === this.plans) return;
    this.stopPlans?.();
    this.plans = plans;
    this.stopPlans = plans.listen(() => this.tell());
  }

  /** Feeding in has prices of its own; gas is priced by its volume. */
  protected pricedFluid(site: Site): Fluid {
    const fluids = pricedFluids(site);
    const page = this.fluid === "gas_kwh" ? "gas" : this.fluid;
    const wanted = this.chosenFluid ?? this.config?.fluid ?? page;
    return fluids.includes(wanted) ? wanted : (fluids[0] ?? "electricity");
  }

  protected get tariffs(): Tariffs | undefined {
    return this.plans?.state.value;
  }

  protected fluidTabs(site: Site): unknown {
    // The other pages show only what is consumed.
    return this.fluids(pricedFluids(site), this.pricedFluid(site), (fluid) => {
      this.chosenFluid = fluid;
      if (fluid !== "electricity_export") this.page?.showFluid(fluid);
    });
  }

  protected override summary(answer: Consumption, moment: Moment): Summary {
    const tariffs = this.tariffs?.all_tariffs ?? [];
    return withAllTariffs(super.summary(answer, moment), tariffs, this.localize);
  }
}
