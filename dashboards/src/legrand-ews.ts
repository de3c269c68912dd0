/** What the module adds to Home Assistant's front end. */

import { BillCard } from "./cards/bill-card";
import { CompareCard } from "./cards/compare-card";
import { ConsumptionCard } from "./cards/consumption-card";
import { DetailsCard } from "./cards/details-card";
import { DownloadCard } from "./cards/download-card";
import { GreenupCard } from "./cards/greenup-card";
import { LinksCard } from "./cards/links-card";
import { OverallCard } from "./cards/overall-card";
import { PanelBoardCard } from "./cards/panel-board-card";
import { PartialsCard } from "./cards/partials-card";
import { TariffsCard } from "./cards/tariffs-card";
import { BillSheet } from "./elements/bill-sheet";
import { ChargingCourse } from "./elements/charging-course";
import { ChargingLive } from "./elements/charging-live";
import { ChargingRow } from "./elements/charging-row";
import { ChargingSessions } from "./elements/charging-sessions";
import { ChargingZones } from "./elements/charging-zones";
import { ConsumptionChart } from "./elements/consumption-chart";
import { Control } from "./elements/control";
import { Corrections } from "./elements/corrections";
import { DepartureDialog } from "./elements/departure-dialog";
import { DeviceHeader } from "./elements/device-header";
import { DevicePages } from "./elements/device-pages";
import { DeviceRow } from "./elements/device-row";
import { Harmonics } from "./elements/harmonics";
import { ManagementSwitch } from "./elements/management-switch";
import { PeriodBar } from "./elements/period-bar";
import { Picker } from "./elements/picker";
import { PlanBar } from "./elements/plan-bar";
import { PlanBeside } from "./elements/plan-beside";
import { PlanDialog } from "./elements/plan-dialog";
import { PlanEditor } from "./elements/plan-editor";
import { PlanPreview } from "./elements/plan-preview";
import { PlanTariffs } from "./elements/plan-tariffs";
import { Ring } from "./elements/ring";
import { RuleTable } from "./elements/rule-table";
import { Segmented } from "./elements/segmented";
import { SeriesLegend } from "./elements/series-legend";
import { StationDetails } from "./elements/station-details";
import { TotalBars } from "./elements/total-bars";
import { TotalTiles } from "./elements/total-tiles";
import { localizer } from "./localize";
import { DashboardStrategy, STRATEGY_TYPE } from "./strategy/dashboard-strategy";

const ELEMENTS: Readonly<Record<string, CustomElementConstructor>> = {
  "legrand-ews-segmented": Segmented,
  "legrand-ews-picker": Picker,
  "legrand-ews-period-bar": PeriodBar,
  "legrand-ews-ring": Ring,
  "legrand-ews-total-bars": TotalBars,
  "legrand-ews-control": Control,
  "legrand-ews-harmonics": Harmonics,
  "legrand-ews-corrections": Corrections,
  "legrand-ews-device-header": DeviceHeader,
  "legrand-ews-device-pages": DevicePages,
  "legrand-ews-total-tiles": TotalTiles,
  "legrand-ews-series-legend": SeriesLegend,
  "legrand-ews-consumption-chart": ConsumptionChart,
  "legrand-ews-device-row": DeviceRow,
  "legrand-ews-rule-table": RuleTable,
  "legrand-ews-plan-preview": PlanPreview,
  "legrand-ews-plan-tariffs": PlanTariffs,
  "legrand-ews-plan-bar": PlanBar,
  "legrand-ews-plan-beside": PlanBeside,
  "legrand-ews-plan-dialog": PlanDialog,
  "legrand-ews-plan-editor": PlanEditor,
  "legrand-ews-bill-sheet": BillSheet,
  "legrand-ews-charging-zones": ChargingZones,
  "legrand-ews-charging-row": ChargingRow,
  "legrand-ews-charging-course": ChargingCourse,
  "legrand-ews-charging-live": ChargingLive,
  "legrand-ews-charging-sessions": ChargingSessions,
  "legrand-ews-station-details": StationDetails,
  "legrand-ews-management-switch": ManagementSwitch,
  "legrand-ews-departure-dialog": DepartureDialog,
  "legrand-ews-consumption": ConsumptionCard,
  "legrand-ews-overall": OverallCard,
  "legrand-ews-partials": PartialsCard,
  "legrand-ews-compare": CompareCard,
  "legrand-ews-tariffs": TariffsCard,
  "legrand-ews-bill": BillCard,
  "legrand-ews-details": DetailsCard,
  "legrand-ews-greenup": GreenupCard,
  "legrand-ews-links": LinksCard,
  "legrand-ews-download": DownloadCard,
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
    ...(
      [
        ...["overall", "partials", "compare", "details"],
        ...["tariffs", "bill", "greenup", "links", "download"],
      ] as const
    ).map((name) => ({
      type: `legrand-ews-${name}`,
      name: `${brand}: ${localize(`${name}.title`)}`,
      description: localize(`${name}.description`),
      preview: true,
    })),
  );
  window.customStrategies ??= [];
  window.customStrategies.push({
    type: STRATEGY_TYPE,
    strategyType: "dashboard",
    name: brand,
    description: localize("strategy.description"),
  });
}
