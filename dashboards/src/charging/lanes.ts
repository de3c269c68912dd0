/** Stretches of time as bars in lanes: zones of phases, processes of stations. */

import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from "echarts";
import type { CustomSeriesOption } from "echarts/charts";
import type { Progress, Zone } from "../backend/charging-types";
import type { ChartTheme } from "../chart/look";
import type { ProcessStretch, Span, ZoneStretch } from "./course";

/** Part of its lane that a zone fills: the worse, the higher. */
const ZONE_HEIGHT: Readonly<Record<Zone, number>> = {
  green: 0.3,
  yellow: 0.62,
  red: 0.95,
};
const LANE_FILL = 0.9;
const HIGHEST_PX = 26;
/** Below, a word does not fit into a bar. */
const WORD_FROM_PX = 44;
const WORD_HEIGHT_PX = 12;
const TRACK_OPACITY = 0.18;
const INK = "#1c1c1c";

/** A bar in its lane, from the bottom up, in parts of the lane. */
interface Bar {
  height: number;
  fill: string;
  /** Of what is hollow. */
  stroke?: string;
  /** Fills the rest of the lane weakly. */
  track?: string;
  word: string;
  ink: { fill: string; stroke?: string };
}

/** `draw` says what a stretch looks like; rows are counted from the bottom. */
function lanes<T extends Span>(
  id: string,
  axis: number,
  stretches: readonly T[],
  rowOf: (stretch: T) => number,
  fontFamily: string,
  draw: (stretch: T) => Bar,
): CustomSeriesOption {
  const render = (
    params: CustomSeriesRenderItemParams,
    api: CustomSeriesRenderItemAPI,
  ) => {
    const stretch = stretches[params.dataIndex];
    if (!stretch) return null;
    const row = rowOf(stretch);
    const [left = 0, middle = 0] = api.coord([stretch.from, row]);
    const [right = 0] = api.coord([stretch.to, row]);
    const size = api.size?.([0, 1]);
    const band = (Array.isArray(size) ? size[1] : undefined) ?? 0;
    const lane = Math.min(band * LANE_FILL, HIGHEST_PX);
    const area = params.coordSys as unknown as { x: number; width: number };
    const x = Math.max(left, area.x);
    const width = Math.max(1, Math.min(right, area.x + area.width) - x);
    const { height, fill, stroke, track, word, ink } = draw(stretch);
    const bottom = middle + lane / 2;
    const rect = (share: number, style: object) => ({
      type: "rect" as const,
      shape: { x, y: bottom - lane * share, width, height: lane * share },
      style,
    });
    const text = {
      type: "text" as const,
      silent: true,
      style: {
        text: word,
        x: x + width / 2,
        y: bottom - (lane * (track ? 1 : height)) / 2,
        align: "center" as const,
        verticalAlign: "middle" as const,
        fontSize: 11,
        fontFamily,
        lineWidth: 2,
        ...ink,
      },
    };
    const isTold = word && width > WORD_FROM_PX && lane > WORD_HEIGHT_PX;
    return {
      type: "group" as const,
      children: [
        ...(track ? [rect(1, { fill: track, opacity: TRACK_OPACITY })] : []),
        rect(height, { fill, ...(stroke ? { stroke, lineWidth: 1 } : {}) }),
        ...(isTold ? [text] : []),
      ],
    };
  };
  return {
    id,
    type: "custom",
    xAxisIndex: axis,
    yAxisIndex: axis,
    clip: true,
    data: stretches.map((one) => [one.from, rowOf(one)]),
    renderItem: render,
  };
}

export interface ZoneLook {
  colors: Readonly<Record<Zone, string>>;
  names: Readonly<Record<Zone, string>>;
}

/** The first of `phases` has the lane on top. */
export function zoneLanes(
  axis: number,
  zones: readonly ZoneStretch[],
  phases: readonly number[],
  { colors, names }: ZoneLook,
  { fontFamily }: ChartTheme,
): CustomSeriesOption {
  return lanes(
    "zones",
    axis,
    zones,
    ({ phase }) => phases.length - 1 - phases.indexOf(phase),
    fontFamily,
    ({ zone }) => ({
      height: ZONE_HEIGHT[zone],
      fill: colors[zone],
      word: zone === "green" ? "" : names[zone],
      ink: { fill: INK },
    }),
  );
}

export interface ProcessLook {
  colors: Readonly<Record<Progress, string>>;
  /** What is written where a vehicle waits. */
  names: Readonly<Record<"waiting" | "held", string>>;
  amperes: (current: number) => string;
}

/** What stations grant, as high as its part of their rated currents. */
export function processLanes(
  axis: number,
  processes: readonly ProcessStretch[],
  stations: readonly { id: number; rated_a: number }[],
  { colors, names, amperes }: ProcessLook,
  theme: ChartTheme,
): CustomSeriesOption {
  const ink = { fill: theme.colors.text, stroke: theme.colors.surface };
  const ids = stations.map(({ id }) => id);
  const rated = new Map(stations.map(({ id, rated_a }) => [id, rated_a]));
  return lanes(
    "processes",
    axis,
    processes.filter(({ id }) => rated.has(id)),
    ({ id }) => ids.length - 1 - ids.indexOf(id),
    theme.fontFamily,
    ({ id, progress, limit }) => {
      const color = colors[progress];
      if (progress !== "running") {
        // Hollow: nothing flows.
        const outline = { fill: "transparent", stroke: color, track: color };
        return { height: 1, ...outline, word: names[progress], ink };
      }
      const height = Math.min(1, limit / (rated.get(id) ?? limit));
      return { height, fill: color, track: color, word: amperes(limit), ink };
    },
  );
}
