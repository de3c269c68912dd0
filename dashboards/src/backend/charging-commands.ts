/** The WebSocket commands about charging stations. */

import type { Departure } from "../charging/departure";
import type { HomeAssistant, Unsubscribe } from "../hass/types";
import type { Charging, Course, LoggedSession } from "./charging-types";
import { DOMAIN } from "./commands";

type Entry = string | undefined;

function command(hass: HomeAssistant, name: string, entry: Entry) {
  return {
    type: `${DOMAIN}/${name}`,
    language: hass.locale.language,
    ...(entry ? { config_entry_id: entry } : {}),
  };
}

/** Zones, queue and stations as they are now. */
export function fetchCharging(hass: HomeAssistant, entry: Entry): Promise<Charging> {
  return hass.callWS<Charging>(command(hass, "get_charging", entry));
}

/** The same whenever a step of the management has changed something. */
export function subscribeCharging(
  hass: HomeAssistant,
  entry: Entry,
  listener: (charging: Charging) => void,
): Promise<Unsubscribe> {
  return hass.connection.subscribeMessage(
    listener,
    command(hass, "subscribe_charging", entry),
    { resubscribe: false },
  );
}

/** Loads, zones, queue and currents of the last minutes, with what happened. */
export function fetchCourse(
  hass: HomeAssistant,
  entry: Entry,
  minutes: number,
): Promise<Course> {
  return hass.callWS<Course>({
    ...command(hass, "get_charging_course", entry),
    minutes,
  });
}

/** What is asked of the running process of a station; the defaults stay. */
export type ProcessOrder = "start" | "wait" | "normal" | "priority";

export async function orderProcess(
  hass: HomeAssistant,
  entry: Entry,
  device: number,
  order: ProcessOrder,
): Promise<void> {
  const isPriority = order === "normal" || order === "priority";
  await hass.callWS({
    type: `${DOMAIN}/${isPriority ? "set_charging_priority" : `${order}_charging`}`,
    device,
    ...(isPriority ? { priority: order, scope: "session" } : {}),
    ...(entry ? { config_entry_id: entry } : {}),
  });
}

/** When the present vehicle leaves, in the site's civil time; null takes it back. */
export async function setDeparture(
  hass: HomeAssistant,
  entry: Entry,
  device: number,
  departure: Departure | null,
): Promise<void> {
  await hass.callWS({
    type: `${DOMAIN}/set_charging_departure`,
    device,
    ...(departure ? { departure: departure.at, energy: departure.energy } : {}),
    ...(entry ? { config_entry_id: entry } : {}),
  });
}

/** The session log from one day to another, the last day included. */
export async function fetchSessions(
  hass: HomeAssistant,
  entry: Entry,
  start: string,
  end: string,
): Promise<LoggedSession[]> {
  const { sessions } = await hass.callWS<{ sessions: LoggedSession[] }>({
    ...command(hass, "get_charging_sessions", entry),
    start,
    end,
  });
  return sessions;
}

/** The same as a file in the site's own dialect; answers its address. */
export function fetchSessionFile(
  hass: HomeAssistant,
  entry: Entry,
  start: string,
  end: string,
  devices: readonly number[],
): Promise<{ file: string; url: string }> {
  return hass.callWS({
    ...command(hass, "get_charging_sessions", entry),
    start,
    end,
    file: true,
    ...(devices.length > 0 ? { devices } : {}),
  });
}
