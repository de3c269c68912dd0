/** Which period is shown, and the way to its neighbours. */

import type { Period } from "../backend/types";
import { noonOf } from "../format/civil";

export const PERIODS: readonly Period[] = ["day", "month", "year"];

export interface Selection {
  period: Period;
  /** Any day in the period (`YYYY-MM-DD`); null follows the running one. */
  day: string | null;
}

const LENGTHS: Record<Period, number> = { day: 10, month: 7, year: 4 };

/** Whether two days lie in one period. */
export function isSamePeriod(period: Period, a: string, b: string): boolean {
  return a.slice(0, LENGTHS[period]) === b.slice(0, LENGTHS[period]);
}

/** The selection of a day, which follows the clock where it is the running period. */
export function select(period: Period, day: string, today: string): Selection {
  return { period, day: isSamePeriod(period, day, today) ? null : day };
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, "0");
}

/** A day in the period `count` later (earlier when negative). */
export function shiftDay(period: Period, day: string, count: number): string {
  const date = noonOf(day);
  if (period === "day") {
    date.setUTCDate(date.getUTCDate() + count);
    return date.toISOString().slice(0, 10);
  }
  const months = period === "month" ? count : 12 * count;
  const index = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  return `${pad(Math.floor(index / 12), 4)}-${pad((index % 12) + 1, 2)}-01`;
}

/** The neighbour of a selection; there is none after the running period. */
export function step(
  selection: Selection,
  count: number,
  today: string,
): Selection | undefined {
  const { period } = selection;
  const day = shiftDay(period, selection.day ?? today, count);
  const isLater = day > today && !isSamePeriod(period, day, today);
  return isLater ? undefined : select(period, day, today);
}

/**
 * Another length around the same day: from a past month to its first day, from
 * the running year to today.
 */
export function changePeriod(
  selection: Selection,
  period: Period,
  today: string,
): Selection {
  return selection.day === null
    ? { period, day: null }
    : select(period, selection.day, today);
}
