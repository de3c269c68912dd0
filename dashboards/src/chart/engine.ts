/** The parts of ECharts that the charts use; loaded when the first one is shown. */

import { BarChart, CustomChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([
  BarChart,
  CustomChart,
  LineChart,
  AriaComponent,
  GridComponent,
  TooltipComponent,
  SVGRenderer,
]);

/** A chart that fills an element; axes run leftwards in right-to-left languages. */
export function createChart(element: HTMLElement): EChartsType {
  return init(element, undefined, { renderer: "svg" });
}
