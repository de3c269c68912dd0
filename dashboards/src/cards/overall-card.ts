import { mdiFireCircle, mdiFlash, mdiHelpCircleOutline, mdiWater } from "@mdi/js";
import { css, html, nothing } from "lit";
import type { Consumption, Fluid, Site } from "../backend/types";
import type { ConsumptionSource, Scope } from "../consumption/collection";
import { csvOf } from "../consumption/csv";
import type { PeriodNames } from "../consumption/names";
import { FLUID_COLORS, sharesOf } from "../consumption/overall";
import { fluidsOf } from "../consumption/parts";
import { type Summary, summarize } from "../consumption/summary";
import { icon, message } from "../elements/parts";
import { baseStyles, messageStyles } from "../elements/styles";
import { momentName } from "../format/buckets";
import { amountText, formatAmount, formatChange, multipleFor } from "../format/numbers";
import type { ConfigForm } from "../hass/types";
import { overallForm } from "./editors";
import { type Moment, PeriodCard, type PeriodCardConfig, UNITS } from "./period-card";
import { periodCardStyles } from "./period-card-styles";

const ICONS: Readonly<Partial<Record<Fluid, string>>> = {
  electricity: mdiFlash,
  gas: mdiFireCircle,
  water: mdiWater,
};

/** Electricity, gas and water of the whole site: a table and a ring each (S165). */
export class OverallCard extends PeriodCard<PeriodCardConfig> {
  static getStubConfig(): Partial<PeriodCardConfig> {
    return {};
  }

  static getConfigForm(): ConfigForm {
    return overallForm();
  }

  protected get heading(): string {
    return this.config?.title ?? this.localize("overall.title");
  }

  protected scopes(site: Site | undefined): Scope[] {
    const compare = this.compare;
    return (site ? fluidsOf(site) : []).map((fluid) => ({
      ...{ level: "site", by: "load", compare, fluid },
    }));
  }

  /** Amounts of different fluids stand in the table. */
  protected override sum(_answer: Consumption, names: PeriodNames): string {
    const parts = this.sources
      .map((source) => source.state.value)
      .filter((answer) => answer !== undefined)
      .map((answer) => amountText(answer.total, answer.unit, this.hass.locale));
    return [names.current, ...parts].join(" · ");
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
      return html`<div class="nothing">
        ${message({ path: mdiHelpCircleOutline, title: localize("overall.no_meters") })}
      </div>`;
    }
    const parts = this.sources.map(({ state: { value } }) => ({
      answer: value,
      summary: value && this.summary(value, moment),
    }));
    const fluids = moment.site ? fluidsOf(moment.site) : [];
    return html`${this.table(fluids, parts, moment)}
      <div class="rings" ?hidden=${this.isTable}>
        ${fluids.map((fluid, index) => this.ring(fluid, parts[index]?.summary))}
      </div>`;
  }

  private table(
    fluids: readonly Fluid[],
    parts: readonly { answer: Consumption | undefined; summary: Summary | undefined }[],
    moment: Moment,
  ) {
    const { localize, hass } = this;
    const names = this.names(parts[0]?.answer, moment);
    const compares = this.compare !== "none";
    return html`<table>
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
            const { summary } = parts[index] ?? {};
            const amount = (value: number | null | undefined) =>
              summary && fluid
                ? amountText(value ?? null, UNITS[fluid], hass.locale)
                : this.bone("64px", 16);
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
    </table>`;
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
    const until = difference.until
      ? this.localize(
          names.period === "day" ? "consumption.until" : "consumption.until_day",
          {
            moment: momentName(
              names.period,
              difference.until,
              this.hass.locale,
              moment.zone,
            ),
          },
        )
      : "";
    return html`${formatChange(difference.ratio, this.hass.locale)}
      ${until ? html`<small>${until}</small>` : nothing}`;
  }

  private ring(fluid: Fluid, summary: Summary | undefined) {
    const { hass, localize } = this;
    const unit = UNITS[fluid];
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

  static override styles = [
    baseStyles,
    messageStyles,
    periodCardStyles,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
      }
      :is(th, td) {
        padding: 10px var(--ews-space-2);
        border-bottom: 1px solid var(--divider-color);
        font-weight: normal;
        text-align: end;
        vertical-align: middle;
      }
      thead th {
        padding-block: var(--ews-space-1);
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      thead th::first-letter {
        text-transform: uppercase;
      }
      th:first-child {
        text-align: start;
      }
      .main {
        font-size: var(--ews-large);
        font-weight: var(--ews-medium-weight);
        white-space: nowrap;
      }
      td small {
        display: block;
        color: var(--ews-muted);
      }
      .fluid {
        display: inline-flex;
        align-items: center;
        gap: var(--ews-space-2);
        font-weight: var(--ews-medium-weight);
      }
      .fluid svg {
        color: var(--ews-fluid);
      }
      .rings {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 270px), 1fr));
        gap: var(--ews-space-4);
      }
      .rings[hidden] {
        display: none;
      }
      section {
        container: fluid / inline-size;
        min-height: 240px;
        padding: var(--ews-space-3) var(--ews-space-4) var(--ews-space-4);
        border: 1px solid var(--divider-color);
        border-block-start: 3px solid var(--ews-fluid);
        border-radius: var(--ews-radius);
      }
      h3 {
        margin: 0 0 var(--ews-space-3);
        font-size: var(--ews-large);
      }
      .circle {
        width: 168px;
        height: 168px;
        border-radius: 50%;
      }
      .none {
        color: var(--ews-muted);
      }
      @container (max-width: 520px) {
        :is(th, td) {
          padding-inline: 4px;
        }
      }
    `,
  ];
}
