/** What the module adds to Home Assistant's front end. */

import { ConsumptionCard } from "./cards/consumption-card";
import { PanelBoardCard } from "./cards/panel-board-card";
import { ConsumptionChart } from "./elements/consumption-chart";
import { DeviceRow } from "./elements/device-row";
import { PeriodBar } from "./elements/period-bar";
import { Segmented } from "./elements/segmented";
import { SeriesLegend } from "./elements/series-legend";
import { TotalTiles } from "./elements/total-tiles";
import { localizer } from "./localize";
import { DashboardStrategy, STRATEGY_TYPE } from "./strategy/dashboard-strategy";

const ELEMENTS: Readonly<Record<string, CustomElementConstructor>> = {
  "legrand-ews-segmented": Segmented,
  "legrand-ews-period-bar": PeriodBar,
  "legrand-ews-total-tiles": TotalTiles,
  "legrand-ews-series-legend": SeriesLegend,
  "legrand-ews-consumption-chart": ConsumptionChart,
  "legrand-ews-device-row": DeviceRow,
  "legrand-ews-consumption": ConsumptionCard,
  "legrand-ews-panel-board": PanelBoardCard,
  [`ll-strategy-dashboard-${STRATEGY_TYPE}`]: DashboardStrategy,
};

// A user may have added the module as a dashboard resource as well.
const isFirst = !customElements.get("legrand-ews-panel-board");
if (isFirst) {
  for (const [tag, element] of Object.entries(ELEMENTS)) {
    customElements.define(tag, element);
  }
  const localize = localizer(document.documentElement.lang || navigator.language);
  const brand = localize("title");
  window.customCards ??= [];
  window.customCards.push(
    {
      type: "legrand-ews-panel-board",
      name: `${brand}: ${localize("board.title")}`,
      description: localize("board.description"),
      preview: true,
    },
    {
      type: "legrand-ews-consumption",
      name: `${brand}: ${localize("consumption.grand_total")}`,
      description: localize("consumption.description"),
      preview: true,
    },
  );
  window.customStrategies ??= [];
  window.customStrategies.push({
    type: STRATEGY_TYPE,
    strategyType: "dashboard",
    name: brand,
    description: localize("strategy.description"),
  });
}
