/** The last hours of a circuit: series, stretches of zones, and what a moment was. */

import type {
  ChargingCircuit,
  Course,
  CourseEvent,
  CoursePoint,
  Progress,
  Zone,
} from "../backend/charging-types";

export type Instant = [at: number, value: number | null];

/** How long something stayed as it was. */
export interface Span {
  from: number;
  to: number;
}

export type ZoneStretch = { phase: number; zone: Zone } & Span;

/** What a station granted its vehicle, or whether that had to wait. */
export type ProcessStretch = { id: number; progress: Progress; limit: number } & Span;

export interface CourseSeries {
  from: number;
  to: number;
  phases: { phase: number; loads: Instant[] }[];
  zones: ZoneStretch[];
  processes: ProcessStretch[];
  /** Stations that had a process at some time. */
  stations: { id: number; limits: Instant[]; drawn: Instant[] }[];
  queue: Instant[];
}

const timeOf = (point: CoursePoint) => Date.parse(point.at);

const MINUTE_MS = 60_000;
/** What has only begun to be recorded is not drawn as a dot at the edge. */
const SHORTEST_MS = 10 * MINUTE_MS;

/** A pause of the recording is a gap and no straight line. */
const GAP_STEPS = 12;

/** Put a gap where nothing was recorded for a while. */
function withGaps(instants: readonly Instant[], longest: number): Instant[] {
  return instants.flatMap((instant, index) => {
    const before = instants[index - 1];
    const isGap = before !== undefined && instant[0] - before[0] > longest;
    return isGap ? [[before[0] + longest, null] satisfies Instant, instant] : [instant];
  });
}

/** Moments that are alike are one stretch, for each of what `keyOf` tells apart. */
function stretches<T extends object>(
  points: readonly CoursePoint[],
  longest: number,
  keyOf: (what: T) => number,
  read: (point: CoursePoint) => readonly T[],
): (T & Span)[] {
  const all: (T & Span)[] = [];
  const open = new Map<number, T & Span>();
  for (const point of points) {
    const at = timeOf(point);
    for (const what of read(point)) {
      const last = open.get(keyOf(what));
      const isNear = last !== undefined && at - last.to <= longest;
      if (isNear) last.to = at;
      const names = Object.keys(what) as (keyof T)[];
      if (isNear && names.every((name) => last[name] === what[name])) continue;
      const next = { ...what, from: at, to: at };
      open.set(keyOf(what), next);
      all.push(next);
    }
  }
  return all;
}

function zonesOf({ lines }: CoursePoint, circuit: number) {
  return lines
    .filter((one) => one.circuit === circuit)
    .map(({ phase, zone }) => ({ phase, zone }));
}

function processesOf({ stations }: CoursePoint) {
  return stations.flatMap(({ id, progress, limit_a }) =>
    progress === null ? [] : [{ id, progress, limit: limit_a }],
  );
}

export function courseSeries(
  course: Course,
  circuit: ChargingCircuit,
  now: number,
  minutes: number,
): CourseSeries {
  const { points } = course;
  const [first] = points;
  const recorded = first ? now - timeOf(first) : 0;
  const longest = Math.max(course.step_s, 5) * 1000 * GAP_STEPS;
  const series = (read: (point: CoursePoint) => number | null) =>
    withGaps(
      points.map((point) => [timeOf(point), read(point)]),
      longest,
    );
  const ids = [
    ...new Set(
      points.flatMap((point) =>
        point.stations.filter((one) => one.progress !== null).map((one) => one.id),
      ),
    ),
  ].sort((a, b) => a - b);
  const station = (point: CoursePoint, id: number) =>
    point.stations.find((one) => one.id === id && one.progress !== null);
  return {
    from: now - Math.min(minutes * MINUTE_MS, Math.max(recorded, SHORTEST_MS)),
    to: now,
    phases: circuit.lines.map(({ phase }) => ({
      phase,
      loads: series(
        (point) =>
          point.lines.find((one) => one.circuit === circuit.id && one.phase === phase)
            ?.load_a ?? null,
      ),
    })),
    zones: stretches(
      points,
      longest,
      ({ phase }) => phase,
      (point) => zonesOf(point, circuit.id),
    ),
    processes: stretches(points, longest, ({ id }) => id, processesOf),
    stations: ids.map((id) => ({
      id,
      limits: series((point) => station(point, id)?.limit_a ?? null),
      drawn: series((point) => station(point, id)?.drawn_a ?? null),
    })),
    queue: series((point) => point.queue),
  };
}

/** The moment that a pointer is nearest to. */
export function nearestPoint(
  { points }: Course,
  at: number,
): { point: CoursePoint; index: number } | undefined {
  let best: { point: CoursePoint; index: number } | undefined;
  for (const [index, point] of points.entries()) {
    const isNearer =
      !best || Math.abs(timeOf(point) - at) < Math.abs(timeOf(best.point) - at);
    if (isNearer) best = { point, index };
  }
  return best;
}

/** The newest first, also of those of one moment. */
export function newestEvents({ events }: Course): CourseEvent[] {
  return events.toReversed().sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** One moment in so many, for a table that can be read to the end. */
export function spacedPoints({ points }: Course, most: number): CoursePoint[] {
  const every = Math.max(1, Math.ceil(points.length / most));
  return points.filter((_, index) => (points.length - 1 - index) % every === 0);
}
