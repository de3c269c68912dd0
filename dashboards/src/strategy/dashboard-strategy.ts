import { siteStore } from "../backend/site-store";
import type { DashboardConfig, HomeAssistant } from "../hass/types";
import { localizer } from "../localize";
import { dashboardOf, type StrategyConfig } from "./views";

export const STRATEGY_TYPE = "legrand-ews";

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
    const store = siteStore(hass, config.config_entry_id);
    store.update(hass);
    await store.whenSettled();
    return dashboardOf(config, store.state.value, localizer(hass.locale.language));
  }
}
