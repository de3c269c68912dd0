import { describe, expect, it } from "vitest";
import { bucketNames, momentName, periodName } from "../src/format/buckets";
import { civilOf, dayOf, offsetName } from "../src/format/civil";
import type { FrontendLocale } from "../src/hass/types";

const locale = (language: string, time_format = "language"): FrontendLocale => ({
  language,
  number_format: "language",
  time_format,
});
const en = locale("en");
const fr = locale("fr");
const BRUSSELS = "Europe/Brussels";
const plain = (text: string) => text.replaceAll(/\s/g, " ");

/** Instants an hour apart. */
function hours(start: string, count: number): string[] {
  const first = Date.parse(start);
  return Array.from({ length: count }, (_, n) =>
    new Date(first + n * 36e5).toISOString(),
  );
}

describe("civil time of the site", () => {
  it.each([
    ["2026-11-22T23:30:00Z", BRUSSELS, "2026-11-23"],
    ["2026-07-01T21:59:00Z", BRUSSELS, "2026-07-01"],
    ["2026-07-01T22:00:00Z", BRUSSELS, "2026-07-02"],
    ["2026-01-01T03:00:00Z", "America/New_York", "2025-12-31"],
  ])("at %s in %s it is %s", (instant, zone, day) => {
    expect(dayOf(new Date(instant), zone)).toBe(day);
  });

  it("has an hour 0, never 24", () => {
    expect(civilOf(new Date("2026-11-22T23:00:00Z"), BRUSSELS).hour).toBe(0);
  });

  it.each([
    ["2026-07-01T00:00:00Z", BRUSSELS, "UTC+2"],
    ["2026-01-01T00:00:00Z", BRUSSELS, "UTC+1"],
    ["2026-01-01T00:00:00Z", "Asia/Kolkata", "UTC+5:30"],
    ["2026-01-01T00:00:00Z", "America/New_York", "UTC−5"],
    ["2026-01-01T00:00:00Z", "UTC", "UTC+0"],
  ])("is ahead of UTC: %s in %s", (instant, zone, name) => {
    expect(offsetName(new Date(instant), zone)).toBe(name);
  });
});

describe("hours of a day", () => {
  it("are 24 on most days", () => {
    const names = bucketNames(
      "hour",
      hours("2026-11-22T23:00:00Z", 24),
      "2026-11-23T23:00:00Z",
      fr,
      BRUSSELS,
    );
    expect(names.map((name) => name.short)).toEqual(
      Array.from({ length: 24 }, (_, n) => String(n)),
    );
    expect(names[14]?.long).toBe("14:00 – 15:00");
    expect(names[23]?.long).toBe("23:00 – 00:00");
  });

  it("are 23 in spring: two o'clock is left out", () => {
    // On 2026-03-29 clocks go from 2:00 to 3:00.
    const names = bucketNames(
      "hour",
      hours("2026-03-28T23:00:00Z", 23),
      "2026-03-29T22:00:00Z",
      fr,
      BRUSSELS,
    );
    expect(names.map((name) => name.place).slice(0, 4)).toEqual(["0", "1", "3", "4"]);
    expect(names[1]?.long).toBe("01:00 – 03:00");
    expect(names.at(-1)?.place).toBe("23");
  });

  it("are 25 in autumn: two o'clock comes twice and is told apart", () => {
    // On 2026-10-25 clocks go from 3:00 back to 2:00.
    const names = bucketNames(
      "hour",
      hours("2026-10-24T22:00:00Z", 25),
      "2026-10-25T23:00:00Z",
      fr,
      BRUSSELS,
    );
    expect(names.map((name) => name.place).slice(0, 5)).toEqual([
      "0",
      "1",
      "2",
      "2b",
      "3",
    ]);
    expect(names[2]?.long).toBe("02:00 – 02:00 (UTC+2)");
    expect(names[3]?.long).toBe("02:00 – 03:00 (UTC+1)");
    expect(new Set(names.map((name) => name.place)).size).toBe(25);
  });

  it("follow the clock of the profile", () => {
    const one = (chosen: FrontendLocale) =>
      bucketNames(
        "hour",
        ["2026-11-23T13:00:00Z"],
        "2026-11-23T14:00:00Z",
        chosen,
        BRUSSELS,
      ).flatMap((name) => [name.short, plain(name.long)]);
    expect(one(locale("en", "12"))).toEqual(["2 PM", "2:00 PM – 3:00 PM"]);
    expect(one(locale("en", "24"))).toEqual(["14", "14:00 – 15:00"]);
    expect(one(en)).toEqual(["2 PM", "2:00 PM – 3:00 PM"]);
  });

  it("may start at half past in UTC", () => {
    const [name] = bucketNames(
      "hour",
      ["2026-11-22T18:30:00Z"],
      "2026-11-22T19:30:00Z",
      fr,
      "Asia/Kolkata",
    );
    expect(name).toEqual({ place: "0", short: "0", long: "00:00 – 01:00" });
  });
});

describe("days, months and years", () => {
  it("name a day by its number, and whole in the tooltip", () => {
    const [name] = bucketNames(
      "day",
      ["2026-10-31T23:00:00Z"],
      "2026-11-01T23:00:00Z",
      fr,
      BRUSSELS,
    );
    expect(name).toEqual({ place: "1", short: "1", long: "dimanche 1 novembre" });
  });

  it.each([
    [en, "Mar", "March 2026"],
    [fr, "mars", "mars 2026"],
  ])("name a month in the user's language", (language, short, long) => {
    const [name] = bucketNames(
      "month",
      ["2026-02-28T23:00:00Z"],
      "2026-03-31T22:00:00Z",
      language,
      BRUSSELS,
    );
    expect(name).toEqual({ place: "3", short, long });
  });

  it("name a year by its number", () => {
    const [name] = bucketNames(
      "year",
      ["2025-12-31T23:00:00Z"],
      "2026-12-31T23:00:00Z",
      en,
      BRUSSELS,
    );
    expect(name?.short).toBe("2026");
  });
});

describe("names of periods", () => {
  it.each([
    ["day", fr, "lundi 23 novembre 2026"],
    ["month", fr, "novembre 2026"],
    ["year", fr, "2026"],
    ["day", en, "Monday, November 23, 2026"],
    ["month", en, "November 2026"],
  ] as const)("%s", (period, language, expected) => {
    expect(periodName(period, "2026-11-23", language)).toBe(expected);
  });

  it("say how far the running one has come", () => {
    const at = (period: "day" | "month" | "year", instant: string) =>
      momentName(period, new Date(instant), fr, BRUSSELS);
    expect(at("day", "2026-11-23T13:00:00Z")).toBe("14:00");
    // The end of the 22nd is the last instant before the 23rd.
    expect(at("month", "2026-11-22T23:00:00Z")).toBe("22 nov.");
    expect(at("year", "2026-10-31T23:00:00Z")).toBe("31 oct.");
  });
});
