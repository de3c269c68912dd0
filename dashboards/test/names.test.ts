import { describe, expect, it } from "vitest";
import type { Compare } from "../src/backend/types";
import { periodNames } from "../src/consumption/names";
import type { Selection } from "../src/consumption/period";
import { localizer } from "../src/localize";
import { dayAnswer, EN, ZONE } from "./examples";

const TODAY = "2026-11-23";
const names = (
  selection: Selection,
  answer?: ReturnType<typeof dayAnswer>,
  compare: Compare = "previous",
) => {
  const { current, previous } = periodNames(
    selection,
    answer,
    compare,
    TODAY,
    ZONE,
    EN,
    localizer("en"),
  );
  return [current, previous];
};

describe("names of a period and the one before", () => {
  it.each([
    ["day", "Today", "Yesterday"],
    ["month", "This month", "Last month"],
    ["year", "This year", "Last year"],
  ] as const)("of the running %s", (period, current, previous) => {
    expect(names({ period, day: null })).toEqual([current, previous]);
    expect(names({ period, day: TODAY })).toEqual([current, previous]);
  });

  it.each([
    ["day", "2026-03-01", "Mar 1, 2026", "Feb 28, 2026"],
    ["month", "2026-01-15", "Jan 2026", "Dec 2025"],
    ["year", "2024-06-01", "2024", "2023"],
  ] as const)("of a past %s", (period, day, current, previous) => {
    expect(names({ period, day })).toEqual([current, previous]);
  });

  it("fit the answer while the next one is under way", () => {
    const answer = dayAnswer(
      { start: "2026-10-31T23:00:00Z", series: [] },
      { start: "2026-10-30T23:00:00Z", series: [] },
    );
    expect(names({ period: "month", day: null }, answer)).toEqual([
      "Nov 1, 2026",
      "Oct 31, 2026",
    ]);
  });

  it("say which day of last year the back end took", () => {
    const answer = dayAnswer(
      { start: "2026-11-22T23:00:00Z", series: [] },
      { start: "2025-11-22T23:00:00Z", series: [] },
    );
    const selection = { period: "day", day: null } as const;
    expect(names(selection, answer, "last_year")).toEqual(["Today", "Nov 23, 2025"]);
    expect(names(selection, undefined, "last_year")).toEqual(["Today", "Last year"]);
  });
});
