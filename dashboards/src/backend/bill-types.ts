/** Bills, as the integration answers them; money and amounts are decimal texts. */

import type { Fluid } from "./types";

/** The days of a bill: the billing month of a day, or days from midnight to midnight. */
export type BillDays =
  | { period: "month"; date: string }
  | { period: "custom"; start: string; end: string };

export interface BillQuestion {
  fluid: Fluid;
  days: BillDays;
}

export type LineKind = "energy" | "tier" | "levy" | "fee" | "capacity" | "tax";

export interface BillLine {
  kind: LineKind;
  /** Null for what was used while no rule was true. */
  name: string | null;
  tariff: number | null;
  color: string | null;
  first_day: string;
  last_day: string;
  quantity: string | null;
  unit: string;
  /** Null where many prices were paid; per cents of a tax. */
  price: string | null;
  amount: string;
  /** Some of it was paid with a price that its source did not tell. */
  assumed?: boolean;
  /** What a tax is a share of. */
  base?: string | null;
  /** Highest power of a capacity charge in kW, and when. */
  peak?: string | null;
  peak_at?: string | null;
}

/** What is to be paid, or was. */
export interface BillContent {
  currency: string;
  complete: boolean;
  lines: BillLine[];
  /** Wh or dm³. */
  energy_total: number;
  energy_cost: string;
  surcharges: string;
  levies: string;
  fixed_costs: string;
  /** Levies and per cents. */
  taxes: string;
  total: string;
  total_rounded: string;
}

export interface FrozenDays {
  fluid: Fluid;
  first_day: string;
  last_day: string;
}

export interface Bill extends BillContent {
  fluid: Fluid;
  unit: string;
  first_day: string;
  last_day: string;
  start: string;
  end: string;
  status: "running" | "open" | "frozen";
  /** The amounts are paid to the site. */
  revenue: boolean;
  frozen: { frozen_at: string; first_day: string; last_day: string } | null;
  /** What would be billed now is something else. */
  differs: boolean;
  as_billed?: BillContent;
  now?: BillContent;
}

export interface Bills {
  currency: string;
  bills: Bill[];
  /** Frozen periods that touch the days. */
  frozen: FrozenDays[];
}
