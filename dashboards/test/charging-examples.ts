/** Small circuits, stations and managements for the tests. */

import type {
  Charging,
  ChargingCircuit,
  ChargingStation,
  Zone,
} from "../src/backend/charging-types";

export function circuit(overrides: Partial<ChargingCircuit> = {}): ChargingCircuit {
  return {
    id: 0,
    name: "",
    maximum_a: 250,
    charging_a: 230,
    hysteresis_percent: 0,
    meter: { name: "Main supply", is_lost: false, read_at: null },
    lines: [line(1, "green", 100), line(2, "green", 90), line(3, "green", 80)],
    ...overrides,
  };
}

export function line(phase: number, zone: Zone, load_a: number, is_known = true) {
  return { phase, zone, load_a, room_a: Math.max(0, 230 - load_a), is_known };
}

export function station(
  overrides: Partial<ChargingStation> & { id: number },
): ChargingStation {
  return {
    name: `Station ${overrides.id}`,
    kind: "greenup",
    device_id: null,
    address: String(overrides.id),
    gateway: 1,
    group_ids: [],
    is_managed: true,
    problem: null,
    is_priority: false,
    circuit_id: 0,
    phases: [1, 2, 3],
    rated_a: 32,
    minimum_a: 7,
    status: "on",
    charge: "charging",
    progress: "running",
    level: "rated",
    limit_a: 32,
    drawn_a: [31, 31.2, 30.9],
    errors: [],
    warnings: [],
    session: null,
    entities: {},
    ...overrides,
  };
}

export function session(is_priority: boolean) {
  return {
    start: "2026-11-23T12:00:00+00:00",
    energy: 11_250,
    charge_ah: 16.3,
    guaranteed_ah: 32,
    cost: "2.41",
    currency: "EUR",
    duration_s: 3600,
    is_priority,
  };
}

export function charging(overrides: Partial<Charging> = {}): Charging {
  return {
    is_set_up: true,
    is_enabled: true,
    sharing: "steps",
    zone: "green",
    problems: [],
    circuits: [circuit()],
    queue: [],
    stations: [],
    entities: {},
    ...overrides,
  };
}
