/** The session log as a file for a spreadsheet, like `datalogger.csv`. */

import type { LoggedSession } from "../backend/charging-types";
import { fileOf, harmless, localTime, number } from "../consumption/csv";

const HEADINGS = [
  "device",
  "name",
  "start",
  "end",
  "energy [Wh]",
  "charge [Ah]",
  "cost",
  "currency",
  "reason",
];

/** A row for every session, in civil time of the site. */
export function sessionsCsv(
  sessions: readonly (LoggedSession & { name: string })[],
  zone: string,
): string {
  const time = (at: string | null) =>
    at === null ? "" : localTime(new Date(at), zone);
  const rows = sessions.map((one) => [
    String(one.device),
    harmless(one.name),
    time(one.start),
    time(one.end),
    number(one.energy),
    number(one.charge_ah),
    one.cost === null ? "" : one.cost.replace(".", ","),
    one.currency ?? "",
    harmless(one.reason ?? ""),
  ]);
  return fileOf([HEADINGS, ...rows]);
}
