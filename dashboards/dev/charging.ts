/** A made-up management: three stations and a charger, two hours that got tight. */

import type {
  Charging,
  ChargingStation,
  Course,
  CourseEvent,
  CoursePoint,
  LoggedSession,
  Zone,
} from "../src/backend/charging-types";

const MAXIMUM_A = 80;
const CHARGING_A = 70;
const STEP_S = 30;
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

function station(
  id: number,
  name: string,
  overrides: Partial<ChargingStation>,
): ChargingStation {
  return {
    id,
    name,
    kind: "greenup",
    device_id: `ha-${id}`,
    address: String(id - 100),
    gateway: 2,
    group_ids: [],
    is_managed: true,
    problem: null,
    is_priority: false,
    circuit_id: 0,
    phases: [1, 2, 3],
    rated_a: 32,
    minimum_a: 7,
    status: "on",
    charge: "no_vehicle",
    progress: null,
    level: null,
    limit_a: null,
    drawn_a: [],
    errors: [],
    warnings: [],
    session: null,
    entities: {},
    ...overrides,
  };
}

const session = (charge_ah: number, minutes: number, is_priority = false) => ({
  start: ago(minutes * 60),
  energy: charge_ah * 690,
  charge_ah,
  guaranteed_ah: 32,
  cost: (charge_ah * 0.12).toFixed(4),
  currency: "EUR",
  duration_s: minutes * 60,
  is_priority,
});

export const charging: Charging = {
  is_set_up: true,
  is_enabled: true,
  sharing: "steps",
  zone: "yellow",
  problems: [],
  circuits: [
    {
      id: 0,
      name: "",
      maximum_a: MAXIMUM_A,
      charging_a: CHARGING_A,
      hysteresis_percent: 5,
      meter: { name: "Main supply", is_lost: false, read_at: ago(2) },
      lines: [
        { phase: 1, zone: "yellow", load_a: 73.4, room_a: 0, is_known: true },
        { phase: 2, zone: "green", load_a: 58.1, room_a: 11.9, is_known: true },
        { phase: 3, zone: "green", load_a: 61.7, room_a: 8.3, is_known: true },
      ],
    },
  ],
  queue: [103],
  entities: { load_management: "switch.load_management" },
  stations: [
    station(101, "Visitors left", {
      address: "12-1",
      charge: "charging",
      progress: "running",
      level: "first",
      limit_a: 24,
      drawn_a: [23.7, 23.8, 23.6],
      session: session(41.2, 132),
    }),
    station(102, "Visitors right", {
      address: "12-2",
      is_priority: true,
      charge: "charging",
      progress: "running",
      level: "rated",
      limit_a: 32,
      drawn_a: [31.4, 31.5, 31.2],
      session: session(9.6, 38, true),
      wish: { key: "time_short", text: "Charges, because time is short." },
      departure: { at: ago(-7200), energy: 18_000 },
    }),
    station(103, "Courtyard", {
      phases: [1],
      rated_a: 16,
      charge: "connected",
      progress: "waiting",
      limit_a: 0,
      drawn_a: [0],
      session: session(0, 7),
    }),
    station(104, "Delivery", {
      status: "failure",
      charge: "fault",
      errors: [{ key: "plug_lock", text: "The plug cannot be locked" }],
    }),
    station(105, "Wallbox of the director", {
      kind: "charger",
      address: null,
      gateway: null,
      minimum_a: 6,
      rated_a: 16,
      phases: [2],
      charge: "connected",
      progress: "held",
      drawn_a: [0],
      session: session(3.4, 61),
    }),
  ],
};

const zoneOf = (load: number): Zone => {
  if (load > MAXIMUM_A) return "red";
  return load > CHARGING_A ? "yellow" : "green";
};

function points(): CoursePoint[] {
  return Array.from({ length: 240 }, (_, index) => {
    const before = (239 - index) * STEP_S;
    const wave = (n: number) => 12 * Math.sin((index + n * 25) / 22);
    const loads = [
      58 + wave(0) + (index > 150 && index < 175 ? 18 : 0),
      50 + wave(1),
      54 + wave(2),
    ];
    const first = index > 160 ? 24 : 32;
    return {
      at: ago(before),
      lines: loads.map((load_a, n) => ({
        circuit: 0,
        phase: n + 1,
        load_a,
        zone: zoneOf(load_a),
      })),
      queue: index > 225 ? 1 : 0,
      stations: [
        { id: 101, limit_a: first, drawn_a: first - 0.3, progress: "running" },
        ...(index > 163
          ? [{ id: 102, limit_a: 32, drawn_a: 31.4, progress: "running" as const }]
          : []),
        ...(index > 225
          ? [{ id: 103, limit_a: 0, drawn_a: 0, progress: "waiting" as const }]
          : []),
      ],
    };
  });
}

const events: CourseEvent[] = [
  {
    at: ago(7130),
    station: 101,
    kind: "started",
    text: "Visitors left may charge with 32 A: there is room on its phases.",
  },
  {
    at: ago(2660),
    station: null,
    kind: "zone_changed",
    text: "L1 is in the red zone: 81.2 A of 80 A.",
  },
  {
    at: ago(2655),
    station: 101,
    kind: "reduced_in_red",
    text: "Visitors left is reduced to 24 A, because L1 is in the red zone.",
  },
  {
    at: ago(420),
    station: 103,
    kind: "session_began",
    text: "A vehicle was plugged in at Courtyard; it waits until there is room on L1.",
  },
];

export const course = (): Course => ({ step_s: STEP_S, points: points(), events });

export const sessions: LoggedSession[] = [1, 2, 3, 4, 5, 6].map((day) => ({
  device: 100 + (day % 3) + 1,
  side: 1,
  start: ago(day * 86_400 + 9_000),
  end: ago(day * 86_400),
  energy: 11_250 + day * 730,
  charge_ah: 16.3 + day,
  cost: (2.41 + day / 10).toFixed(4),
  currency: "EUR",
  reason: day === 2 ? "finished" : "unplugged",
  is_estimated: day === 3,
  name: ["Visitors left", "Visitors right", "Courtyard"][day % 3] ?? "",
}));
