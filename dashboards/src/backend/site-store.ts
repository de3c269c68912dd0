/** The structure of each site, fetched once a page and shared by its cards. */

import type { Connection, HomeAssistant } from "../hass/types";
import { fetchSite } from "./commands";
import { Source } from "./loadable";
import type { Site } from "./types";

/** The registry changes several times in a row while an entry is loaded. */
const SETTLE_MS = 1500;

export class SiteStore extends Source<Site> {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private hass: HomeAssistant,
    entry: string | undefined,
  ) {
    super(() => fetchSite(this.hass, entry));
    void this.refresh();
  }

  /** Take the newest `hass`; devices that came or went mean a new structure. */
  update(hass: HomeAssistant): void {
    const hasChanged = hass.devices !== this.hass.devices;
    this.hass = hass;
    if (!hasChanged) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.hasListeners) void this.refresh();
    }, SETTLE_MS);
  }
}

const stores = new WeakMap<Connection, Map<string, SiteStore>>();

/** The store of a site in the user's language. */
export function siteStore(hass: HomeAssistant, entry: string | undefined): SiteStore {
  let known = stores.get(hass.connection);
  if (!known) {
    known = new Map();
    stores.set(hass.connection, known);
  }
  const key = JSON.stringify([entry ?? null, hass.locale.language]);
  let store = known.get(key);
  if (!store) {
    store = new SiteStore(hass, entry);
    known.set(key, store);
  }
  return store;
}
