/** Names of a chart's buckets: short below the bars, whole in the tooltip. */

import type { Bucket, Period } from "../backend/types";
import type { FrontendLocale } from "../hass/types";
import { civilOf, dayOf, noonOf, offsetName } from "./civil";

export interface BucketName {
  /**
   * The bucket's place in its period, the same in every period: the hour of a
   * day, the day of a month, the month of a year. The second 2 o'clock of an
   * autumn day is `2b`.
   */
  place: string;
  /** What stands below the bar. */
  short: string;
  /** What stands in the tooltip and the table. */
  long: string;
}

function hourCycle(locale: FrontendLocale): Intl.DateTimeFormatOptions {
  if (locale.time_format === "12") return { hourCycle: "h12" };
  if (locale.time_format === "24") return { hourCycle: "h23" };
  return {};
}

/** A format in the user's language and the site's time zone. */
export function dateFormat(
  locale: FrontendLocale,
  zone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const language =
    locale.time_format === "system" && options.hour ? undefined : locale.language;
  return new Intl.DateTimeFormat(language, {
    timeZone: zone,
    ...options,
    ...(options.hour ? hourCycle(locale) : {}),
  });
}

/** Whether the user's clock has twelve hours. */
export function isTwelveHours(locale: FrontendLocale): boolean {
  const cycle = dateFormat(locale, "UTC", { hour: "numeric" }).resolvedOptions()
    .hourCycle;
  return cycle === "h12" || cycle === "h11";
}

/** The time of day: `2:00 PM` or `02:00`. */
function clockFormat(locale: FrontendLocale, zone: string): Intl.DateTimeFormat {
  const hour = isTwelveHours(locale) ? "numeric" : "2-digit";
  return dateFormat(locale, zone, { hour, minute: "2-digit" });
}

function hourNames(
  starts: readonly Date[],
  end: Date,
  locale: FrontendLocale,
  zone: string,
) {
  const clock = clockFormat(locale, zone);
  const hourOnly = dateFormat(locale, zone, { hour: "numeric" });
  const short = (start: Date) =>
    isTwelveHours(locale) ? hourOnly.format(start) : String(civilOf(start, zone).hour);
  const places = starts.map((start) => {
    const { hour, minute } = civilOf(start, zone);
    return minute ? `${hour}:${minute}` : String(hour);
  });
  return starts.map((start, index): BucketName => {
    const place = places[index] ?? "";
    const isRepeated = places.indexOf(place) !== places.lastIndexOf(place);
    const isSecond = places.indexOf(place) !== index;
    const until = starts[index + 1] ?? end;
    const range = `${clock.format(start)} – ${clock.format(until)}`;
    return {
      place: isSecond ? `${place}b` : place,
      short: short(start),
      long: isRepeated ? `${range} (${offsetName(start, zone)})` : range,
    };
  });
}

/** Names of the buckets that start at these instants; `end` closes the last. */
export function bucketNames(
  bucket: Bucket,
  buckets: readonly string[],
  end: string,
  locale: FrontendLocale,
  zone: string,
): BucketName[] {
  const starts = buckets.map((start) => new Date(start));
  if (bucket === "hour" || bucket === "sample") {
    return hourNames(starts, new Date(end), locale, zone);
  }
  if (bucket === "day") {
    const long = dateFormat(locale, zone, {
      weekday: "long",
      day: "numeric",
      month: "long",
    });
    return starts.map((start) => {
      const { day } = civilOf(start, zone);
      return { place: String(day), short: String(day), long: long.format(start) };
    });
  }
  if (bucket === "month") {
    const short = dateFormat(locale, zone, { month: "short" });
    const long = dateFormat(locale, zone, { month: "long", year: "numeric" });
    return starts.map((start) => ({
      place: String(civilOf(start, zone).month),
      short: short.format(start),
      long: long.format(start),
    }));
  }
  return starts.map((start) => {
    const year = String(civilOf(start, zone).year);
    return { place: year, short: year, long: year };
  });
}

/** The name of a whole period: `Monday, 23 November 2026`, `November 2026`, `2026`. */
export function periodName(
  period: Period,
  day: string,
  locale: FrontendLocale,
  style: "long" | "short" = "long",
): string {
  if (period === "10_years") {
    const last = Number(day.slice(0, 4));
    return `${last - 9} – ${last}`;
  }
  const options: Record<Exclude<Period, "10_years">, Intl.DateTimeFormatOptions> = {
    day:
      style === "long"
        ? { weekday: "long", day: "numeric", month: "long", year: "numeric" }
        : { day: "numeric", month: "short", year: "numeric" },
    month: { month: style, year: "numeric" },
    year: { year: "numeric" },
  };
  return dateFormat(locale, "UTC", options[period]).format(noonOf(day));
}

/** A moment inside a period: the hour of a day, else the day. */
export function momentName(
  period: Period,
  instant: Date,
  locale: FrontendLocale,
  zone: string,
): string {
  if (period === "day") {
    return clockFormat(locale, zone).format(instant);
  }
  const eve = new Date(instant.getTime() - 1);
  const options = { day: "numeric", month: "short" } as const;
  return dateFormat(locale, "UTC", options).format(noonOf(dayOf(eve, zone)));
}
