/** The three fluids side by side: colours, and rings of shares (S165). */

import type { Fluid } from "../backend/types";
import type { Row } from "./summary";

/** Electricity orange, gas green, water blue. */
export const FLUID_COLORS: Readonly<Record<Fluid, string>> = {
  electricity: "#f28c1e",
  electricity_export: "#c9a227",
  gas: "#3f9e4d",
  gas_kwh: "#3f9e4d",
  water: "#2f86d6",
};

export interface Share {
  key: string;
  name: string;
  total: number;
  /** Of the whole, 0 to 1. */
  share: number;
  /** Where it begins in the ring, 0 to 1. */
  start: number;
  color: string;
}

/** The lightest shade of a ring, as a share of the fluid's colour. */
const LIGHTEST = 0.3;

/** Shares of a ring in the rows' own colours and order. */
export function coloredShares(rows: readonly Row[]): Share[] {
  const shown = rows.filter((row) => (row.total ?? 0) > 0);
  const whole = shown.reduce((sum, row) => sum + (row.total ?? 0), 0);
  let start = 0;
  return shown.map(({ key, name, color, total: amount }) => {
    const total = amount ?? 0;
    const one: Share = { key, name, total, color, start, share: total / whole };
    start += one.share;
    return one;
  });
}

/**
 * Shares of a ring, the largest first, in shades of one colour. What is negative or
 * unknown takes no part in it.
 */
export function sharesOf(rows: readonly Row[], color: string): Share[] {
  const shown = rows
    .filter((row) => (row.total ?? 0) > 0)
    .sort((a, b) => (b.total ?? 0) - (a.total ?? 0));
  const whole = shown.reduce((sum, row) => sum + (row.total ?? 0), 0);
  let start = 0;
  return shown.map((row, index) => {
    const total = row.total ?? 0;
    const share = total / whole;
    const fade = shown.length > 1 ? (index / (shown.length - 1)) * (1 - LIGHTEST) : 0;
    const percent = Math.round(100 * (1 - fade));
    const one: Share = {
      key: row.key,
      name: row.name,
      total,
      share,
      start,
      color: `color-mix(in srgb, ${color} ${percent}%, var(--card-background-color))`,
    };
    start += share;
    return one;
  });
}
