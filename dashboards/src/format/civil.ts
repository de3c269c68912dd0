/** Civil time of the site: days and hours as its clocks on the wall show them. */

export interface Civil {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsFormat(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
      timeZone: zone,
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      hourCycle: "h23",
    });
    formats.set(zone, format);
  }
  return format;
}

/** What calendar and clock show at an instant. */
export function civilOf(instant: Date, zone: string): Civil {
  const civil: Civil = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
  for (const { type, value } of partsFormat(zone).formatToParts(instant)) {
    if (type in civil) civil[type as keyof Civil] = Number(value);
  }
  return civil;
}

const two = (value: number) => String(value).padStart(2, "0");

/** The day as `YYYY-MM-DD`. */
export function dayOf(instant: Date, zone: string): string {
  const { year, month, day } = civilOf(instant, zone);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/**
 * A day as a Date for formatting with `timeZone: "UTC"`; noon keeps clear of
 * every edge.
 */
export function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}

/** How far the clocks are ahead of UTC, as `UTC+2`. */
export function offsetName(instant: Date, zone: string): string {
  const { year, month, day, hour, minute } = civilOf(instant, zone);
  const wall = Date.UTC(year, month - 1, day, hour, minute);
  const minutes = Math.round((wall - instant.getTime()) / 60_000);
  const sign = minutes < 0 ? "−" : "+";
  const size = Math.abs(minutes);
  const rest = size % 60 ? `:${two(size % 60)}` : "";
  return `UTC${sign}${Math.floor(size / 60)}${rest}`;
}
