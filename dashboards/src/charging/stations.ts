/** Charging stations in a list: in which order, in which sections, in which state. */

import type { Charging, ChargingStation } from "../backend/charging-types";
import type { Group } from "../backend/types";
import { compareAddresses } from "../board/grouping";
import type { Tone } from "../device/states";

export type StationGrouping = "priority" | "group" | "all";

export const STATION_GROUPINGS: readonly StationGrouping[] = [
  "priority",
  "group",
  "all",
];

export interface StationSection {
  key: string;
  /** Set in a list by group; null for stations without one. */
  group?: Group | null;
  stations: ChargingStation[];
}

/** Whether the running process goes first, else whether the next one will. */
export function goesFirst({ session, is_priority }: ChargingStation): boolean {
  return session?.is_priority ?? is_priority;
}

function byAddress(a: ChargingStation, b: ChargingStation): number {
  // Stations of other makes have no address and come last.
  const order = compareAddresses(a.address ?? "~", b.address ?? "~");
  return (a.gateway ?? Infinity) - (b.gateway ?? Infinity) || order || a.id - b.id;
}

/** The sections of a list (S184, S185); a station stands in each of its groups. */
export function sectionsOfStations(
  stations: readonly ChargingStation[],
  grouping: StationGrouping,
  groups: readonly Group[],
): StationSection[] {
  const sorted = [...stations].sort((a, b) => byAddress(a, b));
  if (grouping === "priority") {
    return [
      { key: "priority", stations: sorted.filter(goesFirst) },
      { key: "normal", stations: sorted.filter((one) => !goesFirst(one)) },
    ].filter((section) => section.stations.length > 0);
  }
  if (grouping === "group") {
    const sections: StationSection[] = groups.map((group) => ({
      key: `group:${group.id}`,
      group,
      stations: sorted.filter((one) => one.group_ids.includes(group.id)),
    }));
    const known = new Set(groups.map((group) => group.id));
    const rest = sorted.filter((one) => !one.group_ids.some((id) => known.has(id)));
    return [...sections, { key: "group:none", group: null, stations: rest }].filter(
      (section) => section.stations.length > 0,
    );
  }
  return [{ key: "all", stations: sorted }];
}

/** Whether a vehicle is plugged in; also where the station is not managed. */
export function hasVehicle({ session, charge }: ChargingStation): boolean {
  return session !== null || (charge !== null && charge !== "no_vehicle");
}

/** What a user is told of a station in one word (S189, S190). */
export type StationState =
  | "available"
  | "charging"
  | "starting"
  | "waiting"
  | "held"
  | "suspended"
  | "finished"
  | "connected"
  | "fault"
  | "lost"
  | "off"
  | "unknown";

const LOST: ReadonlySet<string> = new Set(["communication_error", "configuration"]);

export function stateOfStation(station: ChargingStation): StationState {
  const { status, charge, progress } = station;
  if (status === "off") return "off";
  if (LOST.has(status)) return "lost";
  if (status === "failure" || charge === "fault") return "fault";
  if (charge === null) return "unknown";
  if (charge === "no_vehicle") return "available";
  if (charge === "finished") return "finished";
  if (progress === "held" || progress === "waiting") return progress;
  if (charge === "connected") return progress === "running" ? "starting" : "connected";
  return charge;
}

const TONES: Readonly<Record<StationState, Tone>> = {
  available: "good",
  charging: "busy",
  starting: "busy",
  waiting: "warn",
  held: "warn",
  suspended: "calm",
  finished: "good",
  connected: "calm",
  fault: "bad",
  lost: "bad",
  off: "calm",
  unknown: "calm",
};

export function toneOfStation(state: StationState): Tone {
  return TONES[state];
}

/** Place in the queue, from 1; undefined for a station that does not wait. */
export function placeInQueue(charging: Charging, id: number): number | undefined {
  const index = charging.queue.indexOf(id);
  return index < 0 ? undefined : index + 1;
}

/** The circuit that most stations are fed from: the one to look at first. */
export function busiestCircuit({ circuits, stations }: Charging): number {
  const counts = circuits.map(
    ({ id }) => stations.filter((one) => one.circuit_id === id).length,
  );
  const most = Math.max(...counts);
  return circuits[counts.indexOf(most)]?.id ?? 0;
}

/** The highest of the phases' currents: what the limit is held against. */
export function drawnBy({ drawn_a }: ChargingStation): number | null {
  return drawn_a.length > 0 ? Math.max(...drawn_a) : null;
}
