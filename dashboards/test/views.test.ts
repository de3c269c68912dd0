import { describe, expect, it } from "vitest";
import { localizer } from "../src/localize";
import { dashboardOf } from "../src/strategy/views";
import { site } from "./examples";

const config = { type: "custom:legrand-ews" };

describe("the dashboard", () => {
  it("has a view of the panel boards and one of the consumptions", () => {
    const { title, views } = dashboardOf(
      config,
      site({ name: "School" }),
      localizer("en"),
    );
    expect(title).toBe("School");
    expect(views.map((view) => [view.path, view.title])).toEqual([
      ["panel-board", "My panel board"],
      ["consumptions", "Consumptions"],
    ]);
  });

  it("speaks the user's language", () => {
    const { views } = dashboardOf(config, site({}), localizer("fr"));
    expect(views.map((view) => view.title)).toEqual(["Mon tableau", "Consommations"]);
  });

  it("ties every card to the site, and lets it fill the width", () => {
    const { views } = dashboardOf(config, site({}), localizer("en"));
    const cards = views.flatMap((view) =>
      view.sections.flatMap((section) => section.cards),
    );
    expect(cards.map((card) => card.type)).toEqual([
      "custom:legrand-ews-panel-board",
      "custom:legrand-ews-consumption",
    ]);
    for (const card of cards) {
      expect(card).toMatchObject({
        config_entry_id: "entry",
        grid_options: { columns: "full" },
      });
    }
  });

  it("shows the site that its configuration names", () => {
    const named = { ...config, config_entry_id: "other" };
    const { views } = dashboardOf(named, undefined, localizer("en"));
    expect(views[0]?.sections[0]?.cards[0]).toMatchObject({ config_entry_id: "other" });
  });

  it("stands even while the integration is still starting", () => {
    const { title, views } = dashboardOf(config, undefined, localizer("en"));
    expect(title).toBe("Energy Web Server");
    expect(views).toHaveLength(2);
    expect(views[0]?.sections[0]?.cards[0]).not.toHaveProperty("config_entry_id");
  });
});
