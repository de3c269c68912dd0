/** What stands on the pages of a device (S148-S158): pure layout, no values. */

import type { Device } from "../backend/types";

export type PageKey =
  | "energy"
  | "power"
  | "network"
  | "thd"
  | "harmonics"
  | "volume"
  | "state"
  | "inputs"
  | "outputs"
  | "station"
  | "station_errors"
  | "charge_errors"
  | "command";

/** Quantities in rows and columns; a row is named by the sentence `matrix.<name>`. */
export interface Matrix {
  kind: "matrix";
  columns: readonly string[];
  rows: { name: string; quantities: (string | null)[] }[];
}

/** Quantities below one another, each with its name. */
export interface List {
  kind: "list";
  quantities: string[];
}

/** A few outputs with their state and settings (S153-S156). */
export interface Outputs {
  kind: "outputs";
  numbers: number[];
}

/** Every error that a state may name, with yes or no (S157, S159). */
export interface Errors {
  kind: "errors";
  quantity: string;
}

export interface Commands {
  kind: "commands";
  keys: string[];
}

export interface Harmonics {
  kind: "harmonics";
}

/** What counters did beside counting. */
export interface Corrections {
  kind: "corrections";
}

export type Part =
  | Matrix
  | List
  | Outputs
  | Errors
  | Commands
  | Harmonics
  | Corrections;

export interface DevicePage {
  key: PageKey;
  parts: Part[];
}

const PHASES = ["l1", "l2", "l3"];
const PAIRS = ["l1_l2", "l2_l3", "l3_l1"];
const numbered = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name}_${index + 1}`);

const INPUTS = [...numbered("input", 12), ...numbered("analogue_input", 4)];
const OUTPUT_COUNT = 8;
const ENERGIES = [
  "active_energy_import",
  "active_energy_export",
  "reactive_energy_import",
  "reactive_energy_export",
  "apparent_energy",
];
const ENERGY_LIST = [
  ...ENERGIES,
  ...ENERGIES.map((key) => `${key}_partial`),
  ...numbered("active_energy_import_t", 8).map((key) => key.replace("t_", "t")),
  ...numbered("reactive_energy_import_t", 8).map((key) => key.replace("t_", "t")),
  "run_hours",
];
const POWERS = ["active_power", "reactive_power", "apparent_power"];
const FACTORS = ["power_factor", "power_factor_sector"];
const BREAKER = [
  "breaker_state",
  "contact_state",
  "fault_trip",
  "trip_cause",
  "trip_current",
  "trip_count",
  "operation_count",
  "rated_current",
  "prealarm",
  "internal_fault",
  "earth_fault_alarm",
];
const STATION = [
  "station_state",
  "charge_state",
  "plug_in_use",
  "session_state",
  "session_energy",
  "session_charge",
  "session_duration",
  "current_limit",
  "rated_current",
  "ev_plug",
  "domestic_plug",
  "station_temperature",
];

function matrix(
  has: ReadonlySet<string>,
  names: readonly string[],
  columns: readonly string[],
  quantityOf: (name: string, column: string) => string,
): Matrix[] {
  const rows = names.map((name) => ({
    name,
    quantities: columns.map((column) => {
      const quantity = quantityOf(name, column);
      return has.has(quantity) ? quantity : null;
    }),
  }));
  const kept = columns
    .map((_, index) => index)
    .filter((index) => rows.some((row) => row.quantities[index]));
  const shown = rows
    .filter((row) => row.quantities.some((quantity) => quantity !== null))
    .map(({ name, quantities }) => ({
      name,
      quantities: kept.map((index) => quantities[index] ?? null),
    }));
  if (shown.length === 0) return [];
  return [
    { kind: "matrix", columns: kept.map((index) => columns[index] ?? ""), rows: shown },
  ];
}

const suffixed = (name: string, column: string) =>
  column === "total" ? name : `${name}_${column}`;

function list(has: ReadonlySet<string>, quantities: readonly string[]): List[] {
  const present = quantities.filter((quantity) => has.has(quantity));
  return present.length > 0 ? [{ kind: "list", quantities: present }] : [];
}

/** Counters, and what they did beside counting. */
function counters(parts: Part[]): Part[] {
  return parts.length > 0 ? [...parts, { kind: "corrections" }] : [];
}

function extremes(has: ReadonlySet<string>, ends: readonly string[]): Matrix[] {
  const names = ["voltage", "current"].flatMap((base) =>
    ends.map((end) => `${base}_${end}`),
  );
  return matrix(has, names, PHASES, (name, phase) => {
    const [base = "", end = ""] = name.split("_");
    return `${base}_${phase}_${end}`;
  });
}

function outputs(device: Device, has: ReadonlySet<string>): Outputs[] {
  const numbers = Array.from({ length: OUTPUT_COUNT }, (_, n) => n + 1).filter(
    (n) => has.has(`output_${n}`) || device.commands[`output_${n}`],
  );
  return numbers.length > 0 ? [{ kind: "outputs", numbers }] : [];
}

const OUTPUT_SETTING = /^output_\d+_/;

/** Commands that do not stand with the output that they set. */
function ownCommands(keys: readonly string[]): string[] {
  return keys.filter((key) => !key.startsWith("output_"));
}

/** What a device can be told, without the settings of each output. */
export function mainCommands(keys: readonly string[]): string[] {
  return keys.filter((key) => !OUTPUT_SETTING.test(key));
}

/** Whether some setting of an output exists and is disabled in Home Assistant. */
export function hasDisabledSettings(device: Device): boolean {
  return device.known_commands.some(
    (key) => OUTPUT_SETTING.test(key) && !device.commands[key],
  );
}

function commands(device: Device): Commands[] {
  const keys = ownCommands(device.known_commands);
  const isShown = keys.length > 0 || device.waiting_commands.length > 0;
  return isShown ? [{ kind: "commands", keys }] : [];
}

const errors = (has: ReadonlySet<string>, quantity: string): Errors[] =>
  has.has(quantity) ? [{ kind: "errors", quantity }] : [];

/** The pages of a device in the order in which one turns them; empty ones go. */
export function pagesOf(device: Device): DevicePage[] {
  const has = new Set(device.quantities);
  const isStation = has.has("station_state");
  const pages: DevicePage[] = [
    { key: "state", parts: isStation ? [] : list(has, BREAKER) },
    { key: "station", parts: isStation ? list(has, STATION) : [] },
    { key: "inputs", parts: list(has, INPUTS) },
    { key: "outputs", parts: outputs(device, has) },
    {
      key: "power",
      parts: [
        ...matrix(has, [...POWERS, ...FACTORS], ["total", ...PHASES], suffixed),
        ...matrix(has, POWERS, ["average", "maximum"], suffixed),
      ],
    },
    {
      key: "network",
      parts: [
        ...matrix(has, ["voltage", "current"], [...PHASES, "n"], suffixed),
        ...matrix(has, ["voltage_pairs"], PAIRS, (_, pair) => `voltage_${pair}`),
        ...list(has, ["frequency", "temperature"]),
        ...extremes(has, ["average", "minimum", "maximum"]),
      ],
    },
    {
      key: "energy",
      parts: counters([
        ...list(has, ENERGY_LIST),
        ...matrix(has, ENERGIES, PHASES, suffixed),
      ]),
    },
    {
      key: "volume",
      parts: counters(list(has, ["gas_volume", "water_volume", "pulse_count"])),
    },
    {
      key: "thd",
      parts: [
        ...matrix(has, ["thd_voltage", "thd_current"], [...PHASES, "n"], suffixed),
        ...matrix(
          has,
          ["thd_voltage_pairs"],
          PAIRS,
          (_, pair) => `thd_voltage_${pair}`,
        ),
      ],
    },
    { key: "harmonics", parts: device.has_harmonics ? [{ kind: "harmonics" }] : [] },
    { key: "station_errors", parts: errors(has, "station_error") },
    { key: "charge_errors", parts: errors(has, "charge_error") },
    { key: "command", parts: commands(device) },
  ];
  return pages.filter((page) => page.parts.length > 0);
}
