/** From the course of charging to the options of its chart; needs no browser. */

import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from "echarts";
import type { CustomSeriesOption, LineSeriesOption } from "echarts/charts";
import type {
  AriaComponentOption,
  GridComponentOption,
  TooltipComponentOption,
} from "echarts/components";
import type { ComposeOption } from "echarts/core";
import type { ChargingCircuit, CourseEvent, Zone } from "../backend/charging-types";
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
import type { CourseSeries, Instant, ZoneStretch } from "./course";

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

export const STATION_COLORS: readonly string[] = [
  "#2f86d6",
  "#e8853d",
  "#2e9e6b",
  "#8e7cc3",
  "#c2477f",
  "#9a8a2f",
  "#4aa3df",
  "#7d6b5d",
];

export interface CourseRequest {
  series: CourseSeries;
  circuit: ChargingCircuit;
  /** Sentences as markers. */
  events: readonly CourseEvent[];
  /** Stations that are drawn, with the number of their colour. */
  stations: readonly { id: number; name: string; color: number; hasDrawn: boolean }[];
  zoneColors: Readonly<Record<Zone, string>>;
  zoneNames: Readonly<Record<Zone, string>>;
  theme: ChartTheme;
  locale: FrontendLocale;
  /** Names of the four drawings. */
  titles: { load: string; zones: string; stations: string; queue: string };
  /** Civil time of the site. */
  zone: string;
  isNarrow: boolean;
  description: string;
}

/** Heights of the four drawings below one another, and what is between them. */
const LOAD = { top: 24, height: 150 };
const ZONES = { top: 204, height: 57 };
const STATIONS = { top: 294, height: 120 };
const QUEUE = { top: 446, height: 44 };
export const COURSE_HEIGHT_PX = 520;
const LEFT_PX = 36;
const GRIDS = [LOAD, ZONES, STATIONS, QUEUE];
/** Part of its row that a zone fills: the worse, the higher. */
const ZONE_HEIGHT: Readonly<Record<Zone, number>> = {
  green: 0.3,
  yellow: 0.62,
  red: 0.95,
};
const LABEL_FROM_PX = 44;

/** Events stand above the highest load. */
const MARKER_ROOM = 1.12;

/** The next 1, 2 or 5 times a power of ten: steps of an axis that are read easily. */
export function roundedUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  const factor = [1, 2, 5].find((one) => one * power >= value) ?? 10;
  return factor * power;
}

/** The first phase stands on top. */
function rowOf({ series }: CourseRequest, phase: number): number {
  const index = series.phases.findIndex((one) => one.phase === phase);
  return series.phases.length - 1 - index;
}

function drawZone(request: CourseRequest, stretches: readonly ZoneStretch[]) {
  return (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
    const stretch = stretches[params.dataIndex];
    if (!stretch) return null;
    const row = rowOf(request, stretch.phase);
    const [left = 0, middle = 0] = api.coord([stretch.from, row]);
    const [right = 0] = api.coord([stretch.to, row]);
    const size = api.size?.([0, 1]);
    const band = (Array.isArray(size) ? size[1] : undefined) ?? 0;
    const bottom = middle + (band * 0.95) / 2;
    const height = band * ZONE_HEIGHT[stretch.zone];
    const area = params.coordSys as unknown as { x: number; width: number };
    const x = Math.max(left, area.x);
    const width = Math.max(1, Math.min(right, area.x + area.width) - x);
    const isTold = stretch.zone !== "green" && width > LABEL_FROM_PX;
    return {
      type: "rect" as const,
      shape: { x, y: bottom - height, width, height },
      style: { fill: request.zoneColors[stretch.zone] },
      ...(isTold
        ? {
            textContent: {
              type: "text" as const,
              style: {
                text: request.zoneNames[stretch.zone],
                fill: "#1c1c1c",
                fontSize: 10,
                fontFamily: request.theme.fontFamily,
              },
            },
            textConfig: { position: "inside" as const },
          }
        : {}),
    };
  };
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

/** A current that does not change, from one edge of the drawing to the other. */
function threshold(
  id: string,
  current: number,
  { series, theme }: CourseRequest,
  type: "solid" | number[],
): LineSeriesOption {
  const data: Instant[] = [
    [series.from, current],
    [series.to, current],
  ];
  return line(id, 0, data, {
    silent: true,
    tooltip: { show: false },
    lineStyle: { color: theme.colors.text, width: 1.5, type, opacity: 0.75 },
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

function stationLines(request: CourseRequest): LineSeriesOption[] {
  return request.stations.flatMap(({ id, name, color, hasDrawn }) => {
    const own = request.series.stations.find((one) => one.id === id);
    const shade = STATION_COLORS[color % STATION_COLORS.length] ?? "";
    if (!own) return [];
    const limits = line(`limit:${id}`, 2, own.limits, {
      name,
      step: "end",
      lineStyle: { color: shade, width: 2.5 },
      itemStyle: { color: shade },
    });
    if (!hasDrawn) return [limits];
    return [
      limits,
      line(`drawn:${id}`, 2, own.drawn, {
        lineStyle: { color: shade, width: 1, opacity: 0.8, type: [3, 2] },
        areaStyle: { color: shade, opacity: 0.15 },
        itemStyle: { color: shade },
      }),
    ];
  });
}

export function courseOptions(request: CourseRequest): CourseOptions {
  const { series, circuit, theme, locale, isNarrow } = request;
  const { colors } = theme;
  const label = labelLook(theme, 11);
  const title = {
    nameGap: 8,
    nameTextStyle: {
      ...label,
      align: "left" as const,
      padding: [0, 0, 0, -LEFT_PX],
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
  return {
    animation: false,
    aria: spoken(request.description),
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    grid: GRIDS.map(({ top: y, height }) => ({
      top: y,
      height,
      left: LEFT_PX,
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
      {
        type: "category",
        gridIndex: 1,
        name: request.titles.zones,
        ...title,
        data: series.phases.map(({ phase }) => `L${phase}`).reverse(),
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: label,
      },
      yAxis(2, { splitNumber: 3, name: request.titles.stations }),
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
      {
        id: "zones",
        type: "custom",
        xAxisIndex: 1,
        yAxisIndex: 1,
        clip: true,
        data: series.zones.map((one) => [one.from, rowOf(request, one.phase)]),
        renderItem: drawZone(request, series.zones),
      },
      ...stationLines(request),
      line("queue", 3, series.queue, {
        step: "end",
        lineStyle: { color: colors.muted, width: 1.5 },
        areaStyle: { color: colors.muted, opacity: 0.25 },
        itemStyle: { color: colors.muted },
      }),
    ],
  };
}
