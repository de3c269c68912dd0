import { describe, expect, it } from "vitest";
import { localizer } from "../src/localize";
import { dashboardOf } from "../src/strategy/views";

const config = { type: "custom:legrand-ews" };
const school = { config_entry_id: "01SCHOOL", name: "School" };
const hall = { config_entry_id: "02HALL", name: "Town hall" };
const cardsOf = ({ views }: ReturnType<typeof dashboardOf>) =>
  views.flatMap((view) => view.sections.flatMap((section) => section.cards));

describe("the dashboard of one site", () => {
  it("has a view of the panel boards and one of the consumptions", () => {
    const { title, views } = dashboardOf(config, [school], localizer("en"));
    expect(title).toBe("School");
    expect(views.map((view) => [view.path, view.title])).toEqual([
      ["panel-board", "My panel board"],
      ["consumptions", "Consumptions"],
    ]);
  });

  it("speaks the user's language", () => {
    const { views } = dashboardOf(config, [school], localizer("fr"));
    expect(views.map((view) => view.title)).toEqual(["Mon tableau", "Consommations"]);
  });

  it("ties every card to the site, and lets it fill the width", () => {
    const cards = cardsOf(dashboardOf(config, [school], localizer("en")));
    expect(cards.map((card) => card.type)).toEqual([
      "custom:legrand-ews-panel-board",
      "custom:legrand-ews-consumption",
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
    expect(dashboard.views.map((view) => [view.path, view.title])).toEqual([
      ["panel-board-01school", "My panel board · School"],
      ["consumptions-01school", "Consumptions · School"],
      ["panel-board-02hall", "My panel board · Town hall"],
      ["consumptions-02hall", "Consumptions · Town hall"],
    ]);
    expect(cardsOf(dashboard).map((card) => card["config_entry_id"])).toEqual([
      "01SCHOOL",
      "01SCHOOL",
      "02HALL",
      "02HALL",
    ]);
  });

  it("shows only the one that its configuration names", () => {
    const named = { ...config, config_entry_id: "02HALL" };
    const dashboard = dashboardOf(named, [school, hall], localizer("en"));
    expect(dashboard.title).toBe("Town hall");
    expect(dashboard.views.map((view) => view.path)).toEqual([
      "panel-board",
      "consumptions",
    ]);
  });
});

describe("the dashboard while the integration is starting", () => {
  it("stands already", () => {
    const dashboard = dashboardOf(config, [], localizer("en"));
    expect(dashboard.title).toBe("Energy Web Server");
    expect(dashboard.views).toHaveLength(2);
    expect(cardsOf(dashboard)[0]).not.toHaveProperty("config_entry_id");
  });

  it("waits for the site that its configuration names", () => {
    const named = { ...config, config_entry_id: "02HALL" };
    const [card] = cardsOf(dashboardOf(named, [], localizer("en")));
    expect(card).toMatchObject({ config_entry_id: "02HALL" });
  });
});
