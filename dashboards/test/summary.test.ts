import { describe, expect, it } from "vitest";
import type { Consumption } from "../src/backend/types";
import {
  columnTotal,
  previousColumnTotal,
  sum,
  summarize as summarizeIn,
} from "../src/consumption/summary";
import { localizer } from "../src/localize";
import { dayAnswer, EN, each, series, ZONE } from "./examples";

const LATER = new Date("2027-01-01T00:00:00Z");
const summarize = (answer: Consumption, now = LATER) =>
  summarizeIn(answer, now, EN, ZONE, localizer("en"));

const today = "2026-11-22T23:00:00Z";
const yesterday = "2026-11-21T23:00:00Z";

describe("a sum", () => {
  it.each([
    [[1, 2, 3], 6],
    [[1, null, 3], 4],
    [[0, null], 0],
    [[null, null], null],
    [[], null],
  ])("of %j is %j: what is unknown is no zero", (values, expected) => {
    expect(sum(values)).toBe(expected);
  });
});

describe("series of two periods", () => {
  it("belong together by what they are of, not by their order", () => {
    const { rows } = summarize(
      dayAnswer(
        { start: today, series: [series(1, each(24, 10)), series(2, each(24, 20))] },
        { start: yesterday, series: [series(2, each(24, 2)), series(3, each(24, 3))] },
      ),
    );
    expect(
      rows.map(({ key, total, previousTotal }) => [key, total, previousTotal]),
    ).toEqual([
      ["load:1", 240, null],
      ["load:2", 480, 48],
      ["load:3", null, 72],
    ]);
  });

  it("are left out when nobody measured them in either", () => {
    const { rows } = summarize(
      dayAnswer({
        start: today,
        series: [series(1, each(24, null)), series(2, each(24, 0))],
      }),
    );
    expect(rows.map((row) => row.key)).toEqual(["load:2"]);
  });

  it("without a name or a colour get one", () => {
    const answer = dayAnswer({
      start: today,
      series: [series(1, each(24, 1), { id: null, name: "", color: null })],
    });
    const [row] = summarize(answer).rows;
    expect(row?.name).toBe("Without a load");
    expect(row?.color).toMatch(/^#[0-9a-f]{6}$/);
  });
});

describe("columns side by side with the previous period", () => {
  const columns = (
    current: { start: string; count: number },
    previous: { start: string; count: number },
  ) => {
    const answer = dayAnswer(
      { ...current, series: [series(1, each(current.count, 1))] },
      { ...previous, series: [series(1, each(previous.count, 1))] },
    );
    const summary = summarize(answer);
    const both = summary.columns.map((column) => [
      columnTotal(summary.rows, column),
      previousColumnTotal(summary.rows, column),
    ]);
    return {
      places: summary.columns.map((column) => column.place),
      current: sum(both.map(([value]) => value)),
      previous: sum(both.map(([, value]) => value)),
    };
  };

  it("after the spring day show its missing hour as such", () => {
    const result = columns(
      { start: "2026-03-29T22:00:00Z", count: 24 },
      { start: "2026-03-28T23:00:00Z", count: 23 },
    );
    expect(result.places).toHaveLength(24);
    expect(result.previous).toBe(23);
  });

  it("on the spring day keep the hour that only the day before has", () => {
    const result = columns(
      { start: "2026-03-28T23:00:00Z", count: 23 },
      { start: "2026-03-27T23:00:00Z", count: 24 },
    );
    expect(result.places.slice(0, 5)).toEqual(["0", "1", "2", "3", "4"]);
    expect([result.current, result.previous]).toEqual([23, 24]);
  });

  it("after the autumn day keep its second two o'clock", () => {
    const result = columns(
      { start: "2026-10-25T23:00:00Z", count: 24 },
      { start: "2026-10-24T22:00:00Z", count: 25 },
    );
    expect(result.places.slice(0, 5)).toEqual(["0", "1", "2", "2b", "3"]);
    expect([result.current, result.previous]).toEqual([24, 25]);
  });

  it("keep the 31st before a month of 30 days", () => {
    const day = (month: number, n: number) =>
      new Date(Date.UTC(2026, month - 1, n, 0) - 36e5).toISOString();
    const month = (number: number, days: number) => ({
      start: day(number, 1),
      end: day(number + 1, 1),
      buckets: Array.from({ length: days }, (_, n) => day(number, n + 1)),
      series: [series(1, each(days, 100))],
      total: days * 100,
      partial: [],
    });
    const summary = summarize({
      fluid: "electricity",
      unit: "Wh",
      bucket: "day",
      complete: true,
      ...month(2, 28),
      compare: month(1, 31),
    });
    expect(summary.columns.map((column) => column.place).slice(-4)).toEqual([
      "28",
      "29",
      "30",
      "31",
    ]);
    expect(summary.difference).toMatchObject({ current: 2800, previous: 3100 });
  });
});

describe("the difference to the previous period", () => {
  const answer = (values: (number | null)[], before = each(24, 50)) =>
    dayAnswer(
      { start: today, series: [series(1, values)] },
      { start: yesterday, series: [series(1, before)] },
    );

  it("is that of the totals when both are over", () => {
    expect(summarize(answer(each(24, 60))).difference).toEqual({
      current: 1440,
      previous: 1200,
      ratio: 0.2,
      until: null,
      isPartial: false,
    });
  });

  it.each([
    ["2026-11-22T12:00:00Z", false, true],
    ["2026-11-23T12:00:00Z", true, false],
    ["2026-11-25T12:00:00Z", false, false],
  ])("knows at %s whether it runs or is to come", (now, isRunning, isToCome) => {
    const summary = summarize(answer(each(24, null)), new Date(now));
    expect([summary.isRunning, summary.isToCome]).toEqual([isRunning, isToCome]);
  });

  it("counts a running day only up to the last whole hour", () => {
    // 14:35 in Brussels; the hour since 14:00 is still running.
    const values = [...each(14, 60), 30, ...each(9, null)];
    const { difference, isRunning } = summarize(
      answer(values),
      new Date("2026-11-23T13:35:00Z"),
    );
    expect(isRunning).toBe(true);
    expect(difference).toEqual({
      current: 840,
      previous: 700,
      ratio: 0.2,
      until: new Date("2026-11-23T13:00:00Z"),
      isPartial: false,
    });
  });

  it("is unknown in the first hour", () => {
    const values = [30, ...each(23, null)];
    expect(
      summarize(answer(values), new Date("2026-11-22T23:35:00Z")).difference,
    ).toBeNull();
  });

  it("leaves out hours that only one of the two knows", () => {
    const values = [...each(12, 60), ...each(12, null)];
    expect(summarize(answer(values)).difference).toMatchObject({
      current: 720,
      previous: 600,
      isPartial: true,
    });
  });

  it("leaves out hours that were recorded in part", () => {
    const begun = dayAnswer(
      { start: today, series: [series(1, each(24, 60))], partial: [23] },
      { start: yesterday, series: [series(1, each(24, 50))], partial: [0] },
    );
    expect(summarize(begun).difference).toMatchObject({
      current: 22 * 60,
      previous: 22 * 50,
      isPartial: true,
    });
  });

  it("has no ratio to nothing", () => {
    expect(summarize(answer(each(24, 60), each(24, 0))).difference).toMatchObject({
      current: 1440,
      previous: 0,
      ratio: null,
    });
  });

  it("is none without a previous period", () => {
    const alone = dayAnswer({ start: today, series: [series(1, each(24, 60))] });
    const summary = summarize(alone);
    expect(summary.difference).toBeNull();
    expect(summary.hasPrevious).toBe(false);
  });
});

describe("empty and incomplete data", () => {
  it("without any value is empty, not zero", () => {
    const summary = summarize(
      dayAnswer({ start: today, series: [series(1, each(24, null))] }),
    );
    expect(summary).toMatchObject({ isEmpty: true, total: null, rows: [] });
    expect(summary.columns.some((column) => column.isMissing)).toBe(false);
  });

  it("without any series is empty", () => {
    expect(summarize(dayAnswer({ start: today, series: [] })).isEmpty).toBe(true);
  });

  it("shows a past hour without values as missing", () => {
    const values = [...each(5, 10), null, ...each(18, 10)];
    const summary = summarize(dayAnswer({ start: today, series: [series(1, values)] }));
    expect(
      summary.columns.filter((column) => column.isMissing).map((c) => c.place),
    ).toEqual(["5"]);
    expect(summary.isComplete).toBe(false);
  });

  it("does not miss what lies before the first record", () => {
    const values = [...each(5, null), ...each(4, 10), null, ...each(14, 10)];
    const answer = dayAnswer({ start: today, series: [series(1, values)] });
    const recorded = { start: "2026-11-23T04:30:00Z", end: null };
    const missing = summarize({ ...answer, recorded }).columns.filter(
      (c) => c.isMissing,
    );
    expect(missing.map((column) => column.place)).toEqual(["9"]);
  });

  it("does not miss what has yet to come", () => {
    const values = [...each(14, 10), ...each(10, null)];
    const summary = summarize(
      dayAnswer({ start: today, series: [series(1, values)] }),
      new Date("2026-11-23T13:35:00Z"),
    );
    expect(summary.columns.some((column) => column.isMissing)).toBe(false);
    expect(summary.columns[14]?.isRunning).toBe(true);
    expect(summary.isComplete).toBe(true);
  });

  it("believes the back end that something is incomplete", () => {
    const answer = dayAnswer({ start: today, series: [series(1, each(24, 10))] });
    expect(summarize({ ...answer, complete: false }).isComplete).toBe(false);
  });
});
