import { siteStore } from "../backend/site-store";
import type { DashboardConfig, HomeAssistant } from "../hass/types";
import { localizer } from "../localize";
import { dashboardOf, type StrategyConfig } from "./views";

export const STRATEGY_TYPE = "legrand-ews";

/** Home Assistant calls it for a dashboard with `strategy: {type: custom:legrand-ews}`. */
export class DashboardStrategy extends HTMLElement {
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
