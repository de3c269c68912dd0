import { describe, expect, it } from "vitest";
import {
  fluidChoices,
  fluidsOf,
  isPart,
  meters,
  toldFluids,
} from "../src/consumption/parts";
import { device, site } from "./examples";

describe("a part of the site (S166)", () => {
  const lamp = device({ id: 1, groups: [3, 4], load: 7 });

  it.each([
    [null, null, true],
    [3, null, true],
    [5, null, false],
    [4, 7, true],
    [4, 8, false],
    [null, 8, false],
  ])("of group %s and load %s: %s", (group, load, expected) => {
    expect(isPart(lamp, group, load)).toBe(expected);
  });
});

describe("devices that count", () => {
  const meter = device({ id: 1, quantities: ["active_energy_import"] });
  const solar = device({
    id: 2,
    quantities: ["active_energy_import", "active_energy_export"],
  });
  const gas = device({ id: 3, quantities: ["gas_volume"] });
  const module = device({ id: 4, quantities: ["input_1"] });

  it("are meters", () => {
    expect(meters([meter, solar, gas, module]).map(({ id }) => id)).toEqual([1, 2, 3]);
  });
});

describe("the fluids of a site (S163)", () => {
  const devices = [
    device({ id: 1, fluid: "water" }),
    device({ id: 2, fluid: "gas" }),
    device({ id: 3, fluid: "electricity" }),
  ];

  it("are those that somebody measures, electricity first", () => {
    expect(fluidsOf(site({ devices }))).toEqual(["electricity", "gas", "water"]);
    expect(fluidsOf(site({ devices: devices.slice(0, 1) }))).toEqual(["water"]);
  });

  it("are told with what is fed in and the energy of gas", () => {
    const solar = device({ id: 4, quantities: ["active_energy_export"] });
    const whole = site({ devices: [...devices, solar], has_gas_factor: true });
    expect(toldFluids(whole)).toEqual([
      "electricity",
      "electricity_export",
      "gas",
      "gas_kwh",
      "water",
    ]);
    expect(toldFluids(site({ devices }))).toEqual(["electricity", "gas", "water"]);
  });

  it("offer gas in kilowatt-hours where the factor is known", () => {
    expect(fluidChoices(site({ devices }))).not.toContain("gas_kwh");
    expect(fluidChoices(site({ devices, has_gas_factor: true }))).toEqual([
      "electricity",
      "gas",
      "gas_kwh",
      "water",
    ]);
  });
});
