import { describe, expect, it } from "vitest";
import {
  compareAddresses,
  countStatuses,
  filterSections,
  matchesSearch,
  sectionsOf,
} from "../src/board/grouping";
import { deviceStatus, gatewayStatus, isUnverified } from "../src/board/status";
import { liveValues, shownEntities } from "../src/board/values";
import { device, EN, gateway, site, states } from "./examples";

const example = site({
  gateways: [
    gateway({ id: 1, name: "Cellar", board: 1 }),
    gateway({ id: 2, name: "Roof" }),
    gateway({ id: 3, name: "Annexe", board: 1 }),
  ],
  boards: [
    { id: 1, name: "Main", description: "", enabled: true, device_id: null },
    { id: 2, name: "Spare", description: "", enabled: true, device_id: null },
  ],
  loads: [{ id: 4, key: "lighting", name: "Éclairage", color: "#fff", enabled: true }],
  devices: [
    device({ id: 1, address: "10", name: "Étage 2", load: 4 }),
    device({ id: 2, address: "9", name: "Étage 10" }),
    device({ id: 3, address: "2-10", gateway: 2, name: "Boiler" }),
    device({ id: 4, address: "2-9", gateway: 2, name: "Garden" }),
    device({ id: 5, address: "1", gateway: 3, name: "Heat pump" }),
  ],
});
const shape = (sections: ReturnType<typeof sectionsOf>) =>
  sections.map(({ key, devices }) => [key, devices.map(({ id }) => id)]);

describe("devices by gateway, by board or all (S147)", () => {
  it("by gateway, in the order of their addresses", () => {
    expect(shape(sectionsOf(example, "gateway", "en"))).toEqual([
      ["gateway:1", [2, 1]],
      ["gateway:2", [4, 3]],
      ["gateway:3", [5]],
    ]);
  });

  it("by board: that of the gateway; an empty board stays, the rest comes last", () => {
    expect(shape(sectionsOf(example, "board", "en"))).toEqual([
      ["board:1", [2, 1, 5]],
      ["board:2", []],
      ["board:none", [4, 3]],
    ]);
  });

  it("all, in the order of their names as people read numbers", () => {
    expect(shape(sectionsOf(example, "all", "fr"))).toEqual([["all", [3, 1, 2, 4, 5]]]);
  });

  it.each([
    ["2", "11", -1],
    ["2-10", "2-9", 1],
    ["7", "7", 0],
  ])("address %s against %s", (a, b, sign) => {
    expect(Math.sign(compareAddresses(a, b))).toBe(sign);
  });
});

describe("the search", () => {
  it.each([
    ["etage", [1, 2]],
    ["ÉTAGE 2", [1]],
    ["4 120 53", [1, 2, 3, 4, 5]],
    ["eclairage", [1]],
    ["2-9", [4]],
    ["pump heat", [5]],
    ["nothing", []],
    ["  ", [1, 2, 3, 4, 5]],
  ])("%j", (search, expected) => {
    const found = example.devices.filter((one) => matchesSearch(one, example, search));
    expect(found.map(({ id }) => id)).toEqual(expected);
  });

  it("takes short numbers whole", () => {
    const bare = {
      name: "x",
      printed: null,
      model: null,
      description: null,
      family_name: null,
    };
    expect(matchesSearch(device({ id: 8, ...bare, address: "12" }), example, "2")).toBe(
      false,
    );
    expect(
      matchesSearch(device({ id: 8, ...bare, address: "12" }), example, "12"),
    ).toBe(true);
  });

  it("and the filter leave no empty sections, but without either all stay", () => {
    const all = sectionsOf(example, "board", "en");
    const live = states({ "sensor.status_5": "communication_error" });
    const keys = (search: string, status: "communication_error" | null) =>
      shape(filterSections(all, example, live, { search, status })).map(([key]) => key);
    expect(keys("", null)).toEqual(["board:1", "board:2", "board:none"]);
    expect(keys("garden", null)).toEqual(["board:none"]);
    expect(keys("", "communication_error")).toEqual(["board:1"]);
    expect(keys("garden", "communication_error")).toEqual([]);
  });
});

describe("the status of a device (S84)", () => {
  it.each([
    ["on", "on"],
    ["off", "off"],
    ["communication_error", "communication_error"],
    ["configuration", "configuration"],
    ["unavailable", "unknown"],
    ["something new", "unknown"],
  ] as const)("%s", (state, expected) => {
    const live = states({ "sensor.status_1": state });
    expect(deviceStatus(device({ id: 1 }), live)).toBe(expected);
  });

  it("needs no entity where the settings already say it", () => {
    expect(deviceStatus(device({ id: 1, enabled: false }), {})).toBe("off");
    expect(deviceStatus(device({ id: 1, model: null }), {})).toBe("configuration");
    expect(deviceStatus(device({ id: 1, status_entity: null }), {})).toBe("unknown");
  });

  it("is counted", () => {
    const live = states({ "sensor.status_1": "on", "sensor.status_2": "on" });
    const devices = [device({ id: 1 }), device({ id: 2 }), device({ id: 3 })];
    expect([...countStatuses(devices, live)]).toEqual([
      ["on", 2],
      ["unknown", 1],
    ]);
  });
});

describe("the status of a gateway", () => {
  it.each([
    ["on", "connected"],
    ["off", "unreachable"],
    ["unavailable", "unknown"],
  ] as const)("%s", (state, expected) => {
    const live = states({ "binary_sensor.gateway_1": state });
    expect(gatewayStatus(gateway({ id: 1 }), live)).toBe(expected);
  });

  it("is off when it is disabled", () => {
    expect(gatewayStatus(gateway({ id: 1, enabled: false }), {})).toBe("off");
  });
});

describe("a register map (D9)", () => {
  it.each([
    ["documented", false],
    ["observed", false],
    ["inferred", false],
    ["recalled", true],
    ["assumed", true],
    [null, false],
  ])("that is %s is unverified: %s", (provenance, expected) => {
    expect(isUnverified(device({ id: 1, provenance }))).toBe(expected);
  });
});

describe("live values (S148, S149)", () => {
  const texts = (entities: Record<string, string>, live: ReturnType<typeof states>) => {
    const values = liveValues(device({ id: 1, entities }), live, EN);
    const text = (value: (typeof values)["power"]) =>
      value && `${value.text.number} ${value.text.unit}`.trim();
    return {
      power: text(values.power),
      counter: text(values.counter),
      voltages: values.voltages.map(text),
      currents: values.currents.map(text),
    };
  };

  it("are shown in the best multiple, whatever unit the user chose for the sensor", () => {
    const live = states({
      "sensor.p": ["14.25", "kW"],
      "sensor.e": ["18770", "kWh"],
      "sensor.u1": ["229.6", "V"],
      "sensor.u2": ["231.2", "V"],
      "sensor.i1": ["20654", "mA"],
    });
    const entities = {
      active_power: "sensor.p",
      active_energy_import: "sensor.e",
      voltage_l1: "sensor.u1",
      voltage_l2: "sensor.u2",
      current_l1: "sensor.i1",
    };
    expect(texts(entities, live)).toEqual({
      power: "14.3 kW",
      counter: "18.77 MWh",
      voltages: ["230 V", "231 V"],
      currents: ["20.7 A"],
    });
  });

  it("of gas and water are volumes", () => {
    expect(
      texts({ water_volume: "sensor.w" }, states({ "sensor.w": ["1.234", "m³"] }))
        .counter,
    ).toBe("1.234 m³");
  });

  it("of a solar roof are what it fed in", () => {
    const live = states({ "sensor.in": ["12", "kWh"], "sensor.out": ["4500", "kWh"] });
    const entities = {
      active_energy_import: "sensor.in",
      active_energy_export: "sensor.out",
    };
    expect(texts(entities, live).counter).toBe("4.500 MWh");
  });

  it.each(["unavailable", "unknown", ""])("are a dash while %j", (state) => {
    const live = states({ "sensor.p": [state, "W"] });
    expect(texts({ active_power: "sensor.p" }, live).power).toBe("–");
  });

  it("keep a unit that is not metric", () => {
    const live = states({ "sensor.g": ["35.3147", "ft³"] });
    expect(texts({ gas_volume: "sensor.g" }, live).counter).toBe("35.31 ft³");
  });

  it("without an entity are left out", () => {
    expect(texts({ active_power: "sensor.gone" }, {})).toEqual({
      power: undefined,
      counter: undefined,
      voltages: [],
      currents: [],
    });
  });

  it("take phase-to-phase voltages where there is no neutral", () => {
    const live = states({ "sensor.u": ["398", "V"] });
    expect(texts({ voltage_l1_l2: "sensor.u" }, live).voltages).toEqual(["398 V"]);
  });
});

it("a board draws again only for entities that it shows", () => {
  const one = device({
    id: 1,
    entities: { active_power: "sensor.p", thd_voltage_l1: "sensor.thd" },
  });
  expect(
    shownEntities(site({ gateways: [gateway({ id: 1 })], devices: [one] })),
  ).toEqual(["sensor.status_1", "sensor.p", "binary_sensor.gateway_1"]);
});
