import { describe, expect, it } from "vitest";
import type { Consumption, Series } from "../src/backend/types";
import {
  besideDay,
  commonFluid,
  fluidsOfItem,
  type Item,
  inOrder,
  itemOf,
  itemsOf,
  keyOfItem,
  scopesOf,
  sideBySide,
} from "../src/consumption/compared";
import { device, EN, site, ZONE } from "./examples";

const LAMPS = device({ id: 1, load: 7, groups: [3] });
const SOLAR = device({
  id: 2,
  quantities: ["active_energy_import", "active_energy_export"],
});
const GAS = device({ id: 3, fluid: "gas", quantities: ["gas_volume"], groups: [3] });
const SITE = site({
  devices: [LAMPS, SOLAR, GAS],
  loads: [
    { id: 7, key: "lighting", name: "Lighting", color: "#f4c542", enabled: true },
    { id: 8, key: null, name: "Nobody's", color: "#000000", enabled: true },
  ],
  groups: [{ id: 3, name: "Ground floor", description: "", enabled: true }],
});

const dev = (id: number): Item => ({ level: "device", id });
const LIGHTING: Item = { level: "load", id: 7 };
const FLOOR: Item = { level: "group", id: 3 };
const WHOLE: Item = { level: "site", id: 0 };

describe("what can be compared (S167, S168)", () => {
  it("is told apart by its level and number", () => {
    expect(itemOf(keyOfItem(FLOOR))).toEqual(FLOOR);
    expect(itemOf("gateway:1")).toBeUndefined();
  });

  it("are the site, and the loads and groups with a meter", () => {
    expect(itemsOf(SITE)).toEqual([WHOLE, LIGHTING, FLOOR]);
  });

  it.each([
    [[dev(1), dev(2)], "electricity"],
    [[dev(3)], "gas"],
    [[dev(1), dev(3)], undefined],
    [[LIGHTING, dev(3)], undefined],
    [[LIGHTING, FLOOR, WHOLE], "electricity"],
    [[FLOOR, dev(3)], "gas"],
    [[], undefined],
  ])("%j have the fluid %s", (items, fluid) => {
    expect(commonFluid(items, SITE)).toBe(fluid);
  });

  it("counts in every fluid of its devices, a device in its own", () => {
    expect(fluidsOfItem(FLOOR, SITE)).toEqual(["electricity", "gas"]);
    expect(fluidsOfItem(dev(2), SITE)).toEqual(["electricity"]);
    expect(fluidsOfItem(dev(9), SITE)).toEqual([]);
  });
});

describe("the questions", () => {
  it("are one for each level in quantity", () => {
    const common = { compare: "none", fluid: "electricity" };
    expect(scopesOf([dev(1), LIGHTING, dev(2), WHOLE], SITE, false)).toEqual([
      { ...common, level: "device", by: "device", ids: [1, 2] },
      { ...common, level: "load", by: "level", ids: [7] },
      { ...common, level: "site", by: "level" },
    ]);
  });

  it("are one for each level and fluid in money", () => {
    const asked = scopesOf([FLOOR, dev(3)], SITE, true, "2026-01-31");
    expect(asked.map(({ level, fluid, ids }) => [level, fluid, ids])).toEqual([
      ["group", "electricity", [3]],
      ["group", "gas", [3]],
      ["device", "gas", [3]],
    ]);
    expect(asked.every(({ isMoney, date }) => isMoney && date === "2026-01-31")).toBe(
      true,
    );
  });
});

describe("the period beside", () => {
  it.each([
    ["none", "", "day", "2026-03-01", undefined],
    ["previous", "", "day", "2026-03-01", "2026-02-28"],
    ["previous", "", "month", "2026-03-31", "2026-02-01"],
    ["last_year", "", "month", "2026-03-31", "2025-03-31"],
    ["last_year", "", "day", "2028-02-29", "2027-02-28"],
    ["other", "", "day", "2026-03-01", undefined],
    ["other", "2024-07-14", "year", "2026-03-01", "2024-07-14"],
  ] as const)("%s %s of a %s at %s: %s", (beside, other, period, day, expected) => {
    expect(besideDay(beside, other, period, day)).toBe(expected);
  });
});

function series(kind: string, id: number, values: (number | null)[]): Series {
  const total = values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  return { kind, id, name: `${kind} ${id}`, color: "#112233", values, total };
}

/** A month of days in Brussels, of which the first ones have a value. */
function month(name: string, days: number, one: Series): Consumption {
  const day = (number: number) =>
    `2026-${name}-${String(number).padStart(2, "0")}T00:00:00+01:00`;
  return {
    ...{ fluid: "electricity", unit: "Wh", bucket: "day", complete: true },
    start: day(1),
    end: day(days),
    buckets: Array.from({ length: days }, (_, index) => day(index + 1)),
    ...{ series: [one], total: one.total, partial: [] },
  };
}

describe("the answers as one", () => {
  it("add up what an object costs in several fluids", () => {
    const power = month("02", 3, series("group", 3, [1, null, 2]));
    const gas = month("02", 3, series("group", 3, [10, null, null]));
    const found = sideBySide([power, gas], [], EN, ZONE);
    expect(found?.series).toEqual([series("group", 3, [11, null, 2])]);
  });

  it("put the days of another month below those of the same number", () => {
    const shown = month("02", 3, series("device", 1, [1, 2, 3]));
    const beside = month("01", 2, series("device", 1, [10, 20]));
    const found = sideBySide([shown], [beside], EN, ZONE);
    expect(
      found?.series.map(({ kind, values, total }) => [kind, values, total]),
    ).toEqual([
      ["device", [1, 2, 3], 6],
      ["device@", [10, 20, null], 30],
    ]);
  });

  it("are drawn in the order of the choice, the period beside half seen through", () => {
    const rows = [
      { key: "device:1", name: "?", color: "#112233" },
      { key: "load:7", name: "?", color: "#f4c542" },
      { key: "device@:1", name: "?", color: "#4e79a7" },
    ];
    const found = inOrder(rows, [LIGHTING, dev(1)], keyOfItem, "Jan 2026");
    expect(found.map(({ name, color }) => [name, color])).toEqual([
      ["load:7", "#f4c542"],
      ["device:1", "#112233"],
      ["device:1 · Jan 2026", "#11223380"],
    ]);
  });
});
