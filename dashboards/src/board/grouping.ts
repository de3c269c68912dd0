/** Devices by gateway, by board or all together, and the search in them (S147). */

import type { Board, Device, Gateway, Site } from "../backend/types";
import type { States } from "../hass/types";
import { type DeviceStatus, deviceStatus } from "./status";

export type Grouping = "gateway" | "board" | "all";

export const GROUPINGS: readonly Grouping[] = ["gateway", "board", "all"];

export interface Section {
  key: string;
  gateway?: Gateway;
  board?: Board;
  devices: Device[];
}

/** `2-10` after `2-9`, `11` after `2`. */
export function compareAddresses(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

function byAddress(a: Device, b: Device): number {
  return compareAddresses(a.address, b.address) || a.id - b.id;
}

/** A device's board is its gateway's, unless the back end says otherwise (S94). */
function boardOf(device: Device, site: Site): number | null {
  return (
    device.board ?? site.gateways.find((g) => g.id === device.gateway)?.board ?? null
  );
}

/**
 * The sections of a page. Gateways and boards without devices are kept, so that
 * a new one is seen; devices without a board come last.
 */
export function sectionsOf(
  site: Site,
  grouping: Grouping,
  language: string,
): Section[] {
  if (grouping === "gateway") {
    return site.gateways.map((gateway) => ({
      key: `gateway:${gateway.id}`,
      gateway,
      devices: site.devices.filter((d) => d.gateway === gateway.id).sort(byAddress),
    }));
  }
  if (grouping === "board") {
    const order = site.gateways.map((gateway) => gateway.id);
    const byBus = (a: Device, b: Device) =>
      order.indexOf(a.gateway) - order.indexOf(b.gateway) || byAddress(a, b);
    const on = (board: number | null) =>
      site.devices.filter((device) => boardOf(device, site) === board).sort(byBus);
    const sections: Section[] = site.boards.map((board) => ({
      key: `board:${board.id}`,
      board,
      devices: on(board.id),
    }));
    const known = new Set<number | null>(site.boards.map((board) => board.id));
    const rest = site.devices.filter((d) => !known.has(boardOf(d, site))).sort(byBus);
    return rest.length > 0
      ? [...sections, { key: "board:none", devices: rest }]
      : sections;
  }
  const collator = new Intl.Collator(language, { numeric: true });
  const devices = [...site.devices].sort((a, b) => collator.compare(a.name, b.name));
  return [{ key: "all", devices }];
}

const plain = (text: string) =>
  text
    .normalize("NFD")
    .replaceAll(/\p{Diacritic}/gu, "")
    .toLowerCase();

/** Numbers up to the length of an address are meant whole: `2` is not in `12`. */
const SHORT_NUMBER = /^[\d-]{1,3}$/;

/**
 * Whether every word of a search is found in what a row shows: name, address,
 * model, description, load.
 */
export function matchesSearch(device: Device, site: Site, search: string): boolean {
  const words = plain(search).split(/\s+/).filter(Boolean);
  const load = site.loads.find((candidate) => candidate.id === device.load);
  const text = plain(
    [
      device.name,
      device.address,
      device.printed,
      device.model,
      device.description,
      device.family_name,
      load?.name,
    ].join(" "),
  );
  const wholes = new Set(text.split(/\s+/));
  return words.every((word) =>
    SHORT_NUMBER.test(word) ? wholes.has(word) : text.includes(word),
  );
}

export interface Filter {
  search: string;
  /** Null shows every status. */
  status: DeviceStatus | null;
}

/** The sections with the devices that pass; while filtering, empty ones go. */
export function filterSections(
  sections: readonly Section[],
  site: Site,
  states: States,
  { search, status }: Filter,
): Section[] {
  const isFiltering = search.trim() !== "" || status !== null;
  if (!isFiltering) return [...sections];
  return sections
    .map((section) => ({
      ...section,
      devices: section.devices.filter(
        (device) =>
          matchesSearch(device, site, search) &&
          (status === null || deviceStatus(device, states) === status),
      ),
    }))
    .filter((section) => section.devices.length > 0);
}

/** How many devices have each status; statuses that nobody has are left out. */
export function countStatuses(
  devices: readonly Device[],
  states: States,
): Map<DeviceStatus, number> {
  const counts = new Map<DeviceStatus, number>();
  for (const device of devices) {
    const status = deviceStatus(device, states);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return counts;
}
