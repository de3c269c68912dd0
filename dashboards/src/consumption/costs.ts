/** Costs in the shape of a consumption, so that everything can show them. */

import type { CostSeries, CostSpan, Costs, Tariff } from "../backend/tariff-types";
import type { Consumption, Fluid, Series, Span } from "../backend/types";
import type { Localize } from "../localize";
import type { Row, Summary } from "./summary";

/** What the bars of costs measure: money, or the amounts that were paid for. */
export type Measure = "cost" | "energy";

/** Answers of money carry what they were made of. */
export interface Paid extends Consumption {
  costs: Costs;
}

const AMOUNT_UNITS: Readonly<Record<Fluid, string>> = {
  electricity: "Wh",
  electricity_export: "Wh",
  gas: "dm³",
  gas_kwh: "Wh",
  water: "dm³",
};

/** A decimal text for drawing; money is counted where it comes from. */
export function moneyOf(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(text);
}

function seriesOf(series: CostSeries, measure: Measure): Series {
  const { kind, key, name, color } = series;
  const id = series.none ? null : series.id;
  const isCost = measure === "cost";
  return {
    ...{ kind, id, name, color },
    ...(key === undefined ? {} : { key }),
    values: isCost ? series.costs.map(moneyOf) : series.energy,
    total: isCost ? moneyOf(series.cost_total) : series.energy_total,
  };
}

function spanOf(span: CostSpan, measure: Measure): Span {
  return {
    start: span.start,
    end: span.end,
    buckets: span.buckets,
    series: span.series.map((series) => seriesOf(series, measure)),
    total: measure === "cost" ? moneyOf(span.cost_total) : span.energy_total,
    partial: span.partial ?? [],
  };
}

/** An answer of `get_costs` as bars of money, or of what was paid for. */
export function paidOf(costs: Costs, measure: Measure = "cost"): Paid {
  const { fluid, currency, bucket, complete, recorded, compare } = costs;
  return {
    ...spanOf(costs, measure),
    ...{ fluid, bucket, complete, costs },
    unit: measure === "cost" ? currency : (costs.unit ?? AMOUNT_UNITS[fluid]),
    ...(recorded ? { recorded } : {}),
    ...(compare === undefined ? {} : { compare: compare && spanOf(compare, measure) }),
  };
}

/** The answer of money behind what is shown, if it is one. */
export function costsOf(answer: Consumption | undefined): Costs | undefined {
  return answer && "costs" in answer ? (answer as Paid).costs : undefined;
}

/** What each series of an answer costs, exactly, by the number of its tariff or load. */
export function exactTotals(span: CostSpan): Map<number | null, string | null> {
  return new Map(
    span.series.map(({ id, none, cost_total }) => [none ? null : id, cost_total]),
  );
}

/** Of what no tariff priced (Q12). */
export const NO_TARIFF_COLOR = "#8a8f98";

/** The row of a tariff without any data. */
function emptyRow({ id, name, color }: Tariff): Row {
  const nothing = { total: null, previousTotal: null, values: [], previousValues: [] };
  return { key: `tariff:${id ?? "none"}`, id: id ?? null, name, color, ...nothing };
}

/**
 * The same with a row for every tariff, in the order of the plan and in its colours:
 * those without data are listed, empty (S171). What no tariff priced comes last.
 */
export function withAllTariffs(
  summary: Summary,
  tariffs: readonly Tariff[],
  localize: Localize,
): Summary {
  const listed = tariffs.map((tariff): Row => {
    const row = summary.rows.find(({ id }) => id === tariff.id);
    const { name, color } = tariff;
    return row ? { ...row, name, color } : emptyRow(tariff);
  });
  const others = summary.rows
    .filter(({ id }) => !listed.some((row) => row.id === id))
    .map((row) =>
      row.id === null
        ? { ...row, name: localize("bill.no_tariff"), color: NO_TARIFF_COLOR }
        : row,
    );
  return { ...summary, rows: [...listed, ...others] };
}
