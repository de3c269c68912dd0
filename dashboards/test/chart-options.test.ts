import type { BarSeriesOption } from "echarts/charts";
import { describe, expect, it } from "vitest";
import {
  axisMultiple,
  type ChartRequest,
  chartOptions,
  PREVIOUS,
  tooltipContent,
} from "../src/consumption/chart-options";
import { summarize } from "../src/consumption/summary";
import { localizer } from "../src/localize";
import { dayAnswer, EN, each, series, ZONE } from "./examples";

const summary = summarize(
  dayAnswer(
    {
      start: "2026-11-22T23:00:00Z",
      series: [
        series(1, [...each(23, 1000), null], { name: "Heating", color: "#d9534f" }),
        series(2, [500, 0, ...each(21, 500), null], {
          name: "Lighting",
          color: "#f4c542",
        }),
      ],
    },
    {
      start: "2026-11-21T23:00:00Z",
      series: [series(1, each(24, 800)), series(2, each(24, 4000))],
    },
  ),
  new Date("2027-01-01T00:00:00Z"),
  EN,
  ZONE,
  localizer("en"),
);

const request = (overrides: Partial<ChartRequest> = {}): ChartRequest => ({
  summary,
  unit: "Wh",
  hidden: new Set(),
  isGrouped: false,
  pointed: null,
  locale: EN,
  theme: {
    colors: { text: "black", muted: "grey", line: "silver", surface: "white" },
    fontFamily: "sans-serif",
  },
  isNarrow: false,
  isStill: false,
  description: "A histogram",
  ...overrides,
});

const seriesOf = (overrides: Partial<ChartRequest> = {}) =>
  chartOptions(request(overrides)).series as BarSeriesOption[];

type Point = {
  value: number | "-";
  itemStyle: { borderRadius: unknown; opacity: number };
};
const points = (one: BarSeriesOption | undefined) => one?.data as Point[];

describe("the histogram", () => {
  it("stacks the loads and puts the previous period beside them", () => {
    expect(seriesOf().map(({ id, stack }) => [id, stack])).toEqual([
      [PREVIOUS, "previous"],
      ["load:1", "current"],
      ["load:2", "current"],
      ["missing", "current"],
    ]);
  });

  it("puts devices that are compared side by side, each with its own top", () => {
    const grouped = seriesOf({ isGrouped: true, hidden: new Set([PREVIOUS]) }).filter(
      ({ id }) => id !== "missing",
    );
    expect(grouped.map(({ stack }) => stack)).toEqual([undefined, undefined]);
    const [first] = grouped;
    expect(points(first)[0]?.itemStyle.borderRadius).toEqual([3, 3, 0, 0]);
  });

  it("paints each load in its colour", () => {
    expect(seriesOf()[1]?.itemStyle?.color).toBe("#d9534f");
  });

  it("draws nothing where nothing was measured", () => {
    expect(points(seriesOf()[1]).at(-1)?.value).toBe("-");
    expect(points(seriesOf()[1])[0]?.value).toBe(1000);
  });

  it("rounds only the topmost bar that has a height", () => {
    const [, heating, lighting] = seriesOf();
    const radius = (one: BarSeriesOption | undefined, index: number) =>
      points(one)[index]?.itemStyle.borderRadius;
    expect([radius(heating, 0), radius(lighting, 0)]).toEqual([0, [3, 3, 0, 0]]);
    expect([radius(heating, 1), radius(lighting, 1)]).toEqual([[3, 3, 0, 0], 0]);
  });

  it("adds the previous period up over the loads that are shown", () => {
    expect(seriesOf()[0]?.data?.[0]).toBe(4800);
    expect(seriesOf({ hidden: new Set(["load:2"]) })[0]?.data?.[0]).toBe(800);
  });

  it("leaves out what is switched off", () => {
    const ids = seriesOf({ hidden: new Set([PREVIOUS, "load:1"]) }).map(({ id }) => id);
    expect(ids).toEqual(["load:2", "missing"]);
  });

  it("fades the rest while one load is pointed out", () => {
    const opacities = seriesOf({ pointed: "load:1" }).map(
      (one) => points(one)[0]?.itemStyle?.opacity ?? one.itemStyle?.opacity,
    );
    const [previous, heating, lighting] = opacities;
    expect(heating).toBe(1);
    expect(lighting).toBeLessThan(0.5);
    expect(previous).toBeLessThan(0.28);
  });

  it("has an axis in the multiple of its highest bar", () => {
    expect(axisMultiple(request()).unit).toBe("kWh");
    const small = request({ hidden: new Set([PREVIOUS, "load:1"]) });
    expect(axisMultiple(small).unit).toBe("Wh");
    const nothing = request({ hidden: new Set([PREVIOUS, "load:1", "load:2"]) });
    expect(axisMultiple(nothing).unit).toBe("Wh");
  });

  it("writes axis values in that multiple", () => {
    const { yAxis } = chartOptions(request()) as {
      yAxis: { name: string; axisLabel: { formatter(value: number): string } };
    };
    expect(yAxis.name).toBe("kWh");
    expect(yAxis.axisLabel.formatter(2500)).toBe("2.5");
  });

  it("keeps still for those who asked for it", () => {
    expect(chartOptions(request({ isStill: true }))["animation"]).toBe(false);
  });

  it("says what it shows", () => {
    expect(chartOptions(request()).aria).toMatchObject({
      enabled: true,
      label: { description: "A histogram" },
    });
  });
});

describe("the tooltip", () => {
  const none = new Set<string>();

  it("lists the values from the top of the stack, with their sum", () => {
    expect(tooltipContent(summary, none, 0)).toEqual({
      title: "00:00 – 01:00",
      isRunning: false,
      lines: [
        { name: "Lighting", color: "#f4c542", value: 500 },
        { name: "Heating", color: "#d9534f", value: 1000 },
      ],
      total: 1500,
      previous: 4800,
    });
  });

  it("leaves out zeros, which have no bar", () => {
    const lines = tooltipContent(summary, none, 1)?.lines;
    expect(lines?.map((line) => line.name)).toEqual(["Heating"]);
  });

  it("knows a gap from a zero", () => {
    expect(tooltipContent(summary, none, 23)).toMatchObject({ lines: [], total: null });
  });

  it("follows the legend", () => {
    const content = tooltipContent(summary, new Set([PREVIOUS, "load:1"]), 0);
    expect(content).toMatchObject({ total: 500, previous: undefined });
  });

  it("is none beside the bars", () => {
    expect(tooltipContent(summary, none, 24)).toBeUndefined();
    expect(tooltipContent(summary, none, -1)).toBeUndefined();
  });
});
