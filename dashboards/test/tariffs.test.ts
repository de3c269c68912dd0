import { describe, expect, it } from "vitest";
import type {
  CostRule,
  Segment,
  Tariff,
  TariffPlan,
  Tariffs,
} from "../src/backend/tariff-types";
import type { FrontendLocale } from "../src/hass/types";
import { localizer } from "../src/localize";
import { hoursOf, mondayOf, previewDays, stripsOf } from "../src/tariffs/calendar";
import {
  alwaysRule,
  EMPTY_PLAN,
  isSettled,
  moveRule,
  newTariff,
  priceOn,
  putRule,
  putTariff,
  withoutRule,
  withoutTariff,
} from "../src/tariffs/draft";
import {
  formErrors,
  ruleForm,
  ruleOfForm,
  tariffForm,
  tariffOfForm,
} from "../src/tariffs/forms";
import { datesText, frameText, gapsText, weekdaysText } from "../src/tariffs/texts";
import { warningsOf } from "../src/tariffs/warnings";
import { EN, ZONE } from "./examples";

const peak: Tariff = {
  id: 1,
  name: "Peak",
  color: "#d62728",
  prices: [{ from: null, price: "0.2" }],
};
const night: Tariff = { ...peak, id: 2, name: "Night", color: "#1f77b4" };
const rule = (tariff: string, changes: Partial<CostRule> = {}): CostRule => ({
  ...alwaysRule(tariff),
  ...changes,
});
const plan: TariffPlan = {
  tariffs: [peak, night],
  rules: [rule("Peak", { from: "07:00", to: "21:59" }), rule("Night")],
  mode: "continuous",
};
const names = ({ rules }: TariffPlan) => rules.map(({ tariff }) => tariff);

describe("new tariffs", () => {
  it("may be as many as one likes, each in a colour of its own", () => {
    const many = Array.from({ length: 8 }).reduce<TariffPlan>((plan, _, place) => {
      return putTariff(plan, null, { ...newTariff(plan), name: `${place}` });
    }, EMPTY_PLAN);
    expect(new Set(many.tariffs.map(({ color }) => color)).size).toBe(8);
  });
});

describe("a draft of a plan", () => {
  const three = { ...plan, rules: ["A", "B", "C"].map((name) => rule(name)) };

  it.each([
    [0, 1, ["B", "A", "C"]],
    [2, 0, ["C", "A", "B"]],
    [1, 2, ["A", "C", "B"]],
    [0, -1, ["A", "B", "C"]],
    [2, 3, ["A", "B", "C"]],
  ])("moves rule %i to %i (S111)", (from, to, expected) => {
    expect(names(moveRule(three, from, to))).toEqual(expected);
  });

  it("puts a new rule first, where exceptions belong (S110)", () => {
    expect(names(putRule(three, null, rule("New")))).toEqual(["New", "A", "B", "C"]);
  });

  it("lets the first tariff of all apply always", () => {
    const { rules, tariffs } = putTariff(EMPTY_PLAN, null, peak);
    expect(tariffs).toEqual([peak]);
    expect(rules).toEqual([alwaysRule("Peak")]);
  });

  it("lets rules follow a new name of their tariff (S271)", () => {
    const renamed = putTariff(plan, 0, { ...peak, name: "Day" });
    expect(names(renamed)).toEqual(["Day", "Night"]);
  });

  it("deletes the rules of a deleted tariff, and no others", () => {
    expect(names(withoutTariff(plan, 0))).toEqual(["Night"]);
    expect(names(withoutRule(plan, 1))).toEqual(["Peak"]);
  });

  it("knows itself once it was saved: numbered, and with zeros cut", () => {
    const [first, ...others] = plan.tariffs;
    const typed = [{ ...peak, prices: [{ from: null, price: "0.2000" }] }, ...others];
    expect(first).toBeDefined();
    expect(isSettled(plan, { ...plan, tariffs: typed })).toBe(true);
    expect(isSettled(plan, { ...plan, rules: plan.rules.toReversed() })).toBe(false);
  });
});

describe("the price of a day (S105)", () => {
  const dated: Tariff = {
    ...peak,
    prices: [
      { from: "2026-07-01", price: "0.3" },
      { from: "2026-01-01", price: "0.2" },
    ],
  };
  it.each([
    ["2025-12-31", "0.2"],
    ["2026-06-30", "0.2"],
    ["2026-07-01", "0.3"],
    ["2027-01-01", "0.3"],
  ])("%s: %s", (day, price) => {
    expect(priceOn(dated, day)).toBe(price);
  });
});

describe("the strips of a day", () => {
  const segment = (start: string, end: string, tariff: number | null): Segment => ({
    ...{ start, end, tariff, rule: tariff, price: "0.2" },
  });

  it("cuts at midnight what goes on over it", () => {
    const strips = stripsOf([
      segment("2026-11-23T22:00:00+01:00", "2026-11-24T06:00:00+01:00", 2),
    ]);
    expect([...strips.keys()]).toEqual(["2026-11-23", "2026-11-24"]);
    expect(strips.get("2026-11-23")).toMatchObject([{ from: 1320, to: 1440 }]);
    expect(strips.get("2026-11-24")).toMatchObject([{ from: 0, to: 360 }]);
  });

  it("ends where a segment ends at midnight", () => {
    const strips = stripsOf([
      segment("2026-11-23T00:00:00+01:00", "2026-11-24T00:00:00+01:00", 1),
    ]);
    expect([...strips.keys()]).toEqual(["2026-11-23"]);
  });

  it("draws the hour that autumn repeats once, and no strip over another (Q24)", () => {
    const strips = stripsOf([
      segment("2026-10-25T00:00:00+02:00", "2026-10-25T02:59:00+02:00", 1),
      segment("2026-10-25T02:00:00+01:00", "2026-10-26T00:00:00+01:00", 2),
    ]);
    expect(strips.get("2026-10-25")).toMatchObject([
      { from: 0, to: 120, tariff: 1 },
      { from: 120, to: 1440, tariff: 2 },
    ]);
  });

  it("adds up the hours of each tariff, and of none", () => {
    const strips = stripsOf([
      segment("2026-11-23T00:00:00+01:00", "2026-11-23T06:30:00+01:00", 2),
      segment("2026-11-23T06:30:00+01:00", "2026-11-23T22:00:00+01:00", 1),
      segment("2026-11-23T22:00:00+01:00", "2026-11-24T00:00:00+01:00", null),
    ]);
    expect(hoursOf(strips, ["2026-11-23"])).toEqual(
      new Map([
        [2, 6.5],
        [1, 15.5],
        [null, 2],
      ]),
    );
  });

  it.each([
    ["2026-11-23", "2026-11-23"],
    ["2026-11-29", "2026-11-23"],
    ["2026-01-01", "2025-12-29"],
  ])("%s lies in the week of %s", (day, monday) => {
    expect(mondayOf(day)).toBe(monday);
  });

  it.each([2024, 2026, 2027, 2028])("asks for no more than 400 days of %i", (year) => {
    const { start, end } = previewDays(`${year}-06-01`);
    expect((Date.parse(end) - Date.parse(start)) / 864e5).toBeLessThan(400);
    expect(start <= `${year}-01-01` && `${year}-12-31` <= end).toBe(true);
  });
});

describe("forms", () => {
  it("give back the rule that they were given", () => {
    const given = rule("Peak", {
      from: "07:00",
      to: "21:59",
      start_date: "2026-03-01",
    });
    expect(ruleOfForm(ruleForm(given))).toEqual(given);
  });

  it("cut the seconds of a time, and take what is empty for the whole", () => {
    const made = ruleOfForm({
      tariff: "Peak",
      from: "07:00:00",
      weekdays: ["fri", "mon"],
    });
    expect(made).toEqual(rule("Peak", { from: "07:00", weekdays: ["mon", "fri"] }));
  });

  it("give back the tariff that they were given, with its number", () => {
    const dated = {
      ...peak,
      prices: [...peak.prices, { from: "2026-07-01", price: "0.31" }],
    };
    expect(tariffOfForm(tariffForm(dated), 2, dated)).toEqual(dated);
  });

  it("take a comma for the decimal sign, and an emptied price for deleted", () => {
    const form = {
      name: " Peak ",
      color: [1, 2, 255],
      "price#0": "0,2146",
      "price#1": "",
    };
    expect(tariffOfForm(form, 2, undefined)).toEqual({
      ...{ name: "Peak", color: "#0102ff" },
      prices: [{ from: null, price: "0.2146" }],
    });
  });

  it("need no price where an entity says it, and forget an entity that was taken out", () => {
    const dynamic = tariffOfForm(
      { name: "Spot", color: [1, 2, 3], price_source: "sensor.spot" },
      1,
      undefined,
    );
    expect(dynamic).toMatchObject({ prices: [], price_source: "sensor.spot" });
    const form = { ...tariffForm(dynamic), price_source: "", "price#0": "0.2" };
    expect(tariffOfForm(form, 1, dynamic)).toEqual({
      ...{ name: "Spot", color: "#010203" },
      prices: [{ from: null, price: "0.2" }],
    });
  });

  it("say what is wrong at the field, and nothing of other rules", () => {
    const problem = (where: string) => ({ where, key: "x", message: where });
    const problems = ["rules[1].to", "rules[2].from", "rules[1]", "tariffs[1].name"];
    expect(formErrors(problems.map(problem), "rule", 1)).toEqual({
      to: "rules[1].to",
      base: "rules[1]",
    });
    const ofTariff = ["tariffs[0].prices[1].price", "tariffs[0].prices[1].from"];
    expect(formErrors(ofTariff.map(problem), "tariff", 0)).toEqual({
      "price#1": "tariffs[0].prices[1].price",
      "from#1": "tariffs[0].prices[1].from",
    });
  });
});

describe("a rule in words", () => {
  const en = localizer("en");
  const twelve: FrontendLocale = { ...EN, time_format: "12" };
  const plain = (text: string) => text.replaceAll(/\s/g, " ");

  it.each([
    [["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "Every day"],
    [["mon", "tue", "wed", "thu", "fri"], "Mon – Fri"],
    [["mon", "tue", "wed", "thu", "fri", "sun"], "Sun – Fri"],
    [["sat", "sun"], "Sat, Sun"],
    [["mon", "wed", "fri"], "Mon, Wed, Fri"],
    [[], "–"],
  ] as const)("%j: %s", (weekdays, expected) => {
    expect(weekdaysText(weekdays, EN, en)).toBe(expected);
  });

  it.each([
    ["00:00", "23:59", EN, "All day"],
    ["07:00", "21:59", EN, "07:00 – 21:59"],
    ["22:00", "05:59", EN, "22:00 – 05:59 the next day"],
    ["07:00", "21:59", twelve, "7:00 AM – 9:59 PM"],
  ])("%s to %s: %s", (from, to, locale, expected) => {
    expect(plain(frameText({ from, to }, locale, en))).toBe(expected);
  });

  it.each([
    [{}, "Always"],
    [
      { start_date: "2020-03-01", end_date: "2020-03-31" },
      "Mar 1, 2020 – Mar 31, 2020",
    ],
    [
      { start_date: "2026-12-25", end_date: "2026-12-25", repeat_yearly: true },
      "Dec 25, every year",
    ],
    [{ end_date: "2026-06-30" }, "Until Jun 30, 2026"],
  ])("%j: %s", (changes, expected) => {
    expect(plain(datesText(rule("Peak", changes), EN, en))).toBe(expected);
  });

  it("names the times without a rule, once for all weekdays of the same (S272)", () => {
    const at = (weekday: "mon" | "tue" | "wed" | "sun", from: string, to: string) => ({
      ...{ weekday, from, to },
    });
    const gaps = [
      ...(["mon", "tue", "wed"] as const).map((day) => at(day, "00:00", "05:59")),
      at("sun", "22:00", "23:59"),
    ];
    expect(gapsText(gaps, EN, en)).toBe("Mon – Wed 00:00 – 05:59; Sun 22:00 – 23:59");
    const many = [1, 2, 3, 4, 5, 6].map((hour) =>
      at("sun", `0${hour}:00`, `0${hour}:29`),
    );
    expect(gapsText(many, EN, en)).toMatch(/04:29; 2 more$/);
  });
});

describe("warnings of a plan", () => {
  const shown = {
    ...plan,
    ...{ fluid: "electricity", currency: "EUR", price_unit: "EUR/kWh" },
    ...{ all_tariffs: [], unreachable: [], hidden_by: {}, calendar: [] },
    ...{ active: null, next: null, gaps: [], problems: [] },
    disagreements: [
      { start: "2026-11-28T00:00:00+01:00", end: "2026-11-28T06:00:00+01:00" },
    ],
  } as const satisfies Partial<Tariffs>;
  const en = localizer("en");
  const texts = (changes: Partial<Tariffs>) =>
    warningsOf({ ...shown, ...changes } as Tariffs, ZONE, EN, en);

  it("say where the sticky reading differs from that minute by minute (Q22)", () => {
    expect(texts({ mode: "ews" })[0]).toContain("Saturday, November 28");
    expect(texts({ mode: "continuous" })).toEqual([]);
  });

  it("tell problems of tariffs; those of a rule stand in its row", () => {
    const problem = (where: string) => ({ where, key: "x", message: where });
    const problems = ["tariffs[0].name", "rules[1].to"].map(problem);
    expect(texts({ problems })).toEqual(["tariffs[0].name"]);
  });
});
