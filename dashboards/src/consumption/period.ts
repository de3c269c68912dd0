/** Which period is shown, and the way to its neighbours. */

import type { Bucket, Period } from "../backend/types";
import { noonOf } from "../format/civil";

export const PERIODS: readonly Period[] = ["day", "month", "year", "10_years"];

export interface Selection {
  period: Period;
  /** Any day in the period (`YYYY-MM-DD`); null follows the running one. */
  day: string | null;
}

/** How much of a day names its period; ten years are named by their last. */
const LENGTHS: Record<Period, number> = { day: 10, month: 7, year: 4, "10_years": 4 };
const YEARS: Partial<Record<Period, number>> = { year: 1, "10_years": 10 };

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
  const months = count * 12 * (YEARS[period] ?? 1 / 12);
  const index = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  return `${pad(Math.floor(index / 12), 4)}-${pad((index % 12) + 1, 2)}-01`;
}

/** Whether a period is over before the day `first`. */
function isBefore(period: Period, day: string, first: string): boolean {
  return day.slice(0, LENGTHS[period]) < first.slice(0, LENGTHS[period]);
}

/**
 * The neighbour of a selection; there is none after the running period, nor before
 * that of the day `first`, from which on there is data.
 */
export function step(
  selection: Selection,
  count: number,
  today: string,
  first?: string,
): Selection | undefined {
  const { period } = selection;
  const day = shiftDay(period, selection.day ?? today, count);
  if (count < 0 && first !== undefined && isBefore(period, day, first)) {
    return undefined;
  }
  if (day > today && !isSamePeriod(period, day, today)) {
    // The ten years that end now overlap with those chosen; from a day to come, which
    // only an address names, the way back leads to the running period.
    const isBehind = period === "10_years" && count > 0 && selection.day !== null;
    return isBehind || count < 0 ? { period, day: null } : undefined;
  }
  return select(period, day, today);
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

/** The period that a bar stands for; an hour has no page of its own. */
const INNER: Partial<Record<Bucket, Period>> = {
  day: "day",
  month: "month",
  year: "year",
};

/** What a bar opens: the period that it sums up. */
export function periodOfBar(bucket: Bucket): Period | undefined {
  return INNER[bucket];
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The selection that an address asks for: `?period=month&date=2026-10-01`. */
export function selectionOf(address: URLSearchParams): Selection {
  const asked = address.get("period");
  const period = PERIODS.find((one) => one === asked) ?? "day";
  const date = address.get("date");
  return { period, day: date && DAY.test(date) ? date : null };
}
