/** From the course of charging to the options of its chart; needs no browser. */

import type { CustomSeriesOption, LineSeriesOption } from "echarts/charts";
import type {
  AriaComponentOption,
  GridComponentOption,
  TooltipComponentOption,
} from "echarts/components";
import type { ComposeOption } from "echarts/core";
import type { ChargingCircuit, CourseEvent } from "../backend/charging-types";
import {
  baseLine,
  type ChartTheme,
  grid,
  labelLook,
  spoken,
  TOOLTIP,
} from "../chart/look";
import { dateFormat } from "../format/buckets";
import { formatNumber } from "../format/numbers";
import type { FrontendLocale } from "../hass/types";
import type { CourseSeries, Instant } from "./course";
import { type ProcessLook, processLanes, type ZoneLook, zoneLanes } from "./lanes";

export type CourseOptions = ComposeOption<
  | LineSeriesOption
  | CustomSeriesOption
  | GridComponentOption
  | TooltipComponentOption
  | AriaComponentOption
>;

/** What a phase is drawn like: told apart without colours, too. */
export const PHASE_STYLES: readonly { color: string; type: "solid" | number[] }[] = [
  { color: "#b5651d", type: "solid" },
  { color: "#2f86d6", type: [7, 3] },
  { color: "#8e7cc3", type: [2, 2] },
];

export interface CourseRequest {
  series: CourseSeries;
  circuit: ChargingCircuit;
  /** Sentences as markers. */
  events: readonly CourseEvent[];
  /** Stations with a lane each. */
  stations: readonly { id: number; name: string; rated_a: number }[];
  /** Number of the one station whose currents are drawn instead. */
  only: number | undefined;
  zones: ZoneLook;
  processes: ProcessLook;
  theme: ChartTheme;
  locale: FrontendLocale;
  /** Names of the four drawings. */
  titles: { load: string; zones: string; stations: string; queue: string };
  /** What stands at the two currents that divide the zones. */
  thresholds: { charging: string; maximum: string };
  /** Civil time of the site. */
  zone: string;
  isNarrow: boolean;
  description: string;
}

/** Heights of the four drawings below one another, and what is between them. */
const LOAD = { top: 30, height: 170 };
const ZONES = { top: 238, height: 72 };
const STATIONS = { top: 348, height: 150 };
const QUEUE = { top: 540, height: 48 };
export const COURSE_HEIGHT_PX = 620;
const GRIDS = [LOAD, ZONES, STATIONS, QUEUE];
/** Room for the names of stations, on a desk and on a phone. */
const LEFT_PX = 132;
const LEFT_NARROW_PX = 76;
const AXIS_GAP_PX = 8;
const TINT = 0.12;

/** Events stand above the highest load. */
const MARKER_ROOM = 1.12;

/** The next 1, 2 or 5 times a power of ten: steps of an axis that are read easily. */
export function roundedUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  const factor = [1, 2, 5].find((one) => one * power >= value) ?? 10;
  return factor * power;
}

function line(
  id: string,
  index: number,
  data: Instant[],
  more: Partial<LineSeriesOption>,
): LineSeriesOption {
  return {
    id,
    type: "line",
    xAxisIndex: index,
    yAxisIndex: index,
    showSymbol: false,
    emphasis: { disabled: true },
    data,
    ...more,
  };
}

/**
 * A current that does not change, from one edge of the drawing to the other; beyond it
 * begins the zone of this colour. The name stands at the older edge.
 */
function threshold(
  id: keyof CourseRequest["thresholds"],
  current: number,
  request: CourseRequest,
  type: "solid" | number[],
): LineSeriesOption {
  const { series, theme, thresholds, zones } = request;
  const isMaximum = id === "maximum";
  // The label is at the end of the line, which is drawn backwards for that.
  const data: Instant[] = [
    [series.to, current],
    [series.from, current],
  ];
  return line(id, 0, data, {
    silent: true,
    tooltip: { show: false },
    lineStyle: { color: theme.colors.text, width: 1.5, type, opacity: 0.75 },
    areaStyle: {
      origin: "end",
      color: isMaximum ? zones.colors.red : zones.colors.yellow,
      opacity: TINT,
    },
    endLabel: {
      show: true,
      formatter: thresholds[id],
      ...labelLook(theme, 11),
      align: "left",
      verticalAlign: isMaximum ? "bottom" : "top",
      offset: [0, isMaximum ? -3 : 4],
      textBorderColor: theme.colors.surface,
      textBorderWidth: 3,
    },
  });
}

/** Markers stand above the loads, each at its moment. */
function markers({ events, theme, series }: CourseRequest, top: number) {
  const data: Instant[] = events
    .map((event): Instant => [Date.parse(event.at), top])
    .filter(([at]) => at >= series.from);
  return line("events", 0, data, {
    showSymbol: true,
    showAllSymbol: true,
    symbol: "triangle",
    symbolRotate: 180,
    symbolSize: 9,
    lineStyle: { width: 0, opacity: 0 },
    itemStyle: { color: theme.colors.text },
  });
}

/** What one station granted, and what its vehicle drew of it. */
function currents({ series, processes }: CourseRequest, id: number) {
  const own = series.stations.find((one) => one.id === id);
  const color = processes.colors.running;
  if (!own) return [];
  return [
    line("limit", 2, own.limits, {
      step: "end",
      lineStyle: { color, width: 2.5 },
      itemStyle: { color },
    }),
    line("drawn", 2, own.drawn, {
      lineStyle: { color, width: 1, opacity: 0.8, type: [3, 2] },
      areaStyle: { color, opacity: 0.15 },
      itemStyle: { color },
    }),
  ];
}

export function courseOptions(request: CourseRequest): CourseOptions {
  const { series, circuit, theme, locale, isNarrow, only, stations } = request;
  const { colors } = theme;
  const label = labelLook(theme, 11);
  const left = isNarrow ? LEFT_NARROW_PX : LEFT_PX;
  const phases = series.phases.map(({ phase }) => phase);
  const title = {
    nameGap: 14,
    nameTextStyle: {
      ...labelLook(theme, 12),
      color: colors.text,
      fontWeight: 500 as const,
      align: "left" as const,
      padding: [0, 0, 0, -left],
    },
  };
  const clock = dateFormat(locale, request.zone, {
    hour: "numeric",
    minute: "2-digit",
  });
  const highest = Math.max(
    circuit.maximum_a,
    ...series.phases.flatMap(({ loads }) => loads.map(([, load]) => load ?? 0)),
  );
  const interval = roundedUp((highest * MARKER_ROOM) / 4);
  const top = Math.ceil((highest * MARKER_ROOM) / interval) * interval;
  const longestQueue = Math.max(2, ...series.queue.map(([, count]) => count ?? 0));
  const number = (value: number) => formatNumber(value, locale);
  const yAxis = (index: number, more: object) => ({
    type: "value" as const,
    gridIndex: index,
    min: 0,
    splitLine: grid(theme),
    axisLabel: { ...label, formatter: number },
    ...title,
    ...more,
  });
  /** The first of the lanes stands on top. */
  const laneAxis = (index: number, name: string, names: readonly string[]) => ({
    type: "category" as const,
    gridIndex: index,
    name,
    ...title,
    data: names.toReversed(),
    axisTick: { show: false },
    axisLine: { show: false },
    splitLine: { show: false },
    axisLabel: {
      ...label,
      width: left - AXIS_GAP_PX,
      overflow: "truncate" as const,
    },
  });
  return {
    animation: false,
    aria: spoken(request.description),
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    grid: GRIDS.map(({ top: y, height }) => ({
      top: y,
      height,
      left,
      right: isNarrow ? 8 : 16,
    })),
    xAxis: GRIDS.map((_, index) => ({
      type: "time" as const,
      gridIndex: index,
      min: series.from,
      max: series.to,
      splitNumber: isNarrow ? 3 : 8,
      ...baseLine(theme),
      axisLabel: {
        ...label,
        show: index === GRIDS.length - 1,
        hideOverlap: true,
        formatter: (at: number) => clock.format(at),
      },
    })),
    yAxis: [
      yAxis(0, { max: top, interval, name: request.titles.load }),
      laneAxis(
        1,
        request.titles.zones,
        phases.map((phase) => `L${phase}`),
      ),
      only === undefined
        ? laneAxis(
            2,
            request.titles.stations,
            stations.map(({ name }) => name),
          )
        : yAxis(2, { splitNumber: 3, name: request.titles.stations }),
      yAxis(3, {
        max: longestQueue,
        interval: longestQueue,
        name: request.titles.queue,
      }),
    ],
    tooltip: {
      ...TOOLTIP,
      axisPointer: { type: "line", lineStyle: { color: colors.muted } },
      transitionDuration: 0,
    },
    series: [
      ...series.phases.map(({ phase, loads }) => {
        const style = PHASE_STYLES[(phase - 1) % PHASE_STYLES.length];
        return line(`load:${phase}`, 0, loads, {
          lineStyle: {
            color: style?.color ?? "",
            width: 2,
            type: style?.type ?? "solid",
          },
          itemStyle: { color: style?.color ?? "" },
        });
      }),
      threshold("charging", circuit.charging_a, request, [2, 3]),
      threshold("maximum", circuit.maximum_a, request, "solid"),
      markers(request, top * 0.97),
      zoneLanes(1, series.zones, phases, request.zones, theme),
      ...(only === undefined
        ? [processLanes(2, series.processes, stations, request.processes, theme)]
        : currents(request, only)),
      line("queue", 3, series.queue, {
        step: "end",
        lineStyle: { color: request.processes.colors.waiting, width: 1.5 },
        areaStyle: { color: request.processes.colors.waiting, opacity: 0.25 },
        itemStyle: { color: request.processes.colors.waiting },
      }),
    ],
  };
}
