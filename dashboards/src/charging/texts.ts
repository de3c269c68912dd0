/** Currents, quantities and durations of charging, as they are read. */

import { dateFormat, isTwelveHours } from "../format/buckets";
import { addDecimals } from "../format/decimals";
import { formatNumber } from "../format/numbers";
import type { FrontendLocale } from "../hass/types";

const HARD_SPACE = "\u00a0";
const MINUTE_S = 60;
const HOUR_S = 3600;

/** A current in A: limits are whole, what is measured has one decimal. */
export function ampereText(
  current: number | null,
  locale: FrontendLocale,
  digits = 1,
): string {
  if (current === null) return "–";
  const number = formatNumber(current, locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${number}${HARD_SPACE}A`;
}

/** How long a process lasts: `45 min`, `2 h 05 min`. */
export function durationText(seconds: number, locale: FrontendLocale): string {
  const minutes = Math.floor((seconds % HOUR_S) / MINUTE_S);
  const hours = Math.floor(seconds / HOUR_S);
  const whole = (value: number, minimumIntegerDigits = 1) =>
    formatNumber(value, locale, { minimumIntegerDigits, maximumFractionDigits: 0 });
  if (hours === 0) return `${whole(minutes)}${HARD_SPACE}min`;
  const rest = `${whole(minutes, 2)}${HARD_SPACE}min`;
  return `${whole(hours)}${HARD_SPACE}h${HARD_SPACE}${rest}`;
}

/** What a session cost, to the digits of its currency: it is rounded, however small. */
export function costText(
  cost: string | null,
  currency: string | null,
  locale: FrontendLocale,
): string {
  if (cost === null || currency === null) return "";
  return formatNumber(cost as `${number}`, locale, { style: "currency", currency });
}

/** What sessions cost together; nothing where they were paid in several currencies. */
export function totalCost(
  sessions: readonly { cost: string | null; currency: string | null }[],
): { cost: string | null; currency: string | null } {
  const priced = sessions.filter(({ cost }) => cost !== null);
  const currency = priced[0]?.currency ?? null;
  const isOne = priced.every((one) => one.currency === currency);
  const cost = isOne ? addDecimals(priced.map((one) => one.cost)) : null;
  return { cost, currency };
}

/** The time of day on the site's clocks. */
export function clockText(at: string, locale: FrontendLocale, zone: string): string {
  const hour = isTwelveHours(locale) ? "numeric" : "2-digit";
  const options = { hour, minute: "2-digit", second: "2-digit" } as const;
  return dateFormat(locale, zone, options).format(new Date(at));
}

/** A moment of these days: weekday and time. */
export function momentText(at: string, locale: FrontendLocale, zone: string): string {
  const options = { weekday: "short", hour: "numeric", minute: "2-digit" } as const;
  return dateFormat(locale, zone, options).format(new Date(at));
}
