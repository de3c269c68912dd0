import {
  mdiChartDonut,
  mdiFireCircle,
  mdiFlash,
  mdiHelpCircleOutline,
  mdiTransmissionTowerExport,
  mdiWater,
} from "@mdi/js";
import { html, nothing, type PropertyValues } from "lit";
import { state } from "lit/decorators.js";
import type { Consumption, Fluid, Site } from "../backend/types";
import type { ConsumptionSource, Scope } from "../consumption/collection";
import { costsOf } from "../consumption/costs";
import { csvOf } from "../consumption/csv";
import { comparedUntil, type PeriodNames } from "../consumption/names";
import { coloredShares, FLUID_COLORS, sharesOf } from "../consumption/overall";
import { fluidsOf, toldFluids } from "../consumption/parts";
import { type Row, type Summary, summarize } from "../consumption/summary";
import { icon, message } from "../elements/parts";
import { baseStyles, messageStyles } from "../elements/styles";
import { dayOf } from "../format/civil";
import { addDecimals } from "../format/decimals";
import {
  amountText,
  exactMoneyText,
  formatAmount,
  formatChange,
  multipleFor,
} from "../format/numbers";
import type { ConfigForm } from "../hass/types";
import type { Key } from "../localize";
import { besideOf } from "../tariffs/beside";
import { type TariffStore, tariffStore } from "../tariffs/store";
import { overallForm } from "./editors";
import { overallStyles } from "./overall-card-styles";
import { type Moment, PeriodCard, type PeriodCardConfig } from "./period-card";
import { periodCardStyles } from "./period-card-styles";

type Measure = "quantity" | "money";

const MEASURES: readonly Measure[] = ["quantity", "money"];

const ICONS: Readonly<Partial<Record<Fluid, string>>> = {
  electricity: mdiFlash,
  electricity_export: mdiTransmissionTowerExport,
  gas: mdiFireCircle,
  gas_kwh: mdiFireCircle,
  water: mdiWater,
};

export interface OverallCardConfig extends PeriodCardConfig {
  /** What is shown at first; left out: quantities. */
  measure?: Measure;
}

interface Part {
  answer: Consumption | undefined;
  summary: Summary | undefined;
}

/**
 * Electricity, gas and water of the whole site, in quantity and in money: a table,
 * and a ring each (S165).
 */
export class OverallCard extends PeriodCard<OverallCardConfig> {
  @state() private measure: Measure | undefined;
  private readonly plans = new Map<TariffStore, () => void>();

  static getStubConfig(): Partial<OverallCardConfig> {
    return {};
  }

  static getConfigForm(): ConfigForm {
    return overallForm();
  }

  protected get heading(): string {
    return this.config?.title ?? this.localize("overall.title");
  }

  protected scopes(site: Site | undefined): Scope[] {
    const { compare, isMoney } = this;
    return this.told(site).map((fluid) => ({
      ...{ level: "site", by: "load", compare, fluid },
      ...(isMoney ? { isMoney } : {}),
    }));
  }

  /** The rows of the table; money has each amount once. */
  private told(site: Site | undefined): Fluid[] {
    if (!site) return [];
    return this.isMoney ? fluidsOf(site) : toldFluids(site);
  }

  private get isMoney(): boolean {
    return (this.measure ?? this.config?.measure) === "money";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.plans.values()) stop();
    this.plans.clear();
  }

  /** Money needs prices: what has none must not look as if it were free. */
  protected override willUpdate(changes: PropertyValues): void {
    super.willUpdate(changes);
    const site = this.store?.state.value;
    if (!site || !this.isMoney || !this.isConnected) return;
    const today = dayOf(new Date(), site.time_zone);
    for (const fluid of fluidsOf(site)) {
      const plans = tariffStore(this.hass, this.config?.config_entry_id, fluid, today);
      plans.update(this.hass, today);
      if (this.plans.has(plans)) continue;
      this.plans.set(
        plans,
        plans.listen(() => this.tell()),
      );
    }
  }

  /** Something is paid beside the energy, which is not in the money shown here. */
  private get hasMore(): boolean {
    const plans = [...this.plans.keys()].map(({ state: { value } }) => value);
    return this.isMoney && plans.some((plan) => plan && besideOf(plan).length > 0);
  }

  private hasPrice(fluid: Fluid): boolean {
    const plan = [...this.plans.keys()].find((one) => one.fluid === fluid);
    return !this.isMoney || plan?.state.value?.tariffs.length !== 0;
  }

  protected override choices(): unknown {
    const { localize } = this;
    return html`<legrand-ews-segmented
      .options=${MEASURES.map((value) => ({
        value,
        label: localize(`measures.${value}`),
      }))}
      .value=${this.isMoney ? "money" : "quantity"}
      .label=${localize("measures.title")}
      @change=${({ detail }: CustomEvent<Measure>) => {
        this.measure = detail;
      }}
    ></legrand-ews-segmented>`;
  }

  /** Only money adds up over fluids. */
  protected override sum(_answer: Consumption, names: PeriodNames): string {
    const answers = this.sources.map(({ state: { value } }) => value);
    if (this.isMoney) return `${names.current} · ${this.money(answers)}`;
    const site = this.store?.state.value;
    const consumed = site ? fluidsOf(site) : [];
    const parts = answers.flatMap((value) =>
      value && value.total !== null && consumed.includes(value.fluid)
        ? this.named(value)
        : [],
    );
    const nothing = [this.localize("consumption.missing")];
    return [names.current, ...(parts.length > 0 ? parts : nothing)].join(" · ");
  }

  /** Litres of gas are not those of water: each amount says of what. */
  private named({ fluid, total, unit }: Consumption): string {
    const name = this.localize(`fluids.${fluid}`);
    return `${name} ${amountText(total, unit, this.hass.locale)}`;
  }

  /** What some fluids cost together; added up exactly. */
  private money(answers: readonly (Consumption | undefined)[], isBeside = false) {
    const known = answers.filter(
      (one) => (isBeside ? one?.compare : one)?.total != null,
    );
    const costs = known.map(costsOf);
    const total = addDecimals(
      costs.map((one) => (isBeside ? one?.compare : one)?.cost_total),
    );
    const currency = costs.find((one) => one)?.currency ?? "";
    return exactMoneyText(total, currency, this.hass.locale);
  }

  private summary(answer: Consumption, { now, zone }: Moment): Summary {
    return summarize(answer, now, this.hass.locale, zone, this.localize);
  }

  protected override csv(moment: Moment): string | undefined {
    const { localize } = this;
    const rows = this.sources.flatMap(({ state: { value } }) =>
      value
        ? this.summary(value, moment).rows.map((row) => ({
            ...row,
            name: `${localize(`fluids.${value.fluid}`)}: ${row.name}`,
            unit: value.unit,
          }))
        : [],
    );
    const first = this.sources[0]?.state.value;
    if (!first || rows.length === 0) return undefined;
    return csvOf(first, rows, moment.zone, moment.now);
  }

  protected override content(
    _: ConsumptionSource | undefined,
    moment: Moment,
  ): unknown {
    const { localize } = this;
    if (moment.site && this.sources.length === 0) {
      return this.say("overall.no_meters", mdiHelpCircleOutline);
    }
    const parts = this.sources.map(({ state: { value } }) => ({
      answer: value,
      summary: value && this.summary(value, moment),
    }));
    const fluids = this.told(moment.site);
    const ringed = moment.site ? fluidsOf(moment.site) : [];
    return html`${this.table(fluids, parts, moment)}
      ${this.hasMore ? html`<p class="about">${localize("bill.energy_only")}</p>` : nothing}
      ${
        parts.every(({ summary }) => summary?.isEmpty)
          ? this.say("consumption.empty", mdiChartDonut)
          : html`<div
              class="rings ${this.isMoney ? "money" : ""}"
              ?hidden=${this.isTable}
            >
              ${this.isMoney ? this.ringOfFluids(fluids, parts) : nothing}
              ${ringed.map((fluid) => this.ring(fluid, parts[fluids.indexOf(fluid)]))}
            </div>`
      }`;
  }

  private say(title: Key, path: string) {
    return html`<div class="nothing">
      ${message({ path, title: this.localize(title) })}
    </div>`;
  }

  /** What money can do: all fluids in one ring. */
  private ringOfFluids(fluids: readonly Fluid[], parts: readonly Part[]) {
    const { hass, localize } = this;
    const unit = parts.find(({ answer }) => answer)?.answer?.unit ?? "";
    const rows = fluids.map((fluid, index): Row => {
      const name = localize(`fluids.${fluid}`);
      const total = parts[index]?.summary?.total ?? null;
      const values = { values: [], previousValues: [], previousTotal: null };
      return {
        key: fluid,
        id: null,
        name,
        color: FLUID_COLORS[fluid],
        total,
        ...values,
      };
    });
    const whole = this.money(parts.map(({ answer }) => answer));
    const shares = coloredShares(rows);
    return html`<section style="--ews-fluid:var(--primary-color)">
      <h3>${localize("overall.fluids")}</h3>
      ${
        parts.some(({ summary }) => !summary)
          ? html`<span class="bone circle"></span>`
          : shares.length === 0
            ? html`<p class="none">${localize("consumption.empty")}</p>`
            : html`<legrand-ews-ring
                .shares=${shares}
                .amount=${(value: number) => amountText(value, unit, hass.locale)}
                .whole=${whole}
                .label=${localize("overall.ring_money", { total: whole })}
                .locale=${hass.locale}
              ></legrand-ews-ring>`
      }
    </section>`;
  }

  private table(fluids: readonly Fluid[], parts: readonly Part[], moment: Moment) {
    const { localize, hass } = this;
    const names = this.names(parts[0]?.answer, moment);
    const compares = this.compare !== "none";
    return html`<div class="wide"><table>
      <caption class="hidden">${localize("overall.caption", { period: names.current })}</caption>
      <thead>
        <tr>
          <th scope="col"><span class="hidden">${localize("consumption.fluid")}</span></th>
          <th scope="col">${names.current}</th>
          ${
            compares
              ? html`<th scope="col">${names.previous}</th>
                  <th scope="col">${localize("consumption.difference")}</th>`
              : nothing
          }
        </tr>
      </thead>
      <tbody>
        ${(fluids.length > 0 ? fluids : [undefined, undefined, undefined]).map(
          (fluid, index) => {
            const { summary, answer } = parts[index] ?? {};
            const unit = answer?.unit ?? "";
            const amount = (value: number | null | undefined) =>
              summary && fluid
                ? amountText(value ?? null, unit, hass.locale)
                : this.bone("64px", 16);
            if (fluid && !this.hasPrice(fluid)) return this.unpriced(fluid, compares);
            return html`<tr>
              <th scope="row">
                ${fluid ? this.fluidName(fluid) : this.bone("90px", 16)}
              </th>
              <td class="main">${amount(summary?.total)}</td>
              ${
                compares
                  ? html`<td>${amount(summary?.previousTotal)}</td>
                      <td>${this.difference(summary, names, moment)}</td>`
                  : nothing
              }
            </tr>`;
          },
        )}
      </tbody>
      ${this.isMoney ? this.totals(parts, compares) : nothing}
    </table></div>`;
  }

  private unpriced(fluid: Fluid, compares: boolean) {
    return html`<tr>
      <th scope="row">${this.fluidName(fluid)}</th>
      <td class="unpriced" colspan=${compares ? 3 : 1}>
        ${this.localize("overall.no_price")}
      </td>
    </tr>`;
  }

  private totals(parts: readonly Part[], compares: boolean) {
    const { localize } = this;
    if (parts.length === 0 || parts.some(({ summary }) => !summary)) return nothing;
    const answers = parts.map(({ answer }) => answer);
    return html`<tfoot>
      <tr>
        <th scope="row">${localize("consumption.total")}</th>
        <td class="main">${this.money(answers)}</td>
        ${compares ? html`<td>${this.money(answers, true)}</td><td></td>` : nothing}
      </tr>
    </tfoot>`;
  }

  private fluidName(fluid: Fluid) {
    return html`<span class="fluid" style="--ews-fluid:${FLUID_COLORS[fluid]}">
      ${icon(ICONS[fluid] ?? mdiFlash)} ${this.localize(`fluids.${fluid}`)}
    </span>`;
  }

  private difference(summary: Summary | undefined, names: PeriodNames, moment: Moment) {
    if (!summary) return this.bone("48px", 16);
    const { difference } = summary;
    if (!difference || difference.ratio === null) return "–";
    const { locale } = this.hass;
    const until = comparedUntil(
      difference,
      names.period,
      locale,
      moment.zone,
      this.localize,
    );
    return html`${formatChange(difference.ratio, locale)}
      ${until ? html`<small>${until}</small>` : nothing}`;
  }

  private ring(fluid: Fluid, part: Part | undefined) {
    const { hass, localize } = this;
    if (!this.hasPrice(fluid)) return nothing;
    const summary = part?.summary;
    const unit = part?.answer?.unit ?? "";
    const shares = summary ? sharesOf(summary.rows, FLUID_COLORS[fluid]) : [];
    const whole = formatAmount(summary?.total ?? 0, unit, hass.locale);
    // One multiple for the whole and its parts.
    const multiple = multipleFor(summary?.total ?? 0, unit);
    const amount = (value: number) => amountText(value, unit, hass.locale, multiple);
    const label = localize("overall.ring", {
      fluid: localize(`fluids.${fluid}`),
      total: amountText(summary?.total ?? null, unit, hass.locale),
    });
    return html`<section style="--ews-fluid:${FLUID_COLORS[fluid]}">
      <h3>${this.fluidName(fluid)}</h3>
      ${
        !summary
          ? html`<span class="bone circle"></span>`
          : shares.length === 0
            ? html`<p class="none">${localize("consumption.empty")}</p>`
            : html`<legrand-ews-ring
                .shares=${shares}
                .amount=${amount}
                .whole=${whole.number}
                .wholeUnit=${whole.unit}
                .label=${label}
                .locale=${hass.locale}
              ></legrand-ews-ring>`
      }
    </section>`;
  }

  static override styles = [baseStyles, messageStyles, periodCardStyles, overallStyles];
}
