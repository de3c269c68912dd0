import { describe, expect, it } from "vitest";
import { departureForm, departureOf } from "../src/charging/departure";

const ZONE = "Europe/Paris";

describe("the form of a departure", () => {
  it.each([
    ["2026-11-23T21:00:00Z", "2026-11-24", "in the evening"],
    ["2026-11-23T05:59:00Z", "2026-11-23", "before seven"],
    ["2026-11-23T06:00:00Z", "2026-11-24", "at seven"],
    ["2026-10-24T22:30:00Z", "2026-10-25", "as the clocks go back"],
    ["2026-12-31T22:30:00Z", "2027-01-01", "at the end of a year"],
  ])("begins at %s with the next morning (%s): %s", (now, day) => {
    const form = departureForm(null, new Date(now), ZONE);
    expect(form).toEqual({ day, time: "07:00:00", energy: 20 });
  });

  it("begins with what holds, on the site's clocks", () => {
    const known = { at: "2026-07-01T04:30:00+00:00", energy: 12_500 };
    const form = departureForm(known, new Date("2026-06-30T20:00:00Z"), ZONE);
    expect(form).toEqual({ day: "2026-07-01", time: "06:30:00", energy: 12.5 });
  });

  it("is sent in Wh, and not before it is complete", () => {
    const whole = { day: "2026-11-24", time: "07:00:00", energy: 20.1 };
    expect(departureOf(whole)).toEqual({ at: "2026-11-24 07:00:00", energy: 20_100 });
    for (const field of Object.keys(whole)) {
      expect(departureOf({ ...whole, [field]: undefined })).toBeUndefined();
    }
  });
});
