/** A made-up year of consumption: pure functions of the day and the hour. */

import type {
  Bucket,
  Consumption,
  ConsumptionQuery,
  Series,
  Span,
} from "../src/backend/types";
import { shiftDay } from "../src/consumption/period";
import { noonOf } from "../src/format/civil";
import { site } from "./site";

const noise = (seed: number) => {
  const value = Math.sin(seed * 12.9898) * 43758.5453;
  return value - Math.floor(value);
};

/** Watts of a load in one hour of one day. */
function power(load: number, day: string, hour: number): number {
  const date = noonOf(day);
  const weekday = date.getUTCDay();
  const work = weekday > 0 && weekday < 6 && hour >= 7 && hour < 19 ? 1 : 0.15;
  const season = Math.cos(
    ((date.getUTCMonth() + date.getUTCDate() / 31) / 6) * Math.PI,
  );
  const wobble = 0.8 + 0.4 * noise(load * 31 + hour * 7 + Date.parse(day) / 864e5);
  const levels: Record<number, number> = {
    1: Math.max(0, season) * 16000 * (0.5 + 0.5 * work),
    2: Math.max(0, -season) * 9000 * work,
    3: hour < 6 ? 4200 : 600,
    4: work * 4200 * (hour < 9 || hour > 16 ? 1 : 0.6),
    5: 900 + work * 3200,
    6: 700 + work * 2600,
    7: 4600,
    8: Math.max(0, season) * 900 * work,
    9: work * 260,
    10: work * 7200,
  };
  return (levels[load] ?? 0) * wobble;
}

/** The instant of a local hour in the time zone of Brussels. */
function instantOf(day: string, hour: number): Date {
  for (const offset of [2, 1]) {
    const instant = new Date(Date.parse(`${day}T00:00:00Z`) + (hour - offset) * 36e5);
    const shown = new Intl.DateTimeFormat("en", {
      timeZone: site.time_zone,
      hour: "numeric",
      hourCycle: "h23",
    }).format(instant);
    if (Number(shown) === hour % 24) return instant;
  }
  return new Date(`${day}T00:00:00Z`);
}

const daysOf = (month: string) => {
  const next = shiftDay("month", `${month}-01`, 1);
  return Array.from({ length: 31 }, (_, n) => shiftDay("day", `${month}-01`, n)).filter(
    (day) => day < next,
  );
};

function bucketsOf(query: ConsumptionQuery, day: string): [string, number][][] {
  if (query.period === "day") return Array.from({ length: 24 }, (_, h) => [[day, h]]);
  const whole = (of: string) =>
    Array.from({ length: 24 }, (_, h): [string, number] => [of, h]);
  if (query.period === "month") return daysOf(day.slice(0, 7)).map(whole);
  return Array.from({ length: 12 }, (_, n) =>
    daysOf(`${day.slice(0, 4)}-${String(n + 1).padStart(2, "0")}`).flatMap(whole),
  );
}

function spanOf(query: ConsumptionQuery, day: string, now: Date, gap: boolean): Span {
  const buckets = bucketsOf(query, day);
  const wanted = {
    electricity: [1, 2, 3, 4, 5, 6, 7, 10],
    gas: [8],
    water: [9],
    electricity_export: [],
    gas_kwh: [],
  }[query.fluid];
  const series: Series[] = wanted.map((id) => {
    const load = site.loads.find((candidate) => candidate.id === id);
    const values = buckets.map((hours, index) => {
      if (gap && (index === 5 || index === 6)) return null;
      const past = hours.filter(([d, h]) => instantOf(d, h) < now && d > "2025-08-11");
      if (past.length === 0) return null;
      return Math.round(past.reduce((sum, [d, h]) => sum + power(id, d, h), 0));
    });
    const measured = values.filter((value) => value !== null);
    return {
      kind: "load",
      id,
      key: load?.key ?? null,
      name: load?.name ?? "",
      color: load?.color ?? null,
      values,
      total: measured.length ? measured.reduce((a, b) => a + b, 0) : null,
    };
  });
  const totals = series.map((s) => s.total).filter((total) => total !== null);
  const first = buckets[0]?.[0] ?? [day, 0];
  const last = buckets.at(-1)?.at(-1) ?? [day, 0];
  return {
    start: instantOf(...first).toISOString(),
    end: instantOf(shiftDay("day", last[0], 1), 0).toISOString(),
    buckets: buckets.map((hours) => instantOf(...(hours[0] ?? first)).toISOString()),
    series,
    total: totals.length ? totals.reduce((a, b) => a + b, 0) : null,
    partial: [],
  };
}

/** The answer of `legrand_ews/get_consumption`. */
export function consumption(
  query: ConsumptionQuery,
  today: string,
  now: Date,
  gap = false,
): Consumption {
  const day = query.date ?? today;
  const before = shiftDay(query.period, day, -1);
  const buckets = { day: "hour", month: "day", year: "month", "10_years": "year" };
  const bucket = buckets[query.period] as Bucket;
  return {
    ...spanOf(query, day, now, gap),
    fluid: query.fluid,
    unit: query.fluid === "electricity" ? "Wh" : "dm³",
    bucket,
    complete: !gap,
    compare: query.compare === "none" ? null : spanOf(query, before, now, false),
  };
}
