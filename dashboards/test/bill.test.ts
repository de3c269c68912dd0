import { describe, expect, it } from "vitest";
import type { Bill, BillContent, BillLine } from "../src/backend/bill-types";
import { exactMoneyText } from "../src/format/numbers";
import type { FrontendLocale } from "../src/hass/types";
import { localizer } from "../src/localize";
import { besideOf, rateText } from "../src/tariffs/beside";
import {
  billDays,
  groupsOf,
  isTelling,
  overlapping,
  sectionsOf,
} from "../src/tariffs/bill";
import { daysText, lineTexts } from "../src/tariffs/bill-texts";
import { EN, ZONE } from "./examples";

const FR: FrontendLocale = { ...EN, language: "fr" };
const OCTOBER = { first_day: "2026-10-01", last_day: "2026-10-31" };

/** Spaces of all widths as plain ones, to be readable here. */
const plain = (text: string) => text.replaceAll(/\s/g, " ");

function line(overrides: Partial<BillLine> & Pick<BillLine, "kind">): BillLine {
  return {
    ...{ name: "Line", tariff: null, color: null, ...OCTOBER },
    ...{ quantity: "1", unit: "kWh", price: "1", amount: "1" },
    ...overrides,
  };
}

const PEAK = line({
  ...{ kind: "energy", name: "Peak", tariff: 1 },
  ...{ quantity: "200.1234567", price: "0.25", amount: "50.030864175" },
});
const FEE = line({ kind: "fee", name: "Subscription", unit: "month", price: "12.5" });
const VAT = line({
  ...{ kind: "tax", name: "VAT", quantity: null, unit: "%" },
  ...{ price: "20", base: "82.1", amount: "16.42" },
});

function content(...lines: BillLine[]): BillContent {
  return {
    ...{ currency: "EUR", complete: true, lines, energy_total: 0 },
    ...{ energy_cost: "50.03", surcharges: "0", levies: "0", fixed_costs: "12.5" },
    ...{ taxes: "16.42", total: "78.95", total_rounded: "78.95" },
  };
}

function bill(lines: BillLine[], overrides: Partial<Bill> = {}): Bill {
  return {
    ...content(...lines),
    ...{ fluid: "electricity", unit: "kWh", ...OCTOBER, start: "", end: "" },
    ...{ status: "open", revenue: false, frozen: null, differs: false },
    ...overrides,
  };
}

describe("the days of a bill", () => {
  const today = "2026-11-23";
  it.each([
    ["day", "2026-10-05", { period: "custom", start: "2026-10-05", end: "2026-10-05" }],
    // The billing month that begins in the month, whatever day it begins on.
    ["month", "2026-10-05", { period: "month", date: "2026-10-31" }],
    ["month", "2026-02-01", { period: "month", date: "2026-02-28" }],
    ["month", null, { period: "month", date: today }],
    ["year", null, { period: "custom", start: "2026-01-01", end: "2026-12-31" }],
    ["10_years", null, undefined],
  ] as const)("of the %s %s are %o", (period, day, expected) => {
    expect(billDays({ period, day }, today)).toEqual(expected);
  });
});

describe("lines of one thing", () => {
  const month = (number: number, amount: string) =>
    line({
      ...{ kind: "capacity", name: "Capacity", amount },
      peak_at: `2026-0${number}-12T17:15:00+01:00`,
    });
  const year = [month(1, "19.84"), month(2, "6.2"), month(3, "0.000000000001")];
  const alone = (lines: BillLine[]) =>
    lines.map((one) => ({ line: one, now: undefined }));

  it("are folded where there are more than two, and add up exactly", () => {
    expect(groupsOf([...alone([FEE]), ...alone(year)])).toEqual([
      { line: FEE, now: undefined },
      {
        ...{ key: '["capacity","Capacity"]', name: "Capacity" },
        ...{ amount: "26.040000000001", amountNow: undefined, pairs: alone(year) },
      },
    ]);
    expect(groupsOf(alone(year.slice(1)))).toEqual(alone(year.slice(1)));
  });

  it("are folded beside what they would be now", () => {
    const pairs = year.map((one) => ({ line: one, now: month(1, "1") }));
    expect(groupsOf(pairs)).toMatchObject([{ amountNow: "3" }]);
  });
});

describe("what is paid beside the energy", () => {
  const at = (from: string | null, price: string) => ({ from, price });
  const plan = {
    fees: [
      { name: "Subscription", per: "month" as const, prices: [at(null, "12.5")] },
      { name: "Meter", per: "day" as const, prices: [at("2027-01-01", "0.2")] },
    ],
    capacity: { name: "Capacity", prices: [at(null, "3.1"), at("2026-06-01", "4")] },
    levies: [{ name: "Excise", prices: [at(null, "0.0205")] }],
    taxes: [{ name: "VAT", percents: [{ from: null, percent: "5.5" }] }],
  };

  it.each([
    ["kWh", EN, ["€12.50 a month", "", "€4.00/kW", "€0.0205/kWh", "5.5%"]],
    ["m³", FR, ["12,50 € par mois", "", "4,00 €/m³/h", "0,0205 €/m³", "5,5 %"]],
  ])("is told per %s as of today", (unit, locale, expected) => {
    const items = besideOf(plan);
    const texts = items.map((item) =>
      rateText(item, "2026-11-23", "EUR", unit, locale, localizer(locale.language)),
    );
    expect(texts.map(plain)).toEqual(expected);
  });
});

describe("the lines of a bill", () => {
  it("are worth reading when there is more than energy, or when it is frozen", () => {
    expect(isTelling(bill([PEAK]))).toBe(false);
    expect(isTelling(bill([PEAK, FEE]))).toBe(true);
    expect(isTelling(bill([PEAK], { status: "frozen" }))).toBe(true);
  });

  it("stand by what they are for, with the subtotals of the site", () => {
    const sections = sectionsOf(content(PEAK, FEE, VAT), undefined);
    expect(sections.map(({ section, subtotal }) => [section, subtotal])).toEqual([
      ["energy", "50.03"],
      ["fixed_costs", "12.5"],
      ["taxes", "16.42"],
    ]);
  });

  it("stand beside those of now, also where one of both is missing", () => {
    const dearer = { ...PEAK, price: "0.30", amount: "60.04" };
    const night = line({ kind: "energy", name: "Night", tariff: 2 });
    const [energy] = sectionsOf(content(PEAK, FEE), content(night, dearer));
    expect(energy?.pairs).toEqual([
      { line: PEAK, now: dearer },
      { line: undefined, now: night },
    ]);
    const [, fixed] = sectionsOf(content(PEAK, FEE), content(dearer));
    expect(fixed?.pairs).toEqual([{ line: FEE, now: undefined }]);
  });

  it("know the frozen periods that stand in the way", () => {
    const own = { fluid: "electricity", ...OCTOBER } as const;
    const week = { ...own, first_day: "2026-10-05", last_day: "2026-10-11" };
    const water = { ...week, fluid: "water" } as const;
    expect(overlapping(bill([PEAK]), [own, week, water])).toEqual([week]);
  });
});

describe("a line in words", () => {
  const texts = (one: BillLine, locale = EN) =>
    lineTexts(one, bill([one]), ZONE, locale, localizer(locale.language)).map(plain);

  it.each([
    [PEAK, ["200.123 kWh × €0.25/kWh"]],
    [{ ...PEAK, price: null, quantity: "3" }, ["3 kWh at changing prices"]],
    [FEE, ["1 month × €12.50"]],
    [{ ...FEE, quantity: "31", unit: "day", price: "0.4" }, ["31 days × €0.40"]],
    [VAT, ["20% of €82.10"]],
    [
      line({
        ...{ kind: "capacity", quantity: "6.4", unit: "kW", price: "3.1" },
        ...{ peak: "6.4", peak_at: "2026-10-12T18:15:00+02:00" },
      }),
      ["6.4 kW × €3.10/kW", "Highest power: October 12 at 18:15"],
    ],
  ])("%o", (one, expected) => {
    expect(texts(one)).toEqual(expected);
  });

  it("tells its days where the price changed meanwhile", () => {
    const before = { ...PEAK, last_day: "2026-10-14" };
    const after = { ...PEAK, first_day: "2026-10-15", price: "0.3" };
    const both = bill([before, after]);
    expect(
      [before, after].map((one) =>
        plain(lineTexts(one, both, ZONE, EN, localizer("en")).at(-1) ?? ""),
      ),
    ).toEqual(["Oct 1 – 14, 2026", "Oct 15 – 31, 2026"]);
  });

  it("reads as French does", () => {
    expect(texts({ ...FEE, quantity: "0.5" }, FR)).toEqual(["0,5 mois × 12,50 €"]);
    expect(plain(daysText(OCTOBER, FR))).toBe("1–31 oct. 2026");
  });
});

describe("exact money", () => {
  it.each([
    // Beyond what a float can hold to the cent.
    ["12345678901234567.895", "EUR", "€12,345,678,901,234,567.90"],
    ["1.005", "EUR", "€1.01"],
    ["-0.5", "EUR", "−€0.50"],
    ["0", "EUR", "€0.00"],
    ["0.0004", "EUR", "€0.0004"],
    ["1234.5", "JPY", "¥1,235"],
  ])("%s %s is %s", (amount, currency, expected) => {
    expect(exactMoneyText(amount, currency, EN)).toBe(expected);
  });
});
