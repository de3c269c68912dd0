/** Load management of charging stations, as the integration answers it. */

import type { DeviceStatus } from "../board/status";

export type Zone = "green" | "yellow" | "red";
export type Progress = "waiting" | "running" | "held";
export type ChargeState =
  | "no_vehicle"
  | "connected"
  | "charging"
  | "suspended"
  | "finished"
  | "fault";
export type Level = "rated" | "first" | "second" | "minimum";

/** One phase of a circuit; currents in A. */
export interface ChargingLine {
  phase: number;
  zone: Zone;
  load_a: number;
  room_a: number;
  /** Whether the load is measured just now. */
  is_known: boolean;
}

/** What a limit belongs to: the building (0), or a feeder inside it. */
export interface ChargingCircuit {
  id: number;
  name: string;
  maximum_a: number;
  charging_a: number;
  hysteresis_percent: number;
  /** Without a name it is there no more. */
  meter: { name: string | null; is_lost: boolean; read_at: string | null } | null;
  lines: ChargingLine[];
}

/** The process of one vehicle, from plugging in to unplugging. */
export interface ChargingSession {
  start: string;
  /** Wh. */
  energy: number | null;
  charge_ah: number;
  guaranteed_ah: number;
  cost: string | null;
  currency: string | null;
  duration_s: number;
  is_priority: boolean;
}

/** One side of a charging station, of whatever make. */
export interface ChargingStation {
  id: number;
  name: string;
  kind: "greenup" | "charger";
  device_id: string | null;
  address: string | null;
  gateway: number | null;
  group_ids: number[];
  is_managed: boolean;
  /** Why it is not managed, if it could be. */
  problem: { key: string; text: string } | null;
  /** The default that the next vehicle begins with. */
  is_priority: boolean;
  circuit_id: number;
  phases: number[];
  rated_a: number;
  minimum_a: number;
  status: DeviceStatus;
  charge: ChargeState | null;
  progress: Progress | null;
  level: Level | null;
  limit_a: number | null;
  drawn_a: number[];
  errors: { key: string; text: string }[];
  /** What the management has to say against the station or its vehicle. */
  warnings: { key: string; text: string }[];
  session: ChargingSession | null;
  /** What a wish (sun, price, departure) makes of the process. */
  wish?: { key: string; text: string } | null;
  /** When the vehicle leaves, and what it is to have got by then, in Wh. */
  departure?: { at: string; energy: number } | null;
  entities: Record<string, string>;
}

export interface Charging {
  is_set_up: boolean;
  is_enabled: boolean;
  sharing: "steps" | "fair";
  /** The worst of all lines. */
  zone: Zone;
  problems: { key: string; text: string }[];
  circuits: ChargingCircuit[];
  /** Stations whose vehicles wait, the next one first. */
  queue: number[];
  stations: ChargingStation[];
  /** What switches the whole of it, by name. */
  entities: Record<string, string>;
}

/** What was at one moment of the last hours. */
export interface CoursePoint {
  at: string;
  lines: { circuit: number; phase: number; load_a: number | null; zone: Zone }[];
  queue: number;
  stations: {
    id: number;
    limit_a: number;
    drawn_a: number | null;
    progress: Progress | null;
  }[];
}

export interface CourseEvent {
  at: string;
  station: number | null;
  kind: string;
  text: string;
}

export interface Course {
  step_s: number;
  points: CoursePoint[];
  events: CourseEvent[];
}

export type SessionEnd =
  | "finished"
  | "unplugged"
  | "waiting"
  | "held"
  | "fault"
  | "unseen";

/** A process of the session log. */
export interface LoggedSession {
  device: number;
  side: number | null;
  name: string;
  start: string;
  end: string | null;
  /** Wh. */
  energy: number | null;
  charge_ah: number;
  cost: string | null;
  currency: string | null;
  /** What the vehicle was doing when it was unplugged; null while it is there. */
  reason: SessionEnd | null;
  /** The station has no counter: energy follows from its currents. */
  is_estimated: boolean;
}
