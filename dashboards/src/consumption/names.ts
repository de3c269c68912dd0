/** What the period shown and the one before it are called. */

import type { Bucket, Compare, Consumption, Period, Span } from "../backend/types";
import { momentName, periodName } from "../format/buckets";
import { dayOf } from "../format/civil";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import { isSamePeriod, type Selection, shiftDay } from "./period";
import type { Difference } from "./summary";

export interface PeriodNames {
  period: Period;
  current: string;
  previous: string;
}

const PERIOD_OF: Partial<Record<Bucket, Period>> = {
  hour: "day",
  day: "month",
  month: "year",
  year: "10_years",
};

/** A day that stands for a span; ten years are named by their last. */
function dayIn(period: Period, span: Span, zone: string): string {
  return period === "10_years"
    ? dayOf(new Date(Date.parse(span.end) - 1), zone)
    : dayOf(new Date(span.start), zone);
}

/**
 * The names fit the answer, which may still be that to the selection before;
 * without one they announce what has been selected.
 */
export function periodNames(
  selection: Selection,
  answer: Consumption | undefined,
  compare: Compare,
  today: string,
  zone: string,
  locale: FrontendLocale,
  localize: Localize,
): PeriodNames {
  const period = (answer && PERIOD_OF[answer.bucket]) ?? selection.period;
  const day = answer ? dayIn(period, answer, zone) : (selection.day ?? today);
  const name = (of: string) => periodName(period, of, locale, "short");
  const before = answer?.compare
    ? name(dayIn(period, answer.compare, zone))
    : compare === "last_year"
      ? localize("consumption.last_year")
      : name(shiftDay(period, day, -1));
  if (period === "10_years" || !isSamePeriod(period, day, today)) {
    return { period, current: name(day), previous: before };
  }
  const now: Record<
    Exclude<Period, "10_years">,
    [current: string, previous: string]
  > = {
    day: [localize("consumption.today"), localize("consumption.yesterday")],
    month: [localize("consumption.this_month"), localize("consumption.last_month")],
    year: [localize("consumption.this_year"), localize("consumption.last_year")],
  };
  const [current, previous] = now[period];
  return { period, current, previous: compare === "previous" ? previous : before };
}

/** Which part of the periods a difference is about; empty where it is the whole. */
export function comparedUntil(
  { isPartial, until }: Difference,
  period: Period,
  locale: FrontendLocale,
  zone: string,
  localize: Localize,
): string {
  if (isPartial) return localize("consumption.where_both");
  if (!until) return "";
  const moment = momentName(period, until, locale, zone);
  const key = period === "day" ? "consumption.until" : "consumption.until_day";
  return localize(key, { moment });
}
