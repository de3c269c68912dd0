/** What is compared: devices, loads, groups and the site, in one or two periods (S167). */

import type { Consumption, Fluid, Series, Site } from "../backend/types";
import { fluidsOfDevice } from "../device/meters";
import { bucketNames } from "../format/buckets";
import type { FrontendLocale } from "../hass/types";
import type { Scope } from "./collection";
import { fluidsOf } from "./parts";
import { shiftDay } from "./period";

export const LEVELS = ["site", "load", "group", "device"] as const;
export type Level = (typeof LEVELS)[number];

export interface Item {
  level: Level;
  id: number;
}

/** A fixed day or a step back: the period that stands beside the one shown. */
export type Beside = "none" | "previous" | "last_year" | "other";

/** The whole site has no number of its own. */
const SITE_ID = 0;
const FLUIDS: readonly Fluid[] = ["electricity", "electricity_export", "gas", "water"];
/** Half seen through: the same object in the period beside. */
const FADED = "80";
const HEX_COLOR = /^#[0-9a-f]{6}$/i;
const BESIDE = "@";

export const keyOfItem = ({ level, id }: Item): string => `${level}:${id}`;

export function itemOf(key: string): Item | undefined {
  const [level, id] = key.split(":");
  const known = LEVELS.find((one) => one === level);
  return known && id !== undefined ? { level: known, id: Number(id) } : undefined;
}

export function nameOfItem(
  { level, id }: Item,
  site: Site,
  siteName: string,
): string | undefined {
  const named = (list: readonly { id: number; name: string }[]) =>
    list.find((one) => one.id === id)?.name;
  if (level === "site") return siteName;
  if (level === "load") return named(site.loads);
  return level === "group" ? named(site.groups) : named(site.devices);
}

/** The fluids in which an object can be compared; of a device its own one. */
export function fluidsOfItem({ level, id }: Item, site: Site): Fluid[] {
  if (level === "device") {
    const found = site.devices.find((device) => device.id === id);
    return found ? fluidsOfDevice(found).slice(0, 1) : [];
  }
  const devices = site.devices.filter(
    (device) =>
      level === "site" ||
      (level === "load" ? device.load : null) === id ||
      (level === "group" && device.groups.includes(id)),
  );
  return fluidsOf({ ...site, devices });
}

/** The loads, groups and the site that have something to compare. */
export function itemsOf(site: Site): Item[] {
  const items: Item[] = [
    { level: "site", id: SITE_ID },
    ...site.loads.map(({ id }): Item => ({ level: "load", id })),
    ...site.groups.map(({ id }): Item => ({ level: "group", id })),
  ];
  return items.filter((item) => fluidsOfItem(item, site).length > 0);
}

/** The first fluid that all of them count; undefined where there is none (S168). */
export function commonFluid(items: readonly Item[], site: Site): Fluid | undefined {
  const lists = items.map((item) => fluidsOfItem(item, site));
  if (lists.length === 0) return undefined;
  return FLUIDS.find((fluid) => lists.every((list) => list.includes(fluid)));
}

/** What is asked for the chosen objects: one question for each level and fluid. */
export function scopesOf(
  items: readonly Item[],
  site: Site,
  isMoney: boolean,
  date?: string,
): Scope[] {
  const fluid = commonFluid(items, site);
  const ids = new Map<string, number[]>();
  for (const item of items) {
    const fluids = isMoney ? fluidsOfItem(item, site) : fluid ? [fluid] : [];
    for (const one of fluids) {
      const key = JSON.stringify([item.level, one]);
      ids.set(key, [...(ids.get(key) ?? []), item.id]);
    }
  }
  return [...ids].map(([key, numbers]): Scope => {
    const [level, one] = JSON.parse(key) as [Level, Fluid];
    return {
      ...{ level, fluid: one, compare: "none" },
      by: level === "device" ? "device" : "level",
      ...(level === "site" ? {} : { ids: numbers }),
      ...(isMoney ? { isMoney } : {}),
      ...(date === undefined ? {} : { date }),
    };
  });
}

/** The day that names the period beside; undefined where there is none yet. */
export function besideDay(
  beside: Beside,
  other: string,
  period: Parameters<typeof shiftDay>[0],
  day: string,
): string | undefined {
  if (beside === "none") return undefined;
  if (beside === "other") return other || undefined;
  if (beside === "previous") return shiftDay(period, day, -1);
  const before = `${String(Number(day.slice(0, 4)) - 1).padStart(4, "0")}${day.slice(4)}`;
  return before.endsWith("-02-29") ? `${before.slice(0, 8)}28` : before;
}

const add = (a: number | null | undefined, b: number | null | undefined) =>
  (a ?? null) === null ? (b ?? null) : (a ?? 0) + (b ?? 0);

/** What an object costs in several fluids is one sum. */
function joined(answers: readonly Consumption[]): Series[] {
  const found = new Map<string, Series>();
  for (const series of answers.flatMap((answer) => answer.series)) {
    const key = `${series.kind}:${series.id}`;
    const known = found.get(key);
    found.set(
      key,
      known
        ? {
            ...known,
            values: known.values.map((value, index) =>
              add(value, series.values[index]),
            ),
            total: add(known.total, series.total),
          }
        : series,
    );
  }
  return [...found.values()];
}

/** Values at the same place of the period: hour by hour, day by day. */
function aligned(
  shown: Consumption,
  beside: Consumption,
  locale: FrontendLocale,
  zone: string,
): (values: Series["values"]) => Series["values"] {
  const names = ({ bucket, buckets, end }: Consumption) =>
    bucketNames(bucket, buckets, end, locale, zone).map(({ place }) => place);
  const places = names(beside);
  const order = names(shown).map((place, index) =>
    shown.bucket === "year" ? index : places.indexOf(place),
  );
  return (values) => order.map((index) => values[index] ?? null);
}

/** Answers to several questions as one; the period beside comes after the one shown. */
export function sideBySide(
  shown: readonly Consumption[],
  beside: readonly Consumption[],
  locale: FrontendLocale,
  zone: string,
): Consumption | undefined {
  const [first] = shown;
  if (!first) return undefined;
  const [other] = beside;
  const align = other && aligned(first, other, locale, zone);
  const others = joined(beside).map((series) => ({
    ...series,
    kind: `${series.kind}${BESIDE}`,
    values: align ? align(series.values) : series.values,
  }));
  return {
    ...first,
    series: [...joined(shown), ...others],
    // Shares of a sum over what is compared would say nothing.
    total: null,
    complete: [...shown, ...beside].every(({ complete }) => complete),
  };
}

interface Drawn {
  key: string;
  name: string;
  color: string;
}

/** Rows in the order of the items, each followed by itself in the period beside. */
export function inOrder<R extends Drawn>(
  rows: readonly R[],
  items: readonly Item[],
  nameOf: (item: Item) => string,
  besideName: string,
): R[] {
  return items.flatMap((item) => {
    const row = rows.find(({ key }) => key === keyOfItem(item));
    const beside = rows.find(({ key }) => key === `${item.level}${BESIDE}:${item.id}`);
    const name = nameOf(item);
    const faded =
      row && HEX_COLOR.test(row.color) ? { color: `${row.color}${FADED}` } : {};
    return [
      ...(row ? [{ ...row, name }] : []),
      ...(beside ? [{ ...beside, ...faded, name: `${name} · ${besideName}` }] : []),
    ];
  });
}
