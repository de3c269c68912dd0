import { describe, expect, it } from "vitest";
import { needsConsent } from "../src/device/consent";
import { deviceIcon, fluidsOfDevice } from "../src/device/meters";
import { type DevicePage, pagesOf } from "../src/device/pages";
import { weekCheckOf } from "../src/device/quality";
import { badgesOf, toneOf } from "../src/device/states";
import { commonMultiple, shown } from "../src/device/values";
import { localizer } from "../src/localize";
import { device, EN, states } from "./examples";

const PHASES = ["l1", "l2", "l3"];
const keys = (pages: readonly DevicePage[]) => pages.map((page) => page.key);

describe("the pages of a device", () => {
  const meter = device({
    id: 1,
    quantities: [
      "active_energy_import",
      "active_power",
      "power_factor",
      ...PHASES.flatMap((p) => [`active_power_${p}`, `voltage_${p}`, `current_${p}`]),
      "current_n",
      "frequency",
    ],
  });

  it("are energy, power and network for a meter; others are left out (S148)", () => {
    expect(keys(pagesOf(meter))).toEqual(["power", "network", "energy"]);
  });

  it("put phases into columns, and leave a hole where there is no value", () => {
    const [power, network] = pagesOf(meter);
    expect(power?.parts[0]).toEqual({
      kind: "matrix",
      columns: ["total", "l1", "l2", "l3"],
      rows: [
        {
          name: "active_power",
          quantities: ["active_power", ...PHASES.map((p) => `active_power_${p}`)],
        },
        { name: "power_factor", quantities: ["power_factor", null, null, null] },
      ],
    });
    expect(network?.parts[0]).toMatchObject({
      columns: ["l1", "l2", "l3", "n"],
      rows: [
        {
          name: "voltage",
          quantities: ["voltage_l1", "voltage_l2", "voltage_l3", null],
        },
        { name: "current" },
      ],
    });
  });

  it("tell what counters did below what they show", () => {
    const kinds = pagesOf(meter).map((page) => page.parts.map((part) => part.kind));
    expect(kinds.at(-1)).toEqual(["list", "corrections"]);
    expect(kinds.slice(0, -1).flat()).not.toContain("corrections");
    const water = device({ id: 6, quantities: ["water_volume"] });
    expect(pagesOf(water)).toEqual([
      {
        key: "volume",
        parts: [
          { kind: "list", quantities: ["water_volume"] },
          { kind: "corrections" },
        ],
      },
    ]);
  });

  it("have THD and harmonics only where the device has them", () => {
    const analyser = { ...meter, quantities: ["thd_voltage_l1"], has_harmonics: true };
    expect(keys(pagesOf(analyser))).toEqual(["thd", "harmonics"]);
  });

  it("are station, errors and commands for a charging station (S157, S158)", () => {
    const station = device({
      id: 2,
      quantities: ["station_state", "station_error", "charge_error", "rated_current"],
      known_commands: ["ev_plug"],
      commands: { ev_plug: "switch.ev" },
    });
    expect(keys(pagesOf(station))).toEqual([
      "station",
      "station_errors",
      "charge_errors",
      "command",
    ]);
  });

  it("put each output with its settings (S153-S156)", () => {
    const relays = device({
      id: 3,
      quantities: ["output_1", "output_2", "output_1_mode"],
      known_commands: ["output_1", "output_1_mode"],
      commands: { output_1: "switch.one" },
    });
    expect(pagesOf(relays)).toEqual([
      { key: "outputs", parts: [{ kind: "outputs", numbers: [1, 2] }] },
    ]);
  });

  it("say which commands wait for the map to be confirmed (D9)", () => {
    const guessed = device({ id: 4, quantities: [], waiting_commands: ["output_1"] });
    expect(pagesOf(guessed)).toEqual([
      { key: "command", parts: [{ kind: "commands", keys: [] }] },
    ]);
  });

  it("are none for a device without a model", () => {
    expect(pagesOf(device({ id: 5, quantities: [] }))).toEqual([]);
  });
});

describe("badges", () => {
  const breaker = device({
    id: 1,
    quantities: ["breaker_state", "prealarm"],
    entities: { breaker_state: "sensor.b", prealarm: "binary_sensor.p" },
  });
  const badge = (state: string) =>
    badgesOf(breaker, states({ "sensor.b": state, "binary_sensor.p": "off" }));

  it.each([
    ["closed", "good"],
    ["open", "warn"],
    ["tripped", "bad"],
    ["drawn_out", "warn"],
  ])("say that a breaker is %s (S83)", (state, tone) => {
    expect(badge(state)).toMatchObject([
      { quantity: "breaker_state", value: state, tone },
    ]);
  });

  it("tell closed, open and tripped apart by their icons as well", () => {
    const icons = ["closed", "open", "tripped"].map((state) => badge(state)[0]?.icon);
    expect(new Set(icons).size).toBe(3);
  });

  it("say nothing of a device that is not there", () => {
    expect(badge("unavailable")).toEqual([]);
  });

  it("count inputs and outputs, of the bus where it has spoken", () => {
    const module = device({
      id: 2,
      quantities: ["input_1", "input_2", "output_1"],
      entities: { input_1: "binary_sensor.i1" },
      commands: { output_1: "switch.o1" },
    });
    const known = states({ "binary_sensor.i1": "on", "switch.o1": "off" });
    expect(badgesOf(module, known).map((one) => one.count)).toEqual([
      { on: 1, all: 1 },
      { on: 0, all: 1 },
    ]);
    const live = { input_1: "off", input_2: "off", output_1: "on" };
    expect(badgesOf(module, known, live).map((one) => one.count)).toEqual([
      { on: 0, all: 2 },
      { on: 1, all: 1 },
    ]);
  });

  it("are calm about an error that is none", () => {
    expect(toneOf("station_error", "none")).toBe("calm");
    expect(toneOf("station_error", "dc_leakage")).toBe("bad");
    expect(toneOf("prealarm", "on")).toBe("bad");
  });
});

describe("last week's check by EN 50160 (S88)", () => {
  const main = device({ id: 1, power_quality_entity: "sensor.eq" });
  const check = (state: string) => weekCheckOf(main, states({ "sensor.eq": state }));

  it.each([
    ["ok", "good", "Last week’s EN 50160 check: OK"],
    ["ko", "bad", "Last week’s EN 50160 check: not OK"],
    ["incomplete", "warn", "Last week’s EN 50160 check: incomplete"],
    ["unknown", "calm", "EN 50160 check: none yet"],
  ])("is told as its sensor has it: %s", (state, tone, text) => {
    const shown = check(state);
    expect(shown).toMatchObject({ entityId: "sensor.eq", tone });
    expect(shown && localizer("en")(shown.text)).toBe(text);
  });

  it("names the week that was checked", () => {
    const attributes = { week: "2026-W47" };
    const known = { "sensor.eq": { entity_id: "sensor.eq", state: "ko", attributes } };
    expect(weekCheckOf(main, known)?.week).toBe("2026-W47");
    expect(check("unknown")?.week).toBe("");
  });

  it("is not spoken of where there is none", () => {
    const known = states({ "sensor.eq": "ok" });
    expect(weekCheckOf(device({ id: 2, power_quality_entity: null }), known)).toBe(
      undefined,
    );
    expect(weekCheckOf(main, {})).toBe(undefined);
    expect(check("unavailable")).toBe(undefined);
  });
});

describe("values of a device", () => {
  const watts = { unit: "W", decimals: 0, options: [] };

  it("share one multiple in a row", () => {
    const multiple = commonMultiple(["a", "b", null], { a: 300, b: 12_000 }, "W");
    expect(multiple).toEqual({ unit: "kW", divisor: 1000 });
    expect(shown(300, watts, EN, multiple)).toEqual({ number: "0.300", unit: "kW" });
  });

  it("are a dash while unknown, never a zero", () => {
    expect(shown(undefined, watts, EN).number).toBe("–");
    expect(shown(null, watts, EN).number).toBe("–");
    expect(shown(0, watts, EN).number).toBe("0");
  });

  it.each([
    [59, "59", "s"],
    [61, "1:01", "min"],
    [3600 * 5 + 60 * 53 + 25, "5:53:25", "h"],
  ])("are a time where they last: %s s", (seconds, number, unit) => {
    const quantity = { unit: "s", decimals: 0, options: [] };
    expect(shown(seconds, quantity, EN)).toEqual({ number, unit });
  });
});

describe("what a device is", () => {
  it("counts by its counters, not by what it is wired to", () => {
    expect(fluidsOfDevice(device({ id: 1, quantities: ["breaker_state"] }))).toEqual(
      [],
    );
    const roof = device({
      id: 2,
      quantities: ["active_energy_export", "active_energy_import"],
    });
    expect(fluidsOfDevice(roof)).toEqual(["electricity", "electricity_export"]);
  });

  it("is seen in its sign", () => {
    const sign = (...quantities: string[]) => deviceIcon(device({ id: 1, quantities }));
    const signs = [
      sign("active_energy_import"),
      sign("station_state", "active_energy_import"),
      sign("breaker_state"),
      sign("input_1"),
    ];
    expect(new Set(signs).size).toBe(4);
  });
});

describe("a second yes", () => {
  const lamp = device({ id: 1, quantities: ["output_1"] });
  const contactor = device({ id: 2, quantities: ["output_1", "contact_state"] });

  it.each([
    "breaker_open",
    "breaker_close",
    "ev_plug",
    "domestic_plug",
    "session_state",
  ])("is asked for before %s", (command) => {
    expect(needsConsent(lamp, command)).toBe(true);
  });

  it("is asked for where an output moves a breaker, and not for a plain output", () => {
    expect(needsConsent(contactor, "output_1")).toBe(true);
    expect(needsConsent(lamp, "output_1")).toBe(false);
    expect(needsConsent(contactor, "output_1_mode")).toBe(false);
  });
});
