/**
 * From the back end's answer to what a card shows: bars side by side with the
 * previous period, shares, and the difference of what can be compared.
 */

import type { Consumption, Series, Span } from "../backend/types";
import { type BucketName, bucketNames } from "../format/buckets";
import { dayOf } from "../format/civil";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";

export interface Column extends BucketName {
  /** The day on which it starts (`YYYY-MM-DD`). */
  day: string;
  /** Index in the period shown; -1 where only the previous one has this bucket. */
  index: number;
  /** Index in the previous period; -1 where it has none. */
  previousIndex: number;
  /** Part of the time has yet to come. */
  isRunning: boolean;
  /** Wholly past, and nothing was measured although the period has data. */
  isMissing: boolean;
}

export interface Row {
  /** Names the same object in both periods. */
  key: string;
  /** The object's permanent number; null where a row stands for none. */
  id: number | null;
  name: string;
  color: string;
  values: (number | null)[];
  previousValues: (number | null)[];
  total: number | null;
  previousTotal: number | null;
}

export interface Difference {
  current: number;
  previous: number;
  /** Null where the previous amount is zero. */
  ratio: number | null;
  /** The running period is compared up to here; null compares it whole. */
  until: Date | null;
  /** Buckets in which only one of the periods was measured are left out. */
  isPartial: boolean;
}

export interface Summary {
  columns: Column[];
  /** In the order of the stack, from the bottom. */
  rows: Row[];
  total: number | null;
  previousTotal: number | null;
  difference: Difference | null;
  hasPrevious: boolean;
  isEmpty: boolean;
  isComplete: boolean;
  isRunning: boolean;
  /** It has not begun. */
  isToCome: boolean;
}

const FALLBACK_COLORS = [
  "#4e79a7",
  "#f28e2b",
  "#59a14f",
  "#b07aa1",
  "#edc948",
  "#76b7b2",
  "#e15759",
  "#9c755f",
];

/** Of what no meter below a main meter counts; no load has it. */
const REST_COLOR = "#b3a58f";

/** Adds what is there; null when nothing is. */
export function sum(values: Iterable<number | null | undefined>): number | null {
  let total: number | null = null;
  for (const value of values) {
    if (value !== null && value !== undefined) total = (total ?? 0) + value;
  }
  return total;
}

const rowKey = (series: Series) => `${series.kind}:${series.id ?? "none"}`;

function endOf(span: Span, index: number): Date {
  return new Date(span.buckets[index + 1] ?? span.end);
}

function columnsOf(
  answer: Consumption,
  now: Date,
  locale: FrontendLocale,
  zone: string,
): Column[] {
  const { bucket, compare } = answer;
  const names = bucketNames(bucket, answer.buckets, answer.end, locale, zone);
  const others = compare
    ? bucketNames(bucket, compare.buckets, compare.end, locale, zone)
    : [];
  const hasPlaces = bucket !== "year";
  const hasData = answer.series.some((series) => series.values.some((v) => v !== null));
  const first = answer.recorded?.start;
  const begin = first ? new Date(first) : undefined;
  const taken = new Set<number>();
  const columns = names.map((name, index): Column => {
    const found = hasPlaces ? others.findIndex((o) => o.place === name.place) : index;
    const previousIndex = found < others.length ? found : -1;
    taken.add(previousIndex);
    const isPast = endOf(answer, index) <= now;
    const isNull = answer.series.every((s) => (s.values[index] ?? null) === null);
    const isBegun = new Date(answer.buckets[index] ?? answer.end) <= now;
    return {
      ...name,
      day: dayOf(new Date(answer.buckets[index] ?? answer.end), zone),
      index,
      previousIndex,
      isRunning: isBegun && !isPast,
      // Before the first record there is nothing to miss.
      isMissing:
        isPast && isNull && hasData && !(begin && endOf(answer, index) <= begin),
    };
  });
  // The 31st before a month of 30 days, the hour that spring leaves out.
  others.forEach((name, previousIndex) => {
    if (taken.has(previousIndex)) return;
    const extra = {
      ...name,
      day: "",
      index: -1,
      previousIndex,
      isRunning: false,
      isMissing: false,
    };
    const before = columns.findLastIndex((c) => c.previousIndex === previousIndex - 1);
    columns.splice(before < 0 ? columns.length : before + 1, 0, extra);
  });
  return columns;
}

function nameOf({ kind, name }: Series, localize: Localize): string {
  if (kind === "rest") return localize("loads.rest", { name });
  return name || localize("loads.none");
}

function fallbackColor({ kind }: Series, index: number): string {
  if (kind === "rest") return REST_COLOR;
  return FALLBACK_COLORS[index % FALLBACK_COLORS.length] ?? "";
}

function rowsOf(answer: Consumption, localize: Localize): Row[] {
  const rows = new Map<string, Row>();
  const add = (series: Series, isPrevious: boolean) => {
    const key = rowKey(series);
    const row: Row = rows.get(key) ?? {
      key,
      id: series.id,
      name: nameOf(series, localize),
      color: series.color || fallbackColor(series, rows.size),
      values: [],
      previousValues: [],
      total: null,
      previousTotal: null,
    };
    if (isPrevious) {
      row.previousValues = series.values;
      row.previousTotal = series.total ?? sum(series.values);
    } else {
      row.values = series.values;
      row.total = series.total ?? sum(series.values);
    }
    rows.set(key, row);
  };
  for (const series of answer.series) add(series, false);
  for (const series of answer.compare?.series ?? []) add(series, true);
  return [...rows.values()].filter((r) => r.total !== null || r.previousTotal !== null);
}

/**
 * The difference to the previous period, over what can be compared: of a running
 * period only the buckets that are over (half a day against a whole one
 * misleads), and no bucket in which one of the two was measured in part or not at all.
 */
function differenceOf(
  answer: Consumption,
  columns: readonly Column[],
  rows: readonly Row[],
  now: Date,
): Difference | null {
  if (!answer.compare) return null;
  const isRunning = new Date(answer.end) > now;
  const isOver = (c: Column) => c.index >= 0 && endOf(answer, c.index) <= now;
  const last = isRunning ? columns.findLast(isOver) : columns.at(-1);
  if (!last) return null;
  // What only the previous period has (the 31st) counts up to the same place.
  const reached = columns.slice(0, columns.indexOf(last) + 1);
  const partial = new Set(answer.partial);
  const previousPartial = new Set(answer.compare.partial);
  const pairs = reached.map((column) => ({
    isInBoth: column.index >= 0 && column.previousIndex >= 0,
    isWhole: !partial.has(column.index) && !previousPartial.has(column.previousIndex),
    current: columnTotal(rows, column),
    previous: previousColumnTotal(rows, column),
  }));
  const comparable = pairs.filter(
    ({ isInBoth, isWhole, current, previous }) =>
      isWhole && (!isInBoth || (current === null) === (previous === null)),
  );
  const current = sum(comparable.map((pair) => pair.current));
  const previous = sum(comparable.map((pair) => pair.previous));
  if (current === null || previous === null) return null;
  return {
    current,
    previous,
    ratio: previous === 0 ? null : (current - previous) / previous,
    until: isRunning ? endOf(answer, last.index) : null,
    isPartial: comparable.length < pairs.length,
  };
}

/** Everything that tiles, chart, legend and table need. */
export function summarize(
  answer: Consumption,
  now: Date,
  locale: FrontendLocale,
  zone: string,
  localize: Localize,
): Summary {
  const columns = columnsOf(answer, now, locale, zone);
  const rows = rowsOf(answer, localize);
  const previousTotal = answer.compare?.total ?? null;
  const isToCome = new Date(answer.start) > now;
  return {
    columns,
    rows,
    total: answer.total,
    previousTotal,
    difference: differenceOf(answer, columns, rows, now),
    hasPrevious: previousTotal !== null,
    isEmpty: rows.every((row) => row.total === null),
    isComplete: answer.complete && !columns.some((column) => column.isMissing),
    isRunning: new Date(answer.end) > now && !isToCome,
    isToCome,
  };
}

/** Sum of a column over the rows that are shown. */
export function columnTotal(rows: readonly Row[], column: Column): number | null {
  return sum(rows.map((row) => row.values[column.index]));
}

/** The same of the previous period. */
export function previousColumnTotal(
  rows: readonly Row[],
  column: Column,
): number | null {
  return sum(rows.map((row) => row.previousValues[column.previousIndex]));
}
