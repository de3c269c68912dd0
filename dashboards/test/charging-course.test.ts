import type { CustomSeriesOption, LineSeriesOption } from "echarts/charts";
import { describe, expect, it } from "vitest";
import type { Course, Zone } from "../src/backend/charging-types";
import {
  courseSeries,
  nearestPoint,
  newestEvents,
  spacedPoints,
} from "../src/charging/course";
import {
  type CourseRequest,
  courseOptions,
  roundedUp,
} from "../src/charging/course-options";
import { circuit } from "./charging-examples";
import { EN, ZONE } from "./examples";

const START = Date.parse("2026-11-23T12:00:00Z");
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();

function course(): Course {
  const point = (seconds: number, zone: Zone, limit_a: number) => ({
    at: at(seconds),
    lines: [
      { circuit: 0, phase: 1, load_a: 200 + seconds, zone },
      { circuit: 0, phase: 2, load_a: null, zone: "green" as const },
      { circuit: 0, phase: 3, load_a: 50, zone: "green" as const },
      { circuit: 1, phase: 1, load_a: 9, zone: "green" as const },
    ],
    queue: seconds >= 10 ? 1 : 0,
    stations: [
      { id: 7, limit_a, drawn_a: limit_a - 1, progress: "running" as const },
      { id: 8, limit_a: 0, drawn_a: null, progress: null },
    ],
  });
  return {
    step_s: 5,
    points: [
      point(0, "green", 32),
      point(5, "yellow", 32),
      point(10, "yellow", 24),
      point(300, "green", 24),
    ],
    events: [
      { at: at(5), station: null, kind: "zone_changed", text: "L1 is yellow." },
      { at: at(10), station: 7, kind: "reduced_to_make_room", text: "To 24 A." },
    ],
  };
}

describe("the course of the last hours", () => {
  const series = courseSeries(course(), circuit(), START + 300_000, 120);

  it.each([
    [5, 10],
    [45, 45],
    [120, 120],
    [180, 120],
  ])("of %d minutes is drawn over %d", (recorded, drawn) => {
    const now = START + recorded * 60_000;
    const { from, to } = courseSeries(course(), circuit(), now, 120);
    expect([(to - from) / 60_000, to]).toEqual([drawn, now]);
  });

  it("has the loads of its own circuit, with a gap where nothing was recorded", () => {
    expect(series.phases.map(({ phase }) => phase)).toEqual([1, 2, 3]);
    expect(series.phases[0]?.loads).toEqual([
      [START, 200],
      [START + 5_000, 205],
      [START + 10_000, 210],
      [START + 70_000, null],
      [START + 300_000, 500],
    ]);
  });

  it("joins a phase's moments of one zone to a stretch", () => {
    expect(series.zones.filter(({ phase }) => phase === 1)).toEqual([
      { phase: 1, zone: "green", from: START, to: START + 5_000 },
      { phase: 1, zone: "yellow", from: START + 5_000, to: START + 10_000 },
      { phase: 1, zone: "green", from: START + 300_000, to: START + 300_000 },
    ]);
  });

  it("knows only stations that had a process", () => {
    expect(series.stations.map(({ id }) => id)).toEqual([7]);
    expect(series.stations[0]?.limits.map(([, limit]) => limit)).toEqual([
      32,
      32,
      24,
      null,
      24,
    ]);
  });

  it("tells the moment that a pointer is nearest to", () => {
    expect(nearestPoint(course(), START + 6_000)?.index).toBe(1);
    expect(nearestPoint({ step_s: 5, points: [], events: [] }, START)).toBeUndefined();
  });

  it("joins a station's moments of one grant to a stretch", () => {
    const running = { id: 7, progress: "running" };
    expect(series.processes).toEqual([
      { ...running, limit: 32, from: START, to: START + 10_000 },
      { ...running, limit: 24, from: START + 10_000, to: START + 10_000 },
      { ...running, limit: 24, from: START + 300_000, to: START + 300_000 },
    ]);
  });

  it("lists the newest event first", () => {
    expect(newestEvents(course()).map(({ station: id }) => id)).toEqual([7, null]);
  });

  it("lists what followed above what it followed from, also in one moment", () => {
    const one = { at: at(5), station: 7, text: "" };
    const events = [
      { ...one, kind: "session_started" },
      { ...one, kind: "started" },
    ];
    const kinds = newestEvents({ ...course(), events }).map(({ kind }) => kind);
    expect(kinds).toEqual(["started", "session_started"]);
  });

  it("is thinned for a table, and keeps its end", () => {
    const points = spacedPoints(course(), 2);
    expect(points.map((point) => point.at)).toEqual([at(5), at(300)]);
  });
});

describe("the drawing of the course", () => {
  const request: CourseRequest = {
    series: courseSeries(course(), circuit(), START + 300_000, 120),
    circuit: circuit(),
    events: course().events,
    stations: [{ id: 7, name: "Courtyard", rated_a: 32 }],
    only: undefined,
    zones: {
      colors: { green: "green", yellow: "yellow", red: "red" },
      names: { green: "Green", yellow: "Yellow", red: "Red" },
    },
    processes: {
      colors: { running: "blue", waiting: "orange", held: "grey" },
      names: { waiting: "Waits", held: "Waits on request" },
      amperes: (current) => `${current} A`,
    },
    thresholds: { charging: "charging: 230 A", maximum: "in all: 250 A" },
    titles: { load: "Load", zones: "Zones", stations: "Limits", queue: "Waiting" },
    theme: {
      colors: { text: "black", muted: "grey", line: "silver", surface: "white" },
      fontFamily: "sans-serif",
    },
    locale: EN,
    zone: ZONE,
    isNarrow: false,
    description: "The course",
  };
  const drawn = (only: number | undefined) =>
    courseOptions({ ...request, only }).series as (
      | LineSeriesOption
      | CustomSeriesOption
    )[];
  const all = [...drawn(undefined), ...drawn(7)];
  const of = (id: string) => all.find((one) => one.id === id) as LineSeriesOption;

  it("has phases, both thresholds, events, zones, processes and the queue", () => {
    expect(drawn(undefined).map(({ id }) => id)).toEqual([
      "load:1",
      "load:2",
      "load:3",
      "charging",
      "maximum",
      "events",
      "zones",
      "processes",
      "queue",
    ]);
  });

  it("has the limit and the current of one station in the place of all", () => {
    expect(drawn(7).map(({ id }) => id)).toEqual([
      ...drawn(undefined)
        .map(({ id }) => id)
        .filter((id) => id !== "processes" && id !== "queue"),
      "limit",
      "drawn",
      "queue",
    ]);
  });

  it("names both currents, and tints what is beyond them in their zone's colour", () => {
    const told = ["charging", "maximum"].map((id) => [
      of(id).endLabel?.formatter,
      of(id).areaStyle?.color,
    ]);
    expect(told).toEqual([
      ["charging: 230 A", "yellow"],
      ["in all: 250 A", "red"],
    ]);
  });

  it("tells phases apart by their strokes, too", () => {
    const strokes = [1, 2, 3].map((n) =>
      JSON.stringify(of(`load:${n}`).lineStyle?.type),
    );
    expect(new Set(strokes).size).toBe(3);
  });

  it("draws limits as the steps that they are", () => {
    expect(of("limit").step).toBe("end");
    expect(of("limit").data).toContainEqual([START + 10_000, 24]);
  });

  it("marks every event at its moment", () => {
    const marked = of("events").data as [number, number][];
    expect(marked.map(([when]) => when)).toEqual([START + 5_000, START + 10_000]);
  });

  it.each([
    [14, 20],
    [22.4, 50],
    [51, 100],
    [100, 100],
  ])("has an axis in steps that read easily: %d takes %d", (value, step) => {
    expect(roundedUp(value)).toBe(step);
  });
});
