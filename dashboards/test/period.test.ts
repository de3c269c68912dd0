import { describe, expect, it } from "vitest";
import {
  changePeriod,
  periodOfBar,
  select,
  selectionOf,
  shiftDay,
  step,
} from "../src/consumption/period";

const TODAY = "2026-11-23";

describe("the neighbour of a period", () => {
  it.each([
    ["day", "2026-03-01", -1, "2026-02-28"],
    ["day", "2024-03-01", -1, "2024-02-29"],
    ["day", "2026-12-31", 1, "2027-01-01"],
    ["month", "2026-01-31", -1, "2025-12-01"],
    ["month", "2026-12-05", 1, "2027-01-01"],
    ["month", "2026-03-31", -1, "2026-02-01"],
    ["year", "2026-11-23", -1, "2025-11-01"],
    ["year", "2024-02-29", 1, "2025-02-01"],
  ] as const)("of the %s of %s, %d", (period, day, count, expected) => {
    expect(shiftDay(period, day, count)).toBe(expected);
  });

  it("is none after the running one (S175)", () => {
    expect(step({ period: "day", day: null }, 1, TODAY)).toBeUndefined();
    expect(step({ period: "month", day: null }, 1, TODAY)).toBeUndefined();
    expect(step({ period: "year", day: null }, 1, TODAY)).toBeUndefined();
  });

  it("leads back to the running one, which follows the clock", () => {
    expect(step({ period: "day", day: "2026-11-22" }, 1, TODAY)).toEqual({
      period: "day",
      day: null,
    });
    expect(step({ period: "month", day: "2026-10-01" }, 1, TODAY)).toEqual({
      period: "month",
      day: null,
    });
  });

  it("leads from a day to come back to the running period", () => {
    const future = { period: "month", day: "2027-03-01" } as const;
    expect(step(future, -1, TODAY)).toEqual({ period: "month", day: null });
    expect(step(future, 1, TODAY)).toBeUndefined();
  });

  it("is the day before", () => {
    expect(step({ period: "day", day: null }, -1, TODAY)).toEqual({
      period: "day",
      day: "2026-11-22",
    });
  });
});

describe("a choice of day or length", () => {
  it("follows the clock where it is today", () => {
    expect(select("day", TODAY, TODAY).day).toBeNull();
    expect(select("month", "2026-11-02", TODAY).day).toBeNull();
    expect(select("month", "2026-10-31", TODAY).day).toBe("2026-10-31");
  });

  it("stays around the chosen day", () => {
    const past = { period: "month", day: "2026-03-01" } as const;
    expect(changePeriod(past, "day", TODAY)).toEqual({
      period: "day",
      day: "2026-03-01",
    });
    expect(changePeriod(past, "year", TODAY)).toEqual({ period: "year", day: null });
    expect(changePeriod({ period: "day", day: null }, "month", TODAY).day).toBeNull();
  });
});

describe("ten years", () => {
  const running = { period: "10_years", day: null } as const;

  it("end with their year, and turn by ten", () => {
    expect(step(running, -1, TODAY)).toEqual({ period: "10_years", day: "2016-11-01" });
  });

  it("come back to those that end now, also from the middle", () => {
    const past = { period: "10_years", day: "2020-06-01" } as const;
    expect(step(past, 1, TODAY)).toEqual(running);
    expect(step(running, 1, TODAY)).toBeUndefined();
  });
});

describe("the arrow to the past", () => {
  const first = "2026-10-17";

  it.each([
    ["day", "2026-10-18", "2026-10-17"],
    ["day", "2026-10-17", undefined],
    ["month", "2026-11-01", "2026-10-01"],
    ["month", "2026-10-20", undefined],
    ["year", "2026-01-01", undefined],
  ] as const)(
    "of a %s in %s leads to %s where data begins",
    (period, day, expected) => {
      expect(step({ period, day }, -1, TODAY, first)?.day).toBe(expected);
    },
  );
});

describe("a bar", () => {
  it("opens the period that it sums up; an hour has none", () => {
    const opened = (["hour", "day", "month", "year"] as const).map(periodOfBar);
    expect(opened).toEqual([undefined, "day", "month", "year"]);
  });
});

describe("the address", () => {
  const of = (text: string) => selectionOf(new URLSearchParams(text));

  it("chooses period and date", () => {
    expect(of("?kiosk&period=month&date=2026-10-01")).toEqual({
      period: "month",
      day: "2026-10-01",
    });
  });

  it("is read with care", () => {
    expect(of("?period=week&date=yesterday")).toEqual({ period: "day", day: null });
  });
});
