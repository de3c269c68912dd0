/** The live values that stand in a device's row. */

import type { Device, Site } from "../backend/types";
import { badgeEntities } from "../device/states";
import { type Amount, formatAmount, formatNumber } from "../format/numbers";
import type { FrontendLocale, States } from "../hass/types";

export type ValueKind =
  | "power"
  | "energy"
  | "export"
  | "volume"
  | "voltage"
  | "current";

export interface LiveValue {
  kind: ValueKind;
  entityId: string;
  /** In W, Wh, dm³, V or A; null while unknown, or in a unit that is not metric. */
  base: number | null;
  text: Amount;
}

/** Base units of the units in which users may have sensors shown. */
const UNITS: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  mW: ["W", 1e-3],
  W: ["W", 1],
  kW: ["W", 1e3],
  MW: ["W", 1e6],
  GW: ["W", 1e9],
  VA: ["VA", 1],
  kVA: ["VA", 1e3],
  mWh: ["Wh", 1e-3],
  Wh: ["Wh", 1],
  kWh: ["Wh", 1e3],
  MWh: ["Wh", 1e6],
  GWh: ["Wh", 1e9],
  TWh: ["Wh", 1e12],
  J: ["Wh", 1 / 3600],
  kJ: ["Wh", 1 / 3.6],
  MJ: ["Wh", 1e3 / 3.6],
  GJ: ["Wh", 1e6 / 3.6],
  L: ["dm³", 1],
  "dm³": ["dm³", 1],
  mL: ["dm³", 1e-3],
  "m³": ["dm³", 1e3],
  mV: ["V", 1e-3],
  V: ["V", 1],
  kV: ["V", 1e3],
  mA: ["A", 1e-3],
  A: ["A", 1],
};

const DIGITS: Readonly<Record<string, number>> = { V: 0, A: 1 };
/** A power changes with every reading: more digits would only flicker. */
const POWER_DIGITS = 3;

function read(
  kind: ValueKind,
  entityId: string,
  states: States,
  locale: FrontendLocale,
): LiveValue | undefined {
  const state = states[entityId];
  if (!state) return undefined;
  const shown = Number(state.state);
  if (state.state.trim() === "" || !Number.isFinite(shown)) {
    return { kind, entityId, base: null, text: { number: "–", unit: "" } };
  }
  const unit = String(state.attributes["unit_of_measurement"] ?? "");
  const known = UNITS[unit];
  if (!known) {
    const number = formatNumber(shown, locale, { maximumFractionDigits: 2 });
    return { kind, entityId, base: null, text: { number, unit } };
  }
  const base = shown * known[1];
  const digits = DIGITS[known[0]];
  const text =
    digits === undefined
      ? formatAmount(
          base,
          known[0],
          locale,
          undefined,
          kind === "power" ? POWER_DIGITS : undefined,
        )
      : {
          number: formatNumber(base, locale, {
            minimumFractionDigits: digits,
            maximumFractionDigits: digits,
          }),
          unit: known[0],
        };
  return { kind, entityId, base, text };
}

const PHASES = ["l1", "l2", "l3"];
const PAIRS = ["l1_l2", "l2_l3", "l3_l1"];

const POWERS = ["active_power", "apparent_power"];
const IMPORTS = ["active_energy_import"];
const EXPORTS = ["active_energy_export"];
const VOLUMES = ["water_volume", "gas_volume"];
const VOLTAGES = PHASES.map((phase) => `voltage_${phase}`);
const PAIR_VOLTAGES = PAIRS.map((pair) => `voltage_${pair}`);
const CURRENTS = PHASES.map((phase) => `current_${phase}`);
const SHOWN_QUANTITIES = [
  ...POWERS,
  ...IMPORTS,
  ...EXPORTS,
  ...VOLUMES,
  ...VOLTAGES,
  ...PAIR_VOLTAGES,
  ...CURRENTS,
];

export interface LiveValues {
  power: LiveValue | undefined;
  /** Energy (drawn or fed in, whichever is more), or a gas or water meter's volume. */
  counter: LiveValue | undefined;
  /** One a phase. */
  voltages: LiveValue[];
  currents: LiveValue[];
}

/** What a device shows now; values without an entity are left out. */
export function liveValues(
  device: Device,
  states: States,
  locale: FrontendLocale,
): LiveValues {
  const each = (kind: ValueKind, quantities: readonly string[]) =>
    quantities
      .map((quantity) => device.entities[quantity])
      .map((entityId) => (entityId ? read(kind, entityId, states, locale) : undefined))
      .filter((value) => value !== undefined);
  const [drawn] = each("energy", IMPORTS);
  const [fed] = each("export", EXPORTS);
  // A solar roof is known by what it feeds in.
  const hasFedMore = fed !== undefined && (fed.base ?? 0) > (drawn?.base ?? 0);
  const voltages = each("voltage", VOLTAGES);
  return {
    power: each("power", POWERS)[0],
    counter: hasFedMore ? fed : (drawn ?? each("volume", VOLUMES)[0]),
    voltages: voltages.length > 0 ? voltages : each("voltage", PAIR_VOLTAGES),
    currents: each("current", CURRENTS),
  };
}

/** The entities whose changes alter what a board shows. */
export function shownEntities(site: Site): string[] {
  const shown = new Set<string>(SHOWN_QUANTITIES);
  const ids = site.devices.flatMap((device) => [
    device.status_entity,
    ...Object.entries(device.entities)
      .filter(([quantity]) => shown.has(quantity))
      .map(([, id]) => id),
    ...badgeEntities(device),
  ]);
  return [...ids, ...site.gateways.map((gateway) => gateway.status_entity)].filter(
    (id) => id !== null,
  );
}
