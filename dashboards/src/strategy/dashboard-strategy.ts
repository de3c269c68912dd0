import { fetchCharging } from "../backend/charging-commands";
import { fetchSite, fetchSites } from "../backend/commands";
import type { SiteName } from "../backend/types";
import type { DashboardConfig, HomeAssistant } from "../hass/types";
import { localizer } from "../localize";
import { dashboardOf, type ShownSite, type StrategyConfig } from "./views";

export const STRATEGY_TYPE = "legrand-ews";

/** Whether the load management is set up, perhaps only for chargers of other makes. */
async function isManaged(hass: HomeAssistant, entry: string): Promise<boolean> {
  const charging = await fetchCharging(hass, entry).catch(() => undefined);
  return charging !== undefined && (charging.is_set_up || charging.stations.length > 0);
}

/** A site that is loaded anew answers again in a moment. */
const RETRY_MS = 1500;
const MOST_TRIES = 4;

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; tries < MOST_TRIES; tries += 1) {
    try {
      return await ask();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
  return ask();
}

/** Modules that work by links have a view of them, and so have charging stations. */
async function withParts(hass: HomeAssistant, site: SiteName): Promise<ShownSite> {
  try {
    const { devices } = await patiently(() => fetchSite(hass, site.config_entry_id));
    const has_links = devices.some((device) => device.functions.includes("link"));
    const has_charging =
      devices.some((device) => device.quantities.includes("station_state")) ||
      (await isManaged(hass, site.config_entry_id));
    return { ...site, has_links, has_charging };
  } catch {
    return site;
  }
}

/** Home Assistant calls it for a dashboard with `strategy: {type: custom:legrand-ews}`. */
export class DashboardStrategy extends HTMLElement {
  /** What "Add dashboard" fills in. */
  static getCreateSuggestions(hass: HomeAssistant): { title: string; icon: string } {
    const localize = localizer(hass.locale.language);
    return { title: localize("title"), icon: "mdi:lightning-bolt-circle" };
  }

  /** Cards follow the registries themselves; only the titles depend on `hass`. */
  static shouldRegenerate(
    _config: StrategyConfig,
    before: HomeAssistant,
    now: HomeAssistant,
  ): boolean {
    return before.locale.language !== now.locale.language;
  }

  static async generate(
    config: StrategyConfig,
    hass: HomeAssistant,
  ): Promise<DashboardConfig> {
    // The command is unknown until the integration has been set up.
    const sites = await fetchSites(hass).catch(() => []);
    const shown = await Promise.all(sites.map((site) => withParts(hass, site)));
    return dashboardOf(config, shown, localizer(hass.locale.language));
  }
}
