/** When a vehicle leaves and what it is to get: the form, and what is sent. */

import { civilOf, dayOf } from "../format/civil";

const DAY_MS = 86_400_000;
const WH_PER_KWH = 1000;
const MORNING_HOUR = 7;
const USUAL_KWH = 20;
const LARGEST_KWH = 250;

/** In the site's civil time, as Home Assistant's forms have it, and in kWh. */
export interface DepartureForm {
  day?: string;
  time?: string;
  energy?: number;
}

export interface Departure {
  at: string;
  /** Wh of the whole session. */
  energy: number;
}

export const DEPARTURE_SCHEMA = [
  { name: "day", required: true, selector: { date: {} } },
  { name: "time", required: true, selector: { time: { no_second: true } } },
  {
    name: "energy",
    required: true,
    selector: {
      number: {
        min: 0.1,
        max: LARGEST_KWH,
        step: 0.1,
        mode: "box",
        unit_of_measurement: "kWh",
      },
    },
  },
];

const two = (value: number) => String(value).padStart(2, "0");

/** What the form begins with: what holds, else the next morning. */
export function departureForm(
  known: Departure | null | undefined,
  now: Date,
  zone: string,
): DepartureForm {
  if (known) {
    const at = new Date(known.at);
    const { hour, minute } = civilOf(at, zone);
    return {
      day: dayOf(at, zone),
      time: `${two(hour)}:${two(minute)}:00`,
      energy: known.energy / WH_PER_KWH,
    };
  }
  const isBefore = civilOf(now, zone).hour < MORNING_HOUR;
  const day = dayOf(isBefore ? now : new Date(now.getTime() + DAY_MS), zone);
  return { day, time: `${two(MORNING_HOUR)}:00:00`, energy: USUAL_KWH };
}

/** What is sent; undefined while something is missing. */
export function departureOf({
  day,
  time,
  energy,
}: DepartureForm): Departure | undefined {
  if (!day || !time || !energy) return undefined;
  return { at: `${day} ${time}`, energy: Math.round(energy * WH_PER_KWH) };
}
