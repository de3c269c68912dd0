import { describe, expect, it } from "vitest";
import type { CostSeries, Costs, Tariff } from "../src/backend/tariff-types";
import { costsOf, paidOf, withAllTariffs } from "../src/consumption/costs";
import { coloredShares } from "../src/consumption/overall";
import { summarize } from "../src/consumption/summary";
import { amountText, formatColumn, priceText } from "../src/format/numbers";
import { localizer } from "../src/localize";
import { EN, ZONE } from "./examples";

const plain = (text: string) => text.replaceAll(/\s/g, " ");
const series = (id: number, changes: Partial<CostSeries>): CostSeries => ({
  ...{ kind: "tariff", id, name: `Tariff ${id}`, color: "#111111" },
  ...{ energy: [], costs: [], energy_total: null, cost_total: null },
  ...changes,
});
const costs: Costs = {
  ...{ fluid: "electricity", unit: "Wh", currency: "EUR", bucket: "month" },
  ...{ start: "2026-01-01T00:00:00+01:00", end: "2026-03-01T00:00:00+01:00" },
  buckets: ["2026-01-01T00:00:00+01:00", "2026-02-01T00:00:00+01:00"],
  series: [
    series(2, {
      ...{ energy: [1000, null], costs: ["0.1589", null] },
      ...{ energy_total: 1000, cost_total: "0.1589" },
    }),
    series(0, {
      ...{ none: true, name: "", color: null },
      ...{ energy: [null, 500], costs: [null, "0"] },
      ...{ energy_total: 500, cost_total: "0" },
    }),
  ],
  ...{ energy_total: 1500, cost_total: "0.1589", complete: true },
};
const tariffs: Tariff[] = [
  { id: 1, name: "Peak", color: "#d62728", prices: [] },
  { id: 2, name: "Off-peak", color: "#1f77b4", prices: [] },
];
const now = new Date("2026-04-01T00:00:00Z");
const en = localizer("en");

describe("costs in the shape of a consumption", () => {
  it("are money in the site's currency, or what was paid for", () => {
    expect(paidOf(costs)).toMatchObject({
      ...{ unit: "EUR", total: 0.1589 },
      series: [
        { values: [0.1589, null], total: 0.1589 },
        { id: null, values: [null, 0] },
      ],
    });
    expect(paidOf(costs, "energy")).toMatchObject({ unit: "Wh", total: 1500 });
    expect(costsOf(paidOf(costs))).toBe(costs);
  });

  it("list every tariff in its place and colour, those without data empty (S171)", () => {
    const summary = summarize(paidOf(costs), now, EN, ZONE, en);
    const { rows } = withAllTariffs(summary, tariffs, en);
    expect(rows.map(({ name, color, total }) => [name, color, total])).toEqual([
      ["Peak", "#d62728", null],
      ["Off-peak", "#1f77b4", 0.1589],
      ["Without a tariff", "#8a8f98", 0],
    ]);
    expect(coloredShares(rows)).toMatchObject([
      { name: "Off-peak", color: "#1f77b4", start: 0, share: 1 },
    ]);
  });
});

describe("money", () => {
  it.each([
    [12.345, "EUR", "en", "€12.35"],
    [12.345, "EUR", "fr", "12,35 €"],
    [1234, "JPY", "en", "¥1,234"],
    [0.0041, "EUR", "en", "€0.004"],
    [0, "EUR", "en", "€0.00"],
    [-3.2, "EUR", "en", "−€3.20"],
  ])("%d %s in %s: %s", (value, currency, language, expected) => {
    expect(plain(amountText(value, currency, { ...EN, language }))).toBe(expected);
  });

  it("stands in columns with the digits of its currency", () => {
    const text = formatColumn([1, 1000], "EUR", EN);
    expect([1, 1000, null].map(text)).toEqual(["€1.00", "€1,000.00", "–"]);
  });

  it.each([
    ["0.2", "€0.20"],
    ["0.214635", "€0.214635"],
    ["-0.01", "−€0.01"],
  ])("a price of %s: %s (S106)", (price, expected) => {
    expect(priceText(price, "EUR", EN)).toBe(expected);
  });
});
