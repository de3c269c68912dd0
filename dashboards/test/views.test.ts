import { describe, expect, it } from "vitest";
import { localizer } from "../src/localize";
import { dashboardOf } from "../src/strategy/views";

const config = { type: "custom:legrand-ews" };
const school = { config_entry_id: "01SCHOOL", name: "School" };
const hall = { config_entry_id: "02HALL", name: "Town hall" };
const cardsOf = ({ views }: ReturnType<typeof dashboardOf>) =>
  views.flatMap((view) => view.sections.flatMap((section) => section.cards));

describe("the dashboard of one site", () => {
  it("has the panel boards, and a view for every way to look at consumption", () => {
    const { title, views } = dashboardOf(config, [school], localizer("en"));
    expect(title).toBe("School");
    expect(views.map((view) => [view.path, view.title])).toEqual([
      ["panel-board", "My panel board"],
      ["consumptions", "Grand total"],
      ["overall", "Overall"],
      ["partials", "Partials"],
      ["compare", "Compare"],
      ["details", "Details"],
      ["tariffs", "Tariffs"],
      ["bill", "Bill of consumptions"],
      ["download", "Data download"],
    ]);
  });

  it("speaks the user's language", () => {
    const { views } = dashboardOf(config, [school], localizer("fr"));
    expect(views.map((view) => view.title)).toEqual([
      "Mon tableau",
      "Total général",
      "Global",
      "Partiels",
      "Comparer",
      "Détails",
      "Tarifs",
      "Facture des consommations",
      "Téléchargement",
    ]);
  });

  it("ties every card to the site, and lets it fill the width", () => {
    const cards = cardsOf(dashboardOf(config, [school], localizer("en")));
    expect(cards.map((card) => card.type)).toEqual([
      "custom:legrand-ews-panel-board",
      "custom:legrand-ews-consumption",
      "custom:legrand-ews-overall",
      "custom:legrand-ews-partials",
      "custom:legrand-ews-compare",
      "custom:legrand-ews-details",
      "custom:legrand-ews-tariffs",
      "custom:legrand-ews-bill",
      "custom:legrand-ews-download",
    ]);
    for (const card of cards) {
      expect(card).toMatchObject({
        config_entry_id: "01SCHOOL",
        grid_options: { columns: "full" },
      });
    }
  });
});

describe("the dashboard of several sites", () => {
  it("shows all, each with its name and an address of its own", () => {
    const dashboard = dashboardOf(config, [school, hall], localizer("en"));
    const named = dashboard.views.map((view) => [view.path, view.title]);
    expect(named.slice(0, 2)).toEqual([
      ["panel-board-01school", "My panel board · School"],
      ["consumptions-01school", "Grand total · School"],
    ]);
    expect(named.slice(9, 11)).toEqual([
      ["panel-board-02hall", "My panel board · Town hall"],
      ["consumptions-02hall", "Grand total · Town hall"],
    ]);
    const entries = cardsOf(dashboard).map((card) => card["config_entry_id"]);
    expect(new Set(entries.slice(0, 9))).toEqual(new Set(["01SCHOOL"]));
    expect(new Set(entries.slice(9))).toEqual(new Set(["02HALL"]));
  });

  it("leads from a board to the details of its own site", () => {
    const { views } = dashboardOf(config, [school, hall], localizer("en"));
    const paths = views.map((view) => view.path);
    const boards = cardsOf({ title: "", views }).filter((card) => card["details_path"]);
    expect(boards.map((card) => card["details_path"])).toEqual([
      "details-01school",
      "details-02hall",
    ]);
    for (const board of boards) expect(paths).toContain(board["details_path"]);
  });

  it("shows only the one that its configuration names", () => {
    const named = { ...config, config_entry_id: "02HALL" };
    const dashboard = dashboardOf(named, [school, hall], localizer("en"));
    expect(dashboard.title).toBe("Town hall");
    expect(dashboard.views.map((view) => view.path)).toEqual([
      "panel-board",
      "consumptions",
      "overall",
      "partials",
      "compare",
      "details",
      "tariffs",
      "bill",
      "download",
    ]);
  });
});

describe("the view of links", () => {
  it("is there where some module can be linked", () => {
    const linked = { ...school, has_links: true };
    const paths = (site: typeof school) =>
      dashboardOf(config, [site], localizer("en")).views.map((view) => view.path);
    expect(paths(linked)).toContain("links");
    expect(paths(school)).not.toContain("links");
  });
});

describe("the view Green'Up", () => {
  it("is there where there are charging stations", () => {
    const charging = { ...school, has_charging: true };
    const paths = (site: typeof school) =>
      dashboardOf(config, [site], localizer("en")).views.map((view) => view.path);
    expect(paths(charging)).toContain("greenup");
    expect(paths(school)).not.toContain("greenup");
  });
});

describe("the dashboard while the integration is starting", () => {
  it("stands already", () => {
    const dashboard = dashboardOf(config, [], localizer("en"));
    expect(dashboard.title).toBe("Energy Web Server");
    expect(dashboard.views).toHaveLength(9);
    expect(cardsOf(dashboard)[0]).not.toHaveProperty("config_entry_id");
  });

  it("waits for the site that its configuration names", () => {
    const named = { ...config, config_entry_id: "02HALL" };
    const [card] = cardsOf(dashboardOf(named, [], localizer("en")));
    expect(card).toMatchObject({ config_entry_id: "02HALL" });
  });
});
