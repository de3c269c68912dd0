/** From a summary to the options of the chart; nothing here needs a browser. */

import type { BarSeriesOption } from "echarts/charts";
import type {
  AriaComponentOption,
  GridComponentOption,
  TooltipComponentOption,
} from "echarts/components";
import type { ComposeOption } from "echarts/core";
import {
  baseLine,
  type ChartColors,
  type ChartTheme,
  grid,
  labelLook,
  spoken,
  TOOLTIP,
} from "../chart/look";
import {
  currencySign,
  formatNumber,
  isCurrency,
  type Multiple,
  multipleFor,
} from "../format/numbers";
import type { FrontendLocale } from "../hass/types";
import {
  type Column,
  columnTotal,
  previousColumnTotal,
  type Row,
  type Summary,
} from "./summary";

export type ChartOptions = ComposeOption<
  BarSeriesOption | GridComponentOption | TooltipComponentOption | AriaComponentOption
>;

export interface ChartRequest {
  summary: Summary;
  unit: string;
  /** Keys of rows that are switched off, and `PREVIOUS`. */
  hidden: ReadonlySet<string>;
  /** Series stand side by side instead of on one another. */
  isGrouped: boolean;
  /** Key of the series that stands out; null for none. */
  pointed: string | null;
  locale: FrontendLocale;
  theme: ChartTheme;
  isNarrow: boolean;
  isStill: boolean;
  description: string;
}

/** Key of the previous period among the series. */
export const PREVIOUS = "previous";
const MISSING = "missing";

const ROUNDING = 3;
/** How much of a bar remains while another is pointed out. */
const FADED = 0.2;
const RUNNING = 0.75;

export function shownRows(summary: Summary, hidden: ReadonlySet<string>): Row[] {
  return summary.rows.filter((row) => !hidden.has(row.key));
}

function shownPrevious({ summary, hidden }: ChartRequest, rows: readonly Row[]) {
  if (!summary.hasPrevious || hidden.has(PREVIOUS)) return undefined;
  return summary.columns.map((column) => previousColumnTotal(rows, column));
}

/** The multiple of the axis: the one in which the highest bar reads best. */
export function axisMultiple(request: ChartRequest): Multiple {
  const rows = shownRows(request.summary, request.hidden);
  const previous = shownPrevious(request, rows) ?? [];
  const heights = request.summary.columns.flatMap((column) =>
    request.isGrouped
      ? rows.map((row) => row.values[column.index] ?? null)
      : [columnTotal(rows, column)],
  );
  const highest = Math.max(0, ...[...heights, ...previous].map((value) => value ?? 0));
  return multipleFor(highest, request.unit);
}

function hasNegative(rows: readonly Row[]): boolean {
  return rows.some((row) => row.values.some((value) => (value ?? 0) < 0));
}

function strength(key: string, pointed: string | null): number {
  return pointed === null || pointed === key ? 1 : FADED;
}

/** Only the topmost bar of a stack has round corners. */
function bars(
  rows: readonly Row[],
  { summary: { columns }, pointed, isGrouped }: ChartRequest,
): BarSeriesOption[] {
  const tops = columns.map((column) =>
    rows.findLast((row) => (row.values[column.index] ?? 0) > 0),
  );
  return rows.map((row) => ({
    id: row.key,
    name: row.name,
    type: "bar",
    ...(isGrouped ? { barGap: "8%", barCategoryGap: "24%" } : { stack: "current" }),
    barMaxWidth: 28,
    itemStyle: { color: row.color },
    emphasis: { disabled: true },
    data: columns.map((column, index) => ({
      value: row.values[column.index] ?? "-",
      itemStyle: {
        borderRadius: isGrouped || tops[index] === row ? [ROUNDING, ROUNDING, 0, 0] : 0,
        opacity: strength(row.key, pointed) * (column.isRunning ? RUNNING : 1),
      },
    })),
  }));
}

function previousSeries(
  values: readonly (number | null)[],
  colors: ChartColors,
  pointed: string | null,
): BarSeriesOption {
  return {
    id: PREVIOUS,
    type: "bar",
    stack: "previous",
    barMaxWidth: 14,
    barGap: "12%",
    barCategoryGap: "28%",
    itemStyle: {
      color: colors.muted,
      opacity: 0.28 * strength(PREVIOUS, pointed),
      borderRadius: [ROUNDING, ROUNDING, 0, 0],
    },
    emphasis: { disabled: true },
    data: values.map((value) => value ?? "-"),
  };
}

/** A faint column where nothing was measured: a gap is not a zero. */
function missingSeries(
  columns: readonly Column[],
  colors: ChartColors,
): BarSeriesOption {
  return {
    id: MISSING,
    type: "bar",
    stack: "current",
    silent: true,
    barMaxWidth: 28,
    itemStyle: { color: "transparent" },
    showBackground: false,
    data: columns.map((column) => (column.isMissing ? 0 : "-")),
    label: {
      show: true,
      position: "top",
      formatter: "?",
      color: colors.muted,
    },
  };
}

export function chartOptions(request: ChartRequest): ChartOptions {
  const { summary, locale, isNarrow } = request;
  const { theme } = request;
  const { colors } = theme;
  const { columns } = summary;
  const rows = shownRows(summary, request.hidden);
  const multiple = axisMultiple(request);
  const previous = shownPrevious(request, rows);
  const label = labelLook(theme, 12);
  return {
    animation: !request.isStill,
    animationDuration: 300,
    animationDurationUpdate: 300,
    aria: spoken(request.description),
    grid: {
      top: 28,
      right: 0,
      bottom: 6,
      left: 0,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
    xAxis: {
      type: "category",
      data: columns.map((column) => column.short),
      ...baseLine(theme),
      axisLabel: { ...label, margin: 10 },
    },
    yAxis: {
      type: "value",
      name: isCurrency(multiple.unit)
        ? currencySign(multiple.unit, locale)
        : multiple.unit,
      nameGap: 12,
      nameTextStyle: { ...label, align: "left" },
      // Money can be earned: negative prices, and corrections.
      ...(hasNegative(rows) ? {} : { min: 0 }),
      splitNumber: isNarrow ? 4 : 5,
      axisLabel: {
        ...label,
        formatter: (value: number) =>
          formatNumber(value / multiple.divisor, locale, { maximumFractionDigits: 3 }),
      },
      splitLine: grid(theme),
    },
    tooltip: {
      ...TOOLTIP,
      axisPointer: {
        type: "shadow",
        shadowStyle: { color: colors.muted, opacity: 0.08 },
      },
      transitionDuration: request.isStill ? 0 : 0.15,
    },
    series: [
      ...(previous ? [previousSeries(previous, colors, request.pointed)] : []),
      ...bars(rows, request),
      ...(columns.some((column) => column.isMissing)
        ? [missingSeries(columns, colors)]
        : []),
    ],
  };
}

export interface TooltipLine {
  name: string;
  /** Null stands for the previous period's outline. */
  color: string | null;
  value: number | null;
}

export interface TooltipContent {
  title: string;
  isRunning: boolean;
  /** In the order of the stack as one sees it, from the top. */
  lines: TooltipLine[];
  total: number | null;
  /** Undefined where no previous period is shown. */
  previous: number | null | undefined;
}

/** What the tooltip says of one column: every shown value that is not zero. */
export function tooltipContent(
  summary: Summary,
  hidden: ReadonlySet<string>,
  index: number,
): TooltipContent | undefined {
  const column = summary.columns[index];
  if (!column) return undefined;
  const rows = shownRows(summary, hidden);
  const showsPrevious = summary.hasPrevious && !hidden.has(PREVIOUS);
  return {
    title: column.long,
    isRunning: column.isRunning,
    lines: rows
      .map((row) => ({
        name: row.name,
        color: row.color,
        value: row.values[column.index] ?? null,
      }))
      .filter((line) => line.value)
      .reverse(),
    total: columnTotal(rows, column),
    previous: showsPrevious ? previousColumnTotal(rows, column) : undefined,
  };
}
