import { describe, expect, it } from "vitest";
import {
  amountText,
  formatAmount,
  formatChange,
  formatColumn,
  multipleFor,
} from "../src/format/numbers";
import type { FrontendLocale } from "../src/hass/types";

const locale = (language: string, number_format = "language"): FrontendLocale => ({
  language,
  number_format,
  time_format: "language",
});
const en = locale("en");
const fr = locale("fr");

/** Spaces of all widths and both apostrophes as plain ones, to be readable here. */
const plain = (text: string) => text.replaceAll(/\s/g, " ").replaceAll("’", "'");

describe("the multiple of a value (S163)", () => {
  it.each([
    [0, "Wh", "Wh"],
    [999, "Wh", "Wh"],
    [999.4, "Wh", "Wh"],
    [999.5, "Wh", "kWh"],
    [1000, "Wh", "kWh"],
    [999_940, "Wh", "kWh"],
    [999_960, "Wh", "MWh"],
    [1_000_000, "Wh", "MWh"],
    [2_500_000_000, "Wh", "GWh"],
    [7_000_000_000_000, "Wh", "GWh"],
    [-1500, "Wh", "kWh"],
    [999, "dm³", "dm³"],
    [1000, "dm³", "m³"],
    [5_000_000, "dm³", "m³"],
    [4200, "W", "kW"],
    [50_000, "Hz", "Hz"],
  ])("%d %s reads in %s", (value, unit, expected) => {
    expect(multipleFor(value, unit).unit).toBe(expected);
  });
});

describe("an amount", () => {
  it.each([
    [0, "Wh", en, "0 Wh"],
    [12.6, "Wh", en, "13 Wh"],
    [1234, "Wh", en, "1.234 kWh"],
    [12_340, "Wh", en, "12.34 kWh"],
    [123_400, "Wh", en, "123.4 kWh"],
    [999_960, "Wh", en, "1.000 MWh"],
    [1234, "Wh", fr, "1,234 kWh"],
    [5_000_000, "dm³", en, "5,000 m³"],
    [5_000_000, "dm³", fr, "5 000 m³"],
    [-38_400, "W", en, "−38.40 kW"],
  ])("%d %s", (value, unit, language, expected) => {
    expect(plain(amountText(value, unit, language))).toBe(expected);
  });

  it("that nobody measured is no zero", () => {
    expect(amountText(null, "Wh", en)).toBe("–");
  });

  it.each([
    ["comma_decimal", "12,345 m³"],
    ["decimal_comma", "12.345 m³"],
    ["space_comma", "12 345 m³"],
    ["quote_decimal", "12'345 m³"],
    ["none", "12345 m³"],
  ])("follows the number format %s of the profile", (format, expected) => {
    expect(plain(amountText(12_345_000, "dm³", locale("en", format)))).toBe(expected);
  });

  it("may have fewer digits where it flickers", () => {
    expect(formatAmount(38_412, "W", en, undefined, 3)).toEqual({
      number: "38.4",
      unit: "kW",
    });
  });
});

describe("amounts below one another", () => {
  it("share the multiple and the digits of the largest", () => {
    const amount = formatColumn([162_600, 4_830, null], "Wh", en);
    expect(plain(amount(162_600))).toBe("162.6 kWh");
    expect(plain(amount(4_830))).toBe("4.8 kWh");
    expect(plain(amount(0))).toBe("0.0 kWh");
    expect(amount(null)).toBe("–");
  });

  it("never turn a small one into zero", () => {
    const amount = formatColumn([124_500_000], "Wh", en);
    expect(plain(amount(40))).toBe("40 Wh");
  });

  it("keep the smaller multiple up to ten of the larger", () => {
    const day = formatColumn([1_092_000, 18_400], "Wh", en);
    expect([day(1_092_000), day(18_400)].map(plain)).toEqual(["1,092 kWh", "18 kWh"]);
    const month = formatColumn([28_360_000, 442_000], "Wh", en);
    expect([month(28_360_000), month(442_000)].map(plain)).toEqual([
      "28.36 MWh",
      "0.44 MWh",
    ]);
  });
});

describe("a change", () => {
  it.each([
    [0.238, en, "+23.8%"],
    [-0.05, en, "−5.0%"],
    [0, en, "0.0%"],
    [22.94, en, "+2,294%"],
    [0.238, fr, "+23,8 %"],
  ])("of %d", (ratio, language, expected) => {
    expect(plain(formatChange(ratio, language))).toBe(expected);
  });
});
