/** Rules in words of the user's language. */

import {
  type CostRule,
  type Gap,
  WEEKDAYS,
  type Weekday,
} from "../backend/tariff-types";
import { dateFormat, isTwelveHours } from "../format/buckets";
import { noonOf } from "../format/civil";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import { clockOf, DAY_MINUTES } from "./calendar";

/** Some Monday, for the names of weekdays. */
const MONDAY = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;

export function weekdayName(
  weekday: Weekday,
  locale: FrontendLocale,
  style: "short" | "long" = "short",
): string {
  const date = new Date(MONDAY + WEEKDAYS.indexOf(weekday) * DAY_MS);
  return dateFormat(locale, "UTC", { weekday: style }).format(date);
}

/** The weekday of a day (`YYYY-MM-DD`). */
export function weekdayOf(day: string): Weekday {
  return WEEKDAYS[(noonOf(day).getUTCDay() + 6) % 7] ?? "mon";
}

/** Every seventh day is the same one. */
const dayAt = (place: number): Weekday => WEEKDAYS[place % WEEKDAYS.length] ?? "mon";

/** A row of three and more, which may go on over Sunday: `Sun – Fri`. */
const SHORTEST_ROW = 3;

/** `every day`, `Mon – Fri`, `Tue, Thu`. */
export function weekdaysText(
  weekdays: readonly Weekday[],
  locale: FrontendLocale,
  localize: Localize,
): string {
  const count = weekdays.length;
  if (count === 0) return "–";
  if (count === WEEKDAYS.length) return localize("bill.every_day");
  const name = (day: Weekday) => weekdayName(day, locale);
  const first = WEEKDAYS.findIndex((_, start) =>
    weekdays.every((__, step) => weekdays.includes(dayAt(start + step))),
  );
  if (count >= SHORTEST_ROW && first >= 0) {
    return `${name(dayAt(first))} – ${name(dayAt(first + count - 1))}`;
  }
  return WEEKDAYS.filter((day) => weekdays.includes(day))
    .map(name)
    .join(", ");
}

/** A time of day (`HH:MM`) as the user's clock shows it. */
export function timeText(time: string, locale: FrontendLocale): string {
  if (!isTwelveHours(locale)) return time;
  if (time === clockOf(DAY_MINUTES)) return timeText("00:00", locale);
  const options = { hour: "numeric", minute: "2-digit" } as const;
  return dateFormat(locale, "UTC", options).format(new Date(`2024-01-01T${time}:00Z`));
}

/** `all day`, `07:00 – 21:59`, with a note where it goes on after midnight. */
export function frameText(
  { from, to }: Pick<CostRule, "from" | "to">,
  locale: FrontendLocale,
  localize: Localize,
): string {
  if (from === "00:00" && to === "23:59") return localize("bill.all_day");
  const values = { from: timeText(from, locale), to: timeText(to, locale) };
  return localize(to < from ? "bill.overnight" : "bill.frame_text", values);
}

/** `always`, `25 December, every year`, `1 March 2020 – 31 March 2020`. */
export function datesText(
  { start_date, end_date, repeat_yearly }: CostRule,
  locale: FrontendLocale,
  localize: Localize,
): string {
  const format = dateFormat(locale, "UTC", {
    day: "numeric",
    month: "short",
    ...(repeat_yearly ? {} : { year: "numeric" }),
  });
  const name = (day: string) => format.format(noonOf(day));
  const dates =
    start_date && end_date
      ? start_date === end_date
        ? name(start_date)
        : `${name(start_date)} – ${name(end_date)}`
      : start_date
        ? localize("bill.since", { day: name(start_date) })
        : end_date
          ? localize("bill.until", { day: name(end_date) })
          : localize("bill.always");
  return repeat_yearly && (start_date || end_date)
    ? localize("bill.yearly", { dates })
    : dates;
}

/** More gaps than these are only counted. */
const MOST_GAPS = 4;

/** Times without a rule (S272), the same times of several weekdays as one. */
export function gapsText(
  gaps: readonly Gap[],
  locale: FrontendLocale,
  localize: Localize,
): string {
  const weekdays = new Map<string, Weekday[]>();
  for (const { from, to, weekday } of gaps) {
    const values = { from: timeText(from, locale), to: timeText(to, locale) };
    const frame = localize("bill.frame_text", values);
    weekdays.set(frame, [...(weekdays.get(frame) ?? []), weekday]);
  }
  const texts = [...weekdays].map(
    ([frame, days]) => `${weekdaysText(days, locale, localize)} ${frame}`,
  );
  const more = texts.length - MOST_GAPS;
  return [
    ...texts.slice(0, MOST_GAPS),
    ...(more > 0 ? [localize("bill.more", { count: more })] : []),
  ].join("; ");
}
