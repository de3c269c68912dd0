/** From the segments of a plan to strips of civil days: what a week and a year show. */

import type { Segment } from "../backend/tariff-types";
import { shiftDay } from "../consumption/period";
import { noonOf } from "../format/civil";

export const DAY_MINUTES = 1440;

/** Minutes of a civil day with one price, the last not included. */
export interface Strip {
  from: number;
  to: number;
  rule: number | null;
  tariff: number | null;
  price: string;
}

export type Strips = ReadonlyMap<string, readonly Strip[]>;

interface Wall {
  day: string;
  minute: number;
}

/** What the clock on the wall shows: the text itself says it, in the site's offset. */
function wallOf(instant: string): Wall {
  const [day = "", time = ""] = instant.split("T");
  return {
    day,
    minute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)),
  };
}

/** The longest calendar that is asked for. */
const MOST_DAYS = 500;

/**
 * Strips by day. An hour that the clocks go through twice is drawn once, as what
 * comes later; the one that they leave out belongs to what ends before it.
 */
export function stripsOf(segments: readonly Segment[]): Strips {
  const days = new Map<string, Strip[]>();
  for (const { start, end, rule, tariff, price } of segments) {
    if (end === null) continue;
    const first = wallOf(start);
    const last = wallOf(end);
    let { day, minute } = first;
    for (let count = 0; day <= last.day && count < MOST_DAYS; count += 1) {
      const to = day === last.day ? last.minute : DAY_MINUTES;
      if (minute < to) add(days, day, { from: minute, to, rule, tariff, price });
      day = shiftDay("day", day, 1);
      minute = 0;
    }
  }
  return days;
}

function add(days: Map<string, Strip[]>, day: string, strip: Strip): void {
  const strips = (days.get(day) ?? []).flatMap((old): Strip[] =>
    old.to <= strip.from
      ? [old]
      : old.from < strip.from
        ? [{ ...old, to: strip.from }]
        : [],
  );
  const last = strips.at(-1);
  const goesOn =
    last?.to === strip.from && last.rule === strip.rule && last.price === strip.price;
  if (goesOn) strips.pop();
  days.set(day, [...strips, goesOn ? { ...strip, from: last.from } : strip]);
}

/** The Monday of the week in which a day lies. */
export function mondayOf(day: string): string {
  return shiftDay("day", day, -((noonOf(day).getUTCDay() + 6) % 7));
}

/** The seven days from a Monday on. */
export function weekOf(monday: string): string[] {
  return Array.from({ length: 7 }, (_, index) => shiftDay("day", monday, index));
}

/** The days of every month of a year. */
export function monthsOf(year: number): string[][] {
  return Array.from({ length: 12 }, (_, index) => {
    const month = `${year}-${String(index + 1).padStart(2, "0")}`;
    const days = Array.from({ length: 31 }, (__, day) =>
      shiftDay("day", `${month}-01`, day),
    );
    return days.filter((day) => day.startsWith(month));
  });
}

/** The year of a day, and the weeks at its edges: what a preview needs. */
export function previewDays(today: string): { start: string; end: string } {
  const year = Number(today.slice(0, 4));
  return {
    start: mondayOf(`${year}-01-01`),
    end: shiftDay("day", mondayOf(`${year}-12-31`), 13),
  };
}

/** Hours of every tariff in some days; null stands for no tariff. */
export function hoursOf(
  strips: Strips,
  days: readonly string[],
): Map<number | null, number> {
  const hours = new Map<number | null, number>();
  for (const strip of days.flatMap((day) => strips.get(day) ?? [])) {
    const known = hours.get(strip.tariff) ?? 0;
    hours.set(strip.tariff, known + (strip.to - strip.from) / 60);
  }
  return hours;
}

/** A minute of the day as `HH:MM`; the end of a day is 24:00. */
export function clockOf(minute: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
