/** Values of a device as they are shown: one multiple for what stands in one row. */

import type { DeviceValues, Quantity } from "../backend/types";
import {
  type Amount,
  formatAmount,
  formatNumber,
  type Multiple,
  multipleFor,
} from "../format/numbers";
import type { FrontendLocale } from "../hass/types";

export type Values = DeviceValues["values"];

const SCALED: ReadonlySet<string> = new Set([
  "W",
  "var",
  "VA",
  "Wh",
  "varh",
  "VAh",
  "dm³",
]);
const MINUTE_S = 60;
const HOUR_S = 3600;
const NONE = "–";

function duration(seconds: number, locale: FrontendLocale): Amount {
  if (seconds < MINUTE_S) return { number: formatNumber(seconds, locale), unit: "s" };
  const hours = Math.floor(seconds / HOUR_S);
  const minutes = Math.floor((seconds % HOUR_S) / MINUTE_S);
  const rest = Math.floor(seconds % MINUTE_S);
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0
    ? { number: `${hours}:${two(minutes)}:${two(rest)}`, unit: "h" }
    : { number: `${minutes}:${two(rest)}`, unit: "min" };
}

/** A number with its unit; a dash while there is none. */
export function shown(
  value: number | string | null | undefined,
  quantity: Quantity | undefined,
  locale: FrontendLocale,
  multiple?: Multiple,
): Amount {
  if (typeof value !== "number") return { number: NONE, unit: "" };
  const unit = quantity?.unit ?? "";
  if (SCALED.has(unit)) return formatAmount(value, unit, locale, multiple);
  if (unit === "s") return duration(value, locale);
  const digits = quantity?.decimals ?? 0;
  const number = formatNumber(value, locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return { number, unit: unit === "count" ? "" : unit };
}

/** The multiple in which all values of a row can be read. */
export function commonMultiple(
  quantities: readonly (string | null)[],
  values: Values,
  unit: string,
): Multiple {
  if (!SCALED.has(unit)) return { unit, divisor: 1 };
  const sizes = quantities.map((key) => {
    const value = key === null ? null : values[key];
    return typeof value === "number" ? Math.abs(value) : 0;
  });
  return multipleFor(Math.max(0, ...sizes), unit);
}
