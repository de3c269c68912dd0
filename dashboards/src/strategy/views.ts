/** From the sites that there are to the views of the dashboard. */

import type { SiteName } from "../backend/types";
import type { CardConfig, DashboardConfig, ViewConfig } from "../hass/types";
import type { Localize } from "../localize";

export interface StrategyConfig {
  type: string;
  /** Left out: all sites. */
  config_entry_id?: string;
}

const COLUMNS = 4;
/** The cards of one site share a period. */
const COLLECTION = "dashboard";

type View = Pick<ViewConfig, "title" | "path" | "icon">;

function wideView(view: View, card: CardConfig): ViewConfig {
  return {
    ...view,
    show_icon_and_title: true,
    type: "sections",
    max_columns: COLUMNS,
    sections: [
      {
        type: "grid",
        column_span: COLUMNS,
        cards: [{ ...card, grid_options: { columns: "full" } }],
      },
    ],
  };
}

function viewsOf(site: SiteName | undefined, localize: Localize): ViewConfig[] {
  const options = site ? { config_entry_id: site.config_entry_id } : {};
  return [
    wideView(
      {
        title: localize("board.title"),
        path: "panel-board",
        icon: "mdi:view-list-outline",
      },
      { type: "custom:legrand-ews-panel-board", ...options },
    ),
    wideView(
      {
        title: localize("consumption.title"),
        path: "consumptions",
        icon: "mdi:chart-bar-stacked",
      },
      {
        type: "custom:legrand-ews-consumption",
        ...options,
        level: "site",
        by: "load",
        collection: COLLECTION,
      },
    ),
  ];
}

/** Views of a further site carry its name, and keep their addresses when it is renamed. */
function named(view: ViewConfig, site: SiteName): ViewConfig {
  return {
    ...view,
    title: `${view.title} · ${site.name}`,
    path: `${view.path}-${site.config_entry_id.toLowerCase()}`,
  };
}

/**
 * The whole dashboard. Without any site (the integration is still starting) the
 * cards say so themselves and recover by themselves.
 */
export function dashboardOf(
  config: StrategyConfig,
  sites: readonly SiteName[],
  localize: Localize,
): DashboardConfig {
  const entry = config.config_entry_id;
  const shown = entry ? sites.filter((site) => site.config_entry_id === entry) : sites;
  const [first] = shown;
  if (shown.length > 1) {
    return {
      title: localize("title"),
      views: shown.flatMap((site) =>
        viewsOf(site, localize).map((view) => named(view, site)),
      ),
    };
  }
  const only = first ?? (entry ? { config_entry_id: entry, name: "" } : undefined);
  return { title: only?.name || localize("title"), views: viewsOf(only, localize) };
}
