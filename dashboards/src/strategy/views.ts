/** From a site's structure to the views of its dashboard. */

import type { Site } from "../backend/types";
import type { CardConfig, DashboardConfig, ViewConfig } from "../hass/types";
import type { Localize } from "../localize";

export interface StrategyConfig {
  type: string;
  config_entry_id?: string;
}

const COLUMNS = 4;
/** Cards of one view share a period; views of two sites do not. */
export const COLLECTION = "dashboard";

function wideView(
  title: string,
  path: string,
  icon: string,
  cards: CardConfig[],
): ViewConfig {
  const full = cards.map((card) => ({ ...card, grid_options: { columns: "full" } }));
  return {
    title,
    path,
    icon,
    show_icon_and_title: true,
    type: "sections",
    max_columns: COLUMNS,
    sections: [{ type: "grid", column_span: COLUMNS, cards: full }],
  };
}

/**
 * The whole dashboard. Without a site (`undefined`: the integration is still
 * starting) the cards say so themselves and recover by themselves.
 */
export function dashboardOf(
  config: StrategyConfig,
  site: Site | undefined,
  localize: Localize,
): DashboardConfig {
  const entry = config.config_entry_id ?? site?.config_entry_id;
  const options = entry ? { config_entry_id: entry } : {};
  return {
    title: site?.name ?? localize("title"),
    views: [
      wideView(localize("board.title"), "panel-board", "mdi:view-list-outline", [
        { type: "custom:legrand-ews-panel-board", ...options },
      ]),
      wideView(localize("consumption.title"), "consumptions", "mdi:chart-bar-stacked", [
        {
          type: "custom:legrand-ews-consumption",
          ...options,
          level: "site",
          by: "load",
          collection: COLLECTION,
        },
      ]),
    ],
  };
}
