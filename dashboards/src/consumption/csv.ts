/** What is shown, as the file `datalogger.csv` (S176, S192-S194, S247, S249). */

import type { Consumption } from "../backend/types";
import { civilOf } from "../format/civil";
import { type Row, sum } from "./summary";

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
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}

/** A series, with its unit where it is not the answer's. */
export type CsvRow = Row & { unit?: string };

export interface CsvTexts {
  time: string;
  offset: string;
  total: string;
}

/**
 * A row for every bucket that has begun, a column for every series, in Wh or dm³.
 * The sum of a row stands last where series may be added up.
 */
export function csvOf(
  answer: Consumption,
  rows: readonly CsvRow[],
  zone: string,
  now: Date,
  texts: CsvTexts,
  hasTotal: boolean,
): string {
  const column = (name: string, unit = answer.unit) => `${name} [${unit}]`;
  const header = [
    texts.time,
    texts.offset,
    ...rows.map((row) =>
      column(row.id === null ? row.name : `${row.name} (${row.id})`, row.unit),
    ),
    ...(hasTotal ? [column(texts.total)] : []),
  ];
  const lines = answer.buckets
    .filter((start) => new Date(start) <= now)
    .map((start, index) => [
      localTime(new Date(start), zone),
      OFFSET.exec(start)?.[0] ?? "+00:00",
      ...rows.map((row) => number(row.values[index])),
      ...(hasTotal ? [number(sum(rows.map((row) => row.values[index])))] : []),
    ]);
  const text = [header, ...lines].map((line) => line.map(cell).join(SEPARATOR));
  return BYTE_ORDER_MARK + text.join(END_OF_LINE) + END_OF_LINE;
}

/** Let the browser save a text as a file. */
export function save(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
