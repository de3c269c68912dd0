import { describe, expect, it } from "vitest";
import { changePeriod, select, shiftDay, step } from "../src/consumption/period";

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
