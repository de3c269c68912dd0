import { describe, expect, it } from "vitest";
import { csvOf } from "../src/consumption/csv";
import { summarize } from "../src/consumption/summary";
import { localizer } from "../src/localize";
import { dayAnswer, EN, each, series, ZONE } from "./examples";

const LATER = new Date("2027-01-01T00:00:00Z");

function file(now = LATER) {
  const answer = dayAnswer({
    start: "2026-11-22T23:00:00Z",
    series: [
      series(7, [1500, null, 0.5, ...each(21, 100)], { name: 'Office; "west"' }),
      series(8, [250, null, 1, ...each(21, 10)], { name: "=Lighting" }),
    ],
  });
  const { rows } = summarize(answer, now, EN, ZONE, localizer("en"));
  return csvOf(answer, rows, ZONE, now);
}

describe("datalogger.csv", () => {
  const lines = file().split("\r\n");

  it("is read as UTF-8 by a spreadsheet, and ends with its last line", () => {
    expect(lines[0]?.startsWith("\ufeff")).toBe(true);
    expect(lines.at(-1)).toBe("");
    expect(lines).toHaveLength(1 + 24 + 1);
  });

  it("names every column with number and unit, and never computes a name", () => {
    expect(lines[0]?.slice(1)).toBe(
      `start;utc_offset;"Office; ""west"" (7) [Wh]";'=Lighting (8) [Wh]`,
    );
  });

  it("has local times, a decimal comma, and nothing where nothing was measured", () => {
    expect(lines[1]).toBe("2026-11-23 00:00:00;+00:00;1500;250");
    expect(lines[2]).toBe("2026-11-23 01:00:00;+00:00;;");
    expect(lines[3]).toBe("2026-11-23 02:00:00;+00:00;0,5;1");
  });

  it("ends with the bucket that is running", () => {
    const short = file(new Date("2026-11-23T01:30:00Z")).split("\r\n");
    expect(short).toHaveLength(1 + 3 + 1);
  });
});
