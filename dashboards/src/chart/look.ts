/** What all charts look like: colours of the theme, labels, lines and tooltip. */

/** Colours of the theme, resolved to what a drawing can use. */
export interface ChartColors {
  text: string;
  muted: string;
  line: string;
  surface: string;
}

export interface ChartTheme {
  colors: ChartColors;
  fontFamily: string;
}

export function labelLook({ colors, fontFamily }: ChartTheme, fontSize: number) {
  return { color: colors.muted, fontSize, fontFamily };
}

/** An axis along the bottom: its line, and no ticks. */
export function baseLine({ colors }: ChartTheme) {
  return {
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colors.line } },
  };
}

/** Lines across the drawing at the values of an axis. */
export function grid({ colors }: ChartTheme) {
  return { lineStyle: { color: colors.line } };
}

/** The box is drawn by our own element; the library only puts it in its place. */
export const TOOLTIP = {
  trigger: "axis",
  confine: true,
  padding: 0,
  borderWidth: 0,
  backgroundColor: "transparent",
  extraCssText: "box-shadow:none",
} as const;

/** What is drawn, for screen readers. */
export function spoken(description: string) {
  return { enabled: true, label: { description } };
}
