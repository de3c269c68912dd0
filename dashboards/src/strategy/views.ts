/** From the sites that there are to the views of the dashboard. */

import type { SiteName } from "../backend/types";
import type { CardConfig, DashboardConfig, ViewConfig } from "../hass/types";
import type { Key, Localize } from "../localize";

/** A site, and what else than meters it has. */
export interface ShownSite extends SiteName {
  /** Some module can be linked with another. */
  has_links?: boolean;
  /** There are charging stations, or their management is set up. */
  has_charging?: boolean;
}

export interface StrategyConfig {
  type: string;
  /** Left out: all sites. */
  config_entry_id?: string;
}

const COLUMNS = 4;
/** The cards of one site share a period. */
const COLLECTION = "dashboard";
const DETAILS = "details";
const LINKS = "links";
const GREENUP = "greenup";

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

interface Page {
  view: View;
  card: CardConfig;
}

function pagesOf(options: Record<string, unknown>, localize: Localize): Page[] {
  const page = (
    path: string,
    title: Key,
    icon: string,
    type: string,
    more: Record<string, unknown> = { collection: COLLECTION },
  ): Page => ({
    view: { title: localize(title), path, icon },
    card: { type: `custom:legrand-ews-${type}`, ...options, ...more },
  });
  return [
    page("panel-board", "board.title", "mdi:view-list-outline", "panel-board", {
      details_path: DETAILS,
    }),
    page(
      "consumptions",
      "consumption.grand_total",
      "mdi:chart-bar-stacked",
      "consumption",
      { level: "site", by: "load", collection: COLLECTION },
    ),
    page("overall", "overall.title", "mdi:chart-donut", "overall"),
    page("partials", "partials.title", "mdi:filter-variant", "partials"),
    page("compare", "compare.title", "mdi:compare-horizontal", "compare"),
    page(DETAILS, "details.title", "mdi:meter-electric-outline", "details"),
    page("tariffs", "tariffs.title", "mdi:chart-pie-outline", "tariffs"),
    page("bill", "bill.title", "mdi:receipt-text-outline", "bill"),
    page(GREENUP, "greenup.title", "mdi:ev-station", "greenup", {}),
    page("download", "download.title", "mdi:download", "download", {}),
    page(LINKS, "links.title", "mdi:link-variant", "links", {}),
  ];
}

function viewsOf(site: ShownSite | undefined, localize: Localize): ViewConfig[] {
  const options = site ? { config_entry_id: site.config_entry_id } : {};
  const isShown = (path: string) =>
    (path !== LINKS || site?.has_links) && (path !== GREENUP || site?.has_charging);
  return pagesOf(options, localize)
    .filter(({ view }) => isShown(view.path))
    .map(({ view, card }) => wideView(view, card));
}

/** Views of a further site carry its name, and keep their addresses when it is renamed. */
function named(view: ViewConfig, site: SiteName): ViewConfig {
  const suffix = `-${site.config_entry_id.toLowerCase()}`;
  return {
    ...view,
    title: `${view.title} · ${site.name}`,
    path: view.path + suffix,
    sections: view.sections.map((section) => ({
      ...section,
      cards: section.cards.map((card) =>
        card["details_path"] ? { ...card, details_path: DETAILS + suffix } : card,
      ),
    })),
  };
}

/**
 * The whole dashboard. Without any site (the integration is still starting) the
 * cards say so themselves and recover by themselves.
 */
export function dashboardOf(
  config: StrategyConfig,
  sites: readonly ShownSite[],
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
