import { mdiCogOutline } from "@mdi/js";
import { html, nothing } from "lit";
import type { Consumption, Fluid, Site } from "../backend/types";
import type { ConsumptionSource, Scope } from "../consumption/collection";
import { costsOf, exactTotals, paidOf } from "../consumption/costs";
import type { PeriodNames } from "../consumption/names";
import type { Summary } from "../consumption/summary";
import { errorMessage, icon } from "../elements/parts";
import { baseStyles, messageStyles } from "../elements/styles";
import { amountText, exactMoneyText, formatNumber } from "../format/numbers";
import type { ConfigForm } from "../hass/types";
import { billDays } from "../tariffs/bill";
import { billStyles } from "./bill-card-styles";
import type { ConsumptionCardConfig } from "./consumption-card";
import { billForm } from "./editors";
import type { Moment } from "./period-card";
import { periodCardStyles } from "./period-card-styles";
import { PricedCard } from "./priced-card";

/** Bill of consumptions: what a period cost, by tariff, and the rules (S101-S112). */
export class BillCard extends PricedCard {
  static override getStubConfig(): Partial<ConsumptionCardConfig> {
    return {};
  }

  static override getConfigForm(): ConfigForm {
    return billForm();
  }

  protected override scopes(site: Site | undefined): Scope[] {
    if (!site) return [];
    const fluid = this.pricedFluid(site);
    return [
      { level: "site", by: "tariff", compare: this.compare, fluid, isMoney: true },
    ];
  }

  protected override get heading(): string {
    return this.config?.title ?? this.localize("bill.title");
  }

  protected override get hasTable(): boolean {
    return false;
  }

  protected override choices({ site }: Moment): unknown {
    return site && !this.config?.fluid ? this.fluidTabs(site) : nothing;
  }

  protected override content(
    _: ConsumptionSource | undefined,
    moment: Moment,
  ): unknown {
    const { hass, localize } = this;
    if (this.isUnpriced) return this.editor(moment);
    const answer = this.answer(moment);
    const summary = answer && this.summary(answer, moment);
    const names = this.names(answer, moment);
    const fluid = moment.site ? this.pricedFluid(moment.site) : "electricity";
    return html`<legrand-ews-total-tiles
        .summary=${summary}
        .unit=${answer?.unit ?? moment.site?.currency ?? ""}
        .period=${names.period}
        .name=${names.current}
        .previousName=${names.previous}
        .zone=${moment.zone}
        .compares=${this.compare !== "none"}
        .isYield=${fluid === "electricity_export"}
        .locale=${hass.locale}
        .localize=${localize}
      ></legrand-ews-total-tiles>
      ${this.notice(summary)}
      ${
        answer && summary
          ? this.bill(answer, summary, moment, names.current)
          : this.bone("100%", 160)
      }
      ${moment.site && this.full.isOn ? this.sheet(moment.site, moment) : nothing}`;
  }

  /** Tariffs with their energy, cost and share, and what is paid beside them. */
  private bill(answer: Consumption, summary: Summary, moment: Moment, period: string) {
    const { localize, hass } = this;
    const costs = costsOf(answer);
    if (!costs) return nothing;
    const { locale } = hass;
    const energy = paidOf(costs, "energy");
    const amounts = new Map(energy.series.map(({ id, total }) => [id, total]));
    const whole = summary.rows.reduce((sum, row) => sum + (row.total ?? 0), 0);
    const exact = exactTotals(costs);
    const money = (amount: string | null | undefined) =>
      exactMoneyText(amount, costs.currency, locale);
    const share = (value: number | null) =>
      value === null || whole === 0
        ? "–"
        : formatNumber(value / whole, locale, {
            style: "percent",
            maximumFractionDigits: 1,
          });
    const more = (["surcharges", "fixed_costs", "taxes"] as const)
      .map((name) => ({ name, value: costs[name] }))
      .filter(({ value }) => Number(value ?? 0) !== 0);
    return html`${more.length > 0 ? html`<p class="about">${localize("bill.energy_only")}</p>` : nothing}
    <div class="wide"><table>
      <caption class="hidden">${localize("bill.caption", { period })}</caption>
      <thead>
        <tr>
          <th scope="col">${localize("bill.tariff")}</th>
          <th scope="col">${localize(this.amountName(moment))}</th>
          <th scope="col">${localize(costs.is_revenue ? "bill.revenue" : "bill.cost")}</th>
          <th scope="col">${localize("bill.share")}</th>
        </tr>
      </thead>
      <tbody>
        ${summary.rows.map(
          (row) => html`<tr class=${row.id === null ? "without" : ""}>
            <th scope="row">
              <span class="tariff"><i style="background:${row.color}"></i>${row.name}</span>
            </th>
            <td>${amountText(amounts.get(row.id) ?? null, energy.unit, locale)}</td>
            <td class="money">${money(exact.get(row.id))}</td>
            <td>${share(row.total)}</td>
          </tr>`,
        )}
        ${more.length > 0 ? this.subtotal(money(costs.cost_total)) : nothing}
        ${more.map(
          ({ name, value }) => html`<tr>
            <th scope="row">${localize(`bill.${name}`)}</th>
            <td></td>
            <td class="money">${money(value)}</td>
            <td></td>
          </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${localize("consumption.total")}</th>
          <td>${amountText(energy.total, energy.unit, locale)}</td>
          <td class="money">${this.whole(answer) ?? "–"}</td>
          <td></td>
        </tr>
      </tfoot>
    </table></div>`;
  }

  private subtotal(cost: string) {
    return html`<tr class="subtotal">
      <th scope="row">${this.localize("bill.subtotal")}</th>
      <td></td>
      <td class="money">${cost}</td>
      <td></td>
    </tr>`;
  }

  /** What is to be paid, with what comes on top of the energy. */
  protected override sum(answer: Consumption, names: PeriodNames): string {
    const whole = this.whole(answer) ?? this.localize("consumption.missing");
    return `${names.current} · ${whole}`;
  }

  /** What nobody measured has no cost, unless fees are due all the same. */
  private whole(answer: Consumption): string | undefined {
    const costs = costsOf(answer);
    const whole = costs?.total_with_extras ?? costs?.cost_total;
    if (answer.total === null && !Number(whole ?? 0)) return undefined;
    return exactMoneyText(whole, answer.unit, this.hass.locale);
  }

  private amountName({ site }: Moment) {
    const volumes: readonly Fluid[] = ["gas", "water"];
    return site && volumes.includes(this.pricedFluid(site))
      ? "bill.volume"
      : "bill.energy";
  }

  /** Nothing ever had a price: a bill of zeros would mislead. */
  private get isUnpriced(): boolean {
    return this.tariffs?.all_tariffs.length === 0;
  }

  /** Tariffs and rules, or why they cannot be told. */
  private editor({ zone }: Moment) {
    const { plans, hass, localize } = this;
    if (!plans) return nothing;
    const { value, error } = plans.state;
    if (error !== undefined && !value) {
      return errorMessage(error, hass, localize, () => void plans.refresh());
    }
    return html`<legrand-ews-plan-editor
      .hass=${hass}
      .store=${plans}
      .tariffs=${value}
      .zone=${zone}
      .localize=${localize}
      @saved=${() => {
        for (const source of this.sources) void source.refresh();
      }}
    ></legrand-ews-plan-editor>`;
  }

  /** The bill line by line, as it is paid, and as it was once it is frozen. */
  private sheet(site: Site, moment: Moment) {
    const selection = this.page?.selection;
    const days = selection && billDays(selection, moment.today);
    if (!days) return nothing;
    return html`<legrand-ews-bill-sheet
      .hass=${this.hass}
      .entry=${this.config?.config_entry_id}
      .fluid=${this.pricedFluid(site)}
      .days=${days}
      .occasion=${this.sources[0]?.state.value}
      .zone=${moment.zone}
      .localize=${this.localize}
    ></legrand-ews-bill-sheet>`;
  }

  /** The rules are of no period: they stand in a card of their own. */
  protected override below(moment: Moment): unknown {
    const { site } = moment;
    const { localize } = this;
    if (!site || !this.plans || this.isUnpriced) return nothing;
    return html`${this.sheet(site, moment)}<ha-card class="rules">
      <header>
        <h2>${icon(mdiCogOutline)} ${localize(`bill.of.${this.pricedFluid(site)}` as "bill.of.gas")}</h2>
      </header>
      ${this.editor(moment)}
    </ha-card>`;
  }

  static override styles = [baseStyles, messageStyles, periodCardStyles, billStyles];
}
