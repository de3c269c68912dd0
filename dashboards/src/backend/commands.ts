/** The integration's WebSocket commands. */

import type { HomeAssistant, Unsubscribe } from "../hass/types";
import type {
  Consumption,
  ConsumptionQuery,
  Correction,
  DeviceValues,
  ExportEvent,
  Harmonics,
  Link,
  Site,
  SiteName,
} from "./types";

export const DOMAIN = "legrand_ews";

type Entry = string | undefined;

const entryField = (entry: Entry) => (entry ? { config_entry_id: entry } : {});

/** The sites that are running. */
export function fetchSites(hass: HomeAssistant): Promise<SiteName[]> {
  return hass.callWS<SiteName[]>({ type: `${DOMAIN}/sites` });
}

/** The structure of a site, with names in the user's language. */
export function fetchSite(hass: HomeAssistant, entry: Entry): Promise<Site> {
  return hass.callWS<Site>({
    type: `${DOMAIN}/site`,
    language: hass.locale.language,
    ...entryField(entry),
  });
}

export function fetchConsumption(
  hass: HomeAssistant,
  entry: Entry,
  query: ConsumptionQuery,
): Promise<Consumption> {
  return hass.callWS<Consumption>({
    type: `${DOMAIN}/get_consumption`,
    language: hass.locale.language,
    ...query,
    ...entryField(entry),
  });
}

/** Be told after every interval that went into the archive. */
export function subscribeSamples(
  hass: HomeAssistant,
  entry: Entry,
  listener: () => void,
): Promise<Unsubscribe> {
  return hass.connection.subscribeMessage(
    listener,
    { type: `${DOMAIN}/subscribe_samples`, ...entryField(entry) },
    { resubscribe: false },
  );
}

/** Have these devices read every few seconds until unsubscribed. */
export function watchDevices(
  hass: HomeAssistant,
  entry: Entry,
  devices: readonly number[],
): Promise<Unsubscribe> {
  return hass.connection.subscribeMessage(() => undefined, {
    type: `${DOMAIN}/watch`,
    devices: [...devices],
    ...entryField(entry),
  });
}

/** All values of a device, read every few seconds until unsubscribed. */
export function subscribeValues(
  hass: HomeAssistant,
  entry: Entry,
  device: number,
  listener: (values: DeviceValues) => void,
): Promise<Unsubscribe> {
  return hass.connection.subscribeMessage(
    listener,
    { type: `${DOMAIN}/values`, device, ...entryField(entry) },
    { resubscribe: false },
  );
}

/** Have a device's harmonics read now. */
export function fetchHarmonics(
  hass: HomeAssistant,
  entry: Entry,
  device: number,
): Promise<Harmonics> {
  return hass.callWS<Harmonics>({
    type: `${DOMAIN}/get_harmonics`,
    device,
    ...entryField(entry),
  });
}

/** What the counters of a device did beside counting, the latest first. */
export function fetchCorrections(
  hass: HomeAssistant,
  entry: Entry,
  device: number,
): Promise<{ corrections: Correction[] }> {
  return hass.callWS<{ corrections: Correction[] }>({
    type: `${DOMAIN}/get_corrections`,
    devices: [device],
    ...entryField(entry),
  });
}

/** The links between modules, with what is wrong with each. */
export async function fetchLinks(hass: HomeAssistant, entry: Entry): Promise<Link[]> {
  const { links } = await hass.callWS<{ links: Link[] }>({
    type: `${DOMAIN}/get_links`,
    language: hass.locale.language,
    ...entryField(entry),
  });
  return links;
}

/** The list of links as a file; for administrators. */
export function exportLinks(
  hass: HomeAssistant,
  entry: Entry,
): Promise<{ url: string }> {
  return hass.callWS({ type: `${DOMAIN}/export_links`, ...entryField(entry) });
}

/** Have the file of a chart made, in the site's own dialect; answers its address. */
export function fetchDatalogger(
  hass: HomeAssistant,
  entry: Entry,
  query: ConsumptionQuery,
): Promise<{ file: string; url: string }> {
  return hass.callWS({
    type: `${DOMAIN}/datalogger`,
    language: hass.locale.language,
    ...query,
    ...entryField(entry),
  });
}

/** Have the recorded data made into files; unsubscribing gives up. */
export function exportData(
  hass: HomeAssistant,
  entry: Entry,
  request: Record<string, unknown>,
  listener: (event: ExportEvent) => void,
): Promise<Unsubscribe> {
  // A connection that comes back must not start the work anew.
  return hass.connection.subscribeMessage(
    listener,
    { type: `${DOMAIN}/export_data`, ...request, ...entryField(entry) },
    { resubscribe: false },
  );
}
