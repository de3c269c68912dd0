/** How states look: their tone, their icon, and which of them stand on the board. */

import {
  mdiAlert,
  mdiAlertCircle,
  mdiBellAlertOutline,
  mdiCarElectric,
  mdiElectricSwitch,
  mdiElectricSwitchClosed,
  mdiEvStation,
  mdiExport,
  mdiFlashAlert,
  mdiImport,
} from "@mdi/js";
import type { Device } from "../backend/types";
import type { States } from "../hass/types";
import type { Values } from "./values";

export type Tone = "good" | "bad" | "warn" | "busy" | "calm";

const TONES: Readonly<Record<string, Readonly<Record<string, Tone>>>> = {
  breaker_state: { closed: "good", open: "warn", tripped: "bad", drawn_out: "warn" },
  contact_state: { closed: "good", open: "warn" },
  station_state: { available: "good", busy: "busy", waiting: "warn", fault: "bad" },
  charge_state: {
    connected: "calm",
    charging: "busy",
    suspended: "warn",
    finished: "good",
    fault: "bad",
  },
};
const PROBLEMS: ReadonlySet<string> = new Set([
  "fault_trip",
  "prealarm",
  "internal_fault",
  "earth_fault_alarm",
]);
const ERRORS: ReadonlySet<string> = new Set([
  "station_error",
  "charge_error",
  "trip_cause",
]);

export function isProblem(quantity: string): boolean {
  return PROBLEMS.has(quantity);
}

export function toneOf(quantity: string, value: string): Tone {
  if (PROBLEMS.has(quantity)) return value === "on" ? "bad" : "good";
  if (ERRORS.has(quantity)) return value === "none" ? "calm" : "bad";
  if (value === "on") return "good";
  return TONES[quantity]?.[value] ?? "calm";
}

export interface StateBadge {
  quantity: string;
  value: string;
  tone: Tone;
  icon: string;
  /** How many are on, of how many; for inputs and outputs. */
  count?: { on: number; all: number };
}

/** The state of a quantity: as the bus says, else of whichever entity shows it. */
export function stateOf(
  device: Device,
  quantity: string,
  states: States,
  live?: Values,
): string | undefined {
  const said = live?.[quantity];
  if (typeof said === "string") return said;
  const entity = device.entities[quantity] ?? device.commands[quantity];
  const state = entity ? states[entity]?.state : undefined;
  return state === "unavailable" || state === "unknown" ? undefined : state;
}

const ICONS: Readonly<Record<string, string>> = {
  station_state: mdiEvStation,
  charge_state: mdiCarElectric,
  fault_trip: mdiFlashAlert,
  prealarm: mdiBellAlertOutline,
  internal_fault: mdiAlert,
  earth_fault_alarm: mdiAlert,
  station_error: mdiAlertCircle,
  charge_error: mdiAlertCircle,
};
/** What would be said although nothing is to be said. */
const SILENT: Readonly<Record<string, readonly string[]>> = {
  fault_trip: ["off"],
  prealarm: ["off"],
  internal_fault: ["off"],
  earth_fault_alarm: ["off"],
  charge_state: ["no_vehicle"],
  station_error: ["none"],
  charge_error: ["none"],
};
const SHOWN = [
  "breaker_state",
  "contact_state",
  "fault_trip",
  "prealarm",
  "internal_fault",
  "earth_fault_alarm",
  "station_state",
  "charge_state",
  "station_error",
  "charge_error",
];
const CHANNELS = { inputs: /^input_\d+$/, outputs: /^output_\d+$/ };

function iconOf(quantity: string, value: string): string {
  if (quantity === "breaker_state" || quantity === "contact_state") {
    if (value === "tripped") return mdiFlashAlert;
    return value === "closed" ? mdiElectricSwitchClosed : mdiElectricSwitch;
  }
  return ICONS[quantity] ?? mdiAlert;
}

/** What a row of the board says of a device's states (S83, S150-S153). */
export function badgesOf(device: Device, states: States, live?: Values): StateBadge[] {
  const badges: StateBadge[] = [];
  for (const quantity of SHOWN) {
    const value = stateOf(device, quantity, states, live);
    if (value === undefined || SILENT[quantity]?.includes(value)) continue;
    const tone = toneOf(quantity, value);
    badges.push({ quantity, value, tone, icon: iconOf(quantity, value) });
  }
  for (const [name, pattern] of Object.entries(CHANNELS)) {
    const values = device.quantities
      .filter((quantity) => pattern.test(quantity))
      .map((quantity) => stateOf(device, quantity, states, live))
      .filter((value) => value !== undefined);
    if (values.length === 0) continue;
    const on = values.filter((value) => value === "on").length;
    badges.push({
      quantity: name,
      value: "",
      tone: on > 0 ? "good" : "calm",
      icon: name === "inputs" ? mdiImport : mdiExport,
      count: { on, all: values.length },
    });
  }
  return badges;
}

/** The entities whose changes alter badges. */
export function badgeEntities(device: Device): string[] {
  const quantities = [
    ...SHOWN,
    ...device.quantities.filter((quantity) =>
      Object.values(CHANNELS).some((pattern) => pattern.test(quantity)),
    ),
  ];
  return quantities
    .map((quantity) => device.entities[quantity] ?? device.commands[quantity])
    .filter((entity) => entity !== undefined);
}
