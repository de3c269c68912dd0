/** What is shown, as the file `datalogger.csv` (S176, S192-S194, S247, S249). */

import type { Consumption } from "../backend/types";
import { civilOf } from "../format/civil";
import { download } from "../hass/actions";
import type { Row } from "./summary";

export const FILE_NAME = "datalogger.csv";

/** Spreadsheets take a file for UTF-8 by it. */
const BYTE_ORDER_MARK = "\ufeff";
const END_OF_LINE = "\r\n";
const SEPARATOR = ";";
const DECIMAL = ",";
const OFFSET = /[+-]\d{2}:\d{2}$/;

const two = (value: number) => String(value).padStart(2, "0");

function cell(text: string): string {
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** An empty cell where nothing was measured: no data is not zero (S209). */
function number(value: number | null | undefined): string {
  if (value === null || value === undefined) return "";
  return String(value).replace(".", DECIMAL);
}

function localTime(instant: Date, zone: string): string {
  const { year, month, day, hour, minute } = civilOf(instant, zone);
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:00`;
}

/** A series, with its unit where it is not the answer's. */
export type CsvRow = Row & { unit?: string };

/** A text that a spreadsheet would take for a formula is made harmless. */
const FORMULA = /^[=+\-@\t\r]/;

/** A row for every bucket that has begun, a column for every series, in Wh or dm³. */
export function csvOf(
  answer: Consumption,
  rows: readonly CsvRow[],
  zone: string,
  now: Date,
): string {
  const heading = ({ id, name, unit = answer.unit }: CsvRow) => {
    const text = `${name} (${id ?? ""}) [${unit}]`;
    return FORMULA.test(text) ? `'${text}` : text;
  };
  const header = ["start", "utc_offset", ...rows.map(heading)];
  const lines = answer.buckets
    .filter((start) => new Date(start) <= now)
    .map((start, index) => [
      localTime(new Date(start), zone),
      OFFSET.exec(start)?.[0] ?? "+00:00",
      ...rows.map((row) => number(row.values[index])),
    ]);
  const text = [header, ...lines].map((line) => line.map(cell).join(SEPARATOR));
  return BYTE_ORDER_MARK + text.join(END_OF_LINE) + END_OF_LINE;
}

/** Let the browser save a text as a file. */
export function save(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  download(address, name);
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
