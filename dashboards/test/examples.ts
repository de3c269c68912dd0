/** Small sites and answers for the tests. */

import type { Consumption, Device, Gateway, Series, Site } from "../src/backend/types";
import type { EntityState, FrontendLocale, States } from "../src/hass/types";

export const EN: FrontendLocale = {
  language: "en",
  number_format: "language",
  time_format: "24",
};
export const ZONE = "Europe/Brussels";

export function device(overrides: Partial<Device> & { id: number }): Device {
  return {
    name: `Device ${overrides.id}`,
    gateway: 1,
    address: String(overrides.id),
    family: "emdx3_multimeter",
    family_name: "Multifunction meters",
    model: "412053",
    printed: "4 120 53",
    description: "Three-phase meter",
    load: null,
    groups: [],
    board: null,
    fluid: "electricity",
    provenance: "documented",
    confidence: "high",
    enabled: true,
    excluded_from_totals: false,
    functions: ["measure"],
    map_confirmed: false,
    channels: {},
    has_harmonics: false,
    quantities: ["active_energy_import"],
    known_commands: [],
    waiting_commands: [],
    commands: {},
    device_id: null,
    status_entity: `sensor.status_${overrides.id}`,
    entities: {},
    ...overrides,
  };
}

export function gateway(overrides: Partial<Gateway> & { id: number }): Gateway {
  return {
    name: `Gateway ${overrides.id}`,
    description: "",
    address: "10.0.0.1:502",
    board: null,
    enabled: true,
    device_id: null,
    status_entity: `binary_sensor.gateway_${overrides.id}`,
    ...overrides,
  };
}

export function site(overrides: Partial<Site>): Site {
  return {
    config_entry_id: "entry",
    name: "Building",
    currency: "EUR",
    time_zone: ZONE,
    sample_length: 600,
    gateways: [],
    boards: [],
    loads: [],
    groups: [],
    devices: [],
    quantities: {},
    ...overrides,
  };
}

/** States from values, with a unit where one is given. */
export function states(values: Record<string, string | [string, string]>): States {
  const entries = Object.entries(values).map(([entity_id, value]) => {
    const [state, unit] = typeof value === "string" ? [value] : value;
    const attributes = unit ? { unit_of_measurement: unit } : {};
    return [entity_id, { entity_id, state, attributes } satisfies EntityState];
  });
  return Object.fromEntries(entries) as States;
}

/** Starts an hour apart, and the end of the last. */
export function hours(start: string, count: number): [buckets: string[], end: string] {
  const at = (n: number) => new Date(Date.parse(start) + n * 36e5).toISOString();
  return [Array.from({ length: count }, (_, n) => at(n)), at(count)];
}

export function series(id: number, values: (number | null)[], extra = {}): Series {
  const known = values.filter((value) => value !== null);
  return {
    kind: "load",
    id,
    name: `Load ${id}`,
    color: "#123456",
    values,
    total: known.length > 0 ? known.reduce((a, b) => a + b, 0) : null,
    ...extra,
  };
}

interface Hourly {
  start: string;
  count?: number;
  series: Series[];
  /** Buckets of which only a part was recorded. */
  partial?: number[];
}

function span({ start, count = 24, series: all, partial = [] }: Hourly) {
  const [buckets, end] = hours(start, count);
  const totals = all.map((one) => one.total).filter((total) => total !== null);
  const total = totals.length > 0 ? totals.reduce((a, b) => a + b, 0) : null;
  return { start, end, buckets, series: all, total, partial };
}

/** A day by hours, beside the day before where one is given. */
export function dayAnswer(current: Hourly, previous?: Hourly): Consumption {
  return {
    fluid: "electricity",
    unit: "Wh",
    bucket: "hour",
    complete: true,
    ...span(current),
    compare: previous ? span(previous) : null,
  };
}

/** A value for each of `count` buckets. */
export function each(count: number, value: number | null): (number | null)[] {
  return Array.from({ length: count }, () => value);
}
