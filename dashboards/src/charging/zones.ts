/** A phase's load against the currents that divide the zones (S119-S121, S274-S276). */

import type {
  Charging,
  ChargingCircuit,
  ChargingLine,
  Zone,
} from "../backend/charging-types";

/** Where something stands on a bar, in per cent of its length. */
export interface Stretch {
  from: number;
  to: number;
}

export interface ZoneBar {
  /** Current at the end of the bar, in A. */
  full: number;
  load: number;
  charging: number;
  maximum: number;
  /** A zone is left downwards only below its band; none without hysteresis. */
  bands: Stretch[];
}

/** Room beyond the maximum, so that an overload is seen as one. */
const HEADROOM = 1.15;

export function zoneBar(circuit: ChargingCircuit, line: ChargingLine): ZoneBar {
  const { maximum_a, charging_a, hysteresis_percent } = circuit;
  const loads = circuit.lines.map((one) => (one.is_known ? one.load_a : 0));
  const full = Math.max(maximum_a * HEADROOM, ...loads.map((load) => load * 1.05));
  const share = (current: number) => (100 * Math.max(0, current)) / full;
  const band = (maximum_a * hysteresis_percent) / 100;
  const edges = [...new Set([charging_a, maximum_a])];
  return {
    full,
    load: line.is_known ? share(line.load_a) : 0,
    charging: share(charging_a),
    maximum: share(maximum_a),
    bands:
      band > 0
        ? edges.map((edge) => ({ from: share(edge - band), to: share(edge) }))
        : [],
  };
}

/** What is told of a zone; without values nobody knows whether it is still green. */
export type ShownZone = Zone | "unknown";

const ORDER: readonly ShownZone[] = ["green", "unknown", "yellow", "red"];

function worstOf(lines: readonly ChargingLine[]): ShownZone | undefined {
  const zones = lines.map((line) => shownZone(line));
  return ORDER.findLast((zone) => zones.includes(zone));
}

export function shownZone({ zone, is_known }: ChargingLine): ShownZone {
  return is_known ? zone : "unknown";
}

/** The worst zone of a circuit; undefined where it has no phases. */
export function worstZone({ lines }: ChargingCircuit): ShownZone | undefined {
  return worstOf(lines);
}

/** The worst zone of all; undefined before anything was decided. */
export function worstOfAll({ circuits }: Charging): ShownZone | undefined {
  return worstOf(circuits.flatMap(({ lines }) => lines));
}
