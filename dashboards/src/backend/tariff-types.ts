/** Tariffs, cost rules and costs, as the integration answers them. */

import type { Bucket, Fluid } from "./types";

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** What a kWh or m³ costs from a local day on; `from` null is ever since. */
export interface Price {
  from: string | null;
  /** A decimal text: money is never a float. */
  price: string;
}

export interface Tariff {
  /** Permanent; left out for a new one. */
  id?: number;
  name: string;
  color: string;
  prices: Price[];
  /** Entity whose state is the price, where it changes by itself. */
  price_source?: string | null;
}

/** When a tariff applies; both ends are included. */
export interface CostRule {
  /** Name of the tariff. */
  tariff: string;
  start_date: string | null;
  end_date: string | null;
  repeat_yearly: boolean;
  from: string;
  to: string;
  weekdays: Weekday[];
}

/** Everything that prices the energy of one fluid. */
export interface TariffPlan {
  tariffs: Tariff[];
  rules: CostRule[];
  mode: "continuous" | "ews";
}

/** What is paid beside the energy, and from when on. */
export interface Charge {
  name: string;
  /** Of a fee: the time for which it is paid. */
  per?: "day" | "month";
  /** Of a tier: the amount from which on it is paid, in kWh or m³. */
  above?: string;
  prices: Price[];
}

export interface Tax {
  name: string;
  percents: { from: string | null; percent: string }[];
}

/** What there is beside the energy; what a plan does not have is left out. */
export interface Beside {
  fees?: Charge[];
  levies?: Charge[];
  tiers?: Charge[];
  capacity?: Charge;
  taxes?: Tax[];
}

/** A time with one price; both null where no rule is true. */
export interface Segment {
  start: string;
  end: string | null;
  rule: number | null;
  tariff: number | null;
  price: string;
}

export interface Gap {
  weekday: Weekday;
  from: string;
  to: string;
  first_day?: string;
  days?: number;
}

export interface PlanProblem {
  /** `rules[2].to`, `tariffs[0].prices[1].price`. */
  where: string;
  key: string;
  message: string;
}

/** The plan of a fluid, what is wrong with it, and what applies when. */
export interface Tariffs extends TariffPlan, Beside {
  fluid: Fluid;
  currency: string;
  /** `EUR/kWh`. */
  price_unit: string;
  /** Another one as soon as the plan is. */
  version?: string;
  /** Every tariff that there ever was. */
  all_tariffs: Tariff[];
  problems: PlanProblem[];
  gaps: Gap[];
  /** Indexes of rules that never win, and of those that hide them. */
  unreachable: number[];
  hidden_by: Record<string, number[]>;
  /** When the two ways to read the rules choose differently. */
  disagreements?: { start: string; end: string }[];
  active: Segment | null;
  next: {
    at: string;
    rule: number | null;
    tariff: number | null;
    price: string;
  } | null;
  calendar: Segment[];
}

/** From when on a changed plan counts. */
export type Recompute = "none" | "all" | `from:${string}`;

/** What came, or would come, of a changed plan. */
export interface PlanChange {
  problems: PlanProblem[];
  gaps: Gap[];
  unreachable: number[];
  hidden_by?: Record<string, number[]>;
  difference: { energy: number | null; cost: string | null } | null;
  applied: boolean;
}

export interface CostSeries {
  kind: string;
  id: number | null;
  /** Set for what was counted while no rule was true (Q12). */
  none?: boolean;
  key?: string | null;
  name: string;
  color: string | null;
  energy: (number | null)[];
  costs: (string | null)[];
  energy_total: number | null;
  cost_total: string | null;
}

export interface CostSpan {
  start: string;
  end: string;
  buckets: string[];
  series: CostSeries[];
  energy_total: number | null;
  cost_total: string | null;
  partial?: number[];
}

export interface Costs extends CostSpan {
  fluid: Fluid;
  currency: string;
  /** Of the energies: Wh or dm³. */
  unit?: string;
  bucket: Bucket;
  complete: boolean;
  /** What was fed in earns money. */
  is_revenue?: boolean;
  /** Of the whole site, on top of what its energy costs. */
  surcharges?: string | null;
  fixed_costs?: string | null;
  taxes?: string | null;
  /** Everything that is paid for the time. */
  total_with_extras?: string | null;
  recorded?: { start: string | null; end: string | null };
  compare?: CostSpan | null;
}
