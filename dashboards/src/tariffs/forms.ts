/** A rule and a tariff as Home Assistant's forms want them, and back. */

import {
  type CostRule,
  type PlanProblem,
  type Price,
  type Tariff,
  type TariffPlan,
  WEEKDAYS,
  type Weekday,
} from "../backend/tariff-types";
import type { FrontendLocale } from "../hass/types";
import { weekdayName } from "./texts";

export type FormData = Record<string, unknown>;

/** A field of `ha-form`, or fields side by side. */
export interface Field {
  name: string;
  required?: boolean;
  selector?: Record<string, unknown>;
  schema?: Field[];
}

const side = (...schema: Field[]): Field => ({ name: "", schema });

export function ruleSchema(plan: TariffPlan, locale: FrontendLocale): Field[] {
  const tariffs = plan.tariffs.map(({ name }) => ({ value: name, label: name }));
  const weekdays = WEEKDAYS.map((value) => ({
    value,
    label: weekdayName(value, locale, "long"),
  }));
  const time = { time: { no_second: true } };
  return [
    {
      name: "tariff",
      required: true,
      selector: { select: { options: tariffs, mode: "dropdown" } },
    },
    side({ name: "from", selector: time }, { name: "to", selector: time }),
    {
      name: "weekdays",
      selector: { select: { options: weekdays, mode: "list", multiple: true } },
    },
    side(
      { name: "start_date", selector: { date: {} } },
      { name: "end_date", selector: { date: {} } },
    ),
    { name: "repeat_yearly", selector: { boolean: {} } },
  ];
}

/** Prices are numbered fields: `price#0`, `from#0`. */
export function tariffSchema(prices: number): Field[] {
  return [
    { name: "name", required: true, selector: { text: {} } },
    { name: "color", selector: { color_rgb: {} } },
    ...Array.from({ length: prices }, (_, place) =>
      side(
        {
          name: `price#${place}`,
          // Texts keep every digit that was typed.
          selector: { text: {} },
        },
        { name: `from#${place}`, selector: { date: {} } },
      ),
    ),
    {
      name: "price_source",
      selector: {
        entity: { filter: { domain: ["sensor", "input_number", "number"] } },
      },
    },
  ];
}

export function ruleForm(rule: CostRule): FormData {
  return { ...rule };
}

const text = (value: unknown) => (typeof value === "string" ? value.trim() : "");

/** `07:00:00` as `07:00`. */
const time = (value: unknown, otherwise: string) =>
  text(value).slice(0, "HH:MM".length) || otherwise;

export function ruleOfForm(data: FormData): CostRule {
  const chosen = data["weekdays"];
  const weekdays = Array.isArray(chosen) ? (chosen as Weekday[]) : [];
  return {
    tariff: text(data["tariff"]),
    start_date: text(data["start_date"]) || null,
    end_date: text(data["end_date"]) || null,
    repeat_yearly: data["repeat_yearly"] === true,
    from: time(data["from"], "00:00"),
    to: time(data["to"], "23:59"),
    weekdays: WEEKDAYS.filter((day) => weekdays.includes(day)),
  };
}

function channels(color: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));
}

function colorOf(value: unknown, otherwise: string): string {
  if (!Array.isArray(value)) return otherwise;
  const hex = value.map((channel) => Number(channel).toString(16).padStart(2, "0"));
  return `#${hex.join("")}`;
}

/** Prices are typed with the decimal sign of the user. */
export function tariffForm(tariff: Tariff, sign = "."): FormData {
  const { name, color, prices, price_source } = tariff;
  const fields = prices.flatMap(({ price, from }, place) => [
    [`price#${place}`, price.replace(".", sign)],
    ...(from === null ? [] : [[`from#${place}`, from]]),
  ]);
  return {
    ...{ name, color: channels(color) },
    ...Object.fromEntries(fields),
    ...(price_source ? { price_source } : {}),
  };
}

/** A price may be typed with a comma, too. */
const decimal = (value: unknown) => text(value).replace(",", ".");

/** What the form holds; an emptied price is a price that is deleted. */
export function tariffOfForm(
  data: FormData,
  count: number,
  before: Tariff | undefined,
): Tariff {
  const prices = Array.from({ length: count }, (_, place): Price => {
    const from = text(data[`from#${place}`]) || null;
    return { from, price: decimal(data[`price#${place}`]) };
  });
  const source = text(data["price_source"]);
  const { price_source: _, ...kept } = before ?? {};
  return {
    ...kept,
    name: text(data["name"]),
    color: colorOf(data["color"], before?.color ?? "#d62728"),
    // Without an entity that says it, a tariff needs a price.
    prices: prices.filter(({ price }, place) => price !== "" || (!source && !place)),
    ...(source ? { price_source: source } : {}),
  };
}

const PLACE = /^(rules|tariffs)\[(\d+)\](?:\.(\w+))?(?:\[(\d+)\])?(?:\.(\w+))?$/;

/**
 * Problems of the rule or tariff at a place, by field of its form; `base` is what
 * concerns no field alone, undefined what is about something else.
 */
function fieldOf(where: string, kind: "rule" | "tariff", place: number) {
  const [, list, index, part, row, leaf] = PLACE.exec(where) ?? [];
  if (list !== `${kind}s` || Number(index) !== place) return undefined;
  if (part === undefined) return "base";
  if (part !== "prices") return part;
  return row === undefined ? "price#0" : `${leaf === "from" ? "from" : "price"}#${row}`;
}

/** What is wrong, by field. */
export function formErrors(
  problems: readonly PlanProblem[],
  kind: "rule" | "tariff",
  place: number,
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { where, message } of problems) {
    const field = fieldOf(where, kind, place);
    if (field !== undefined) errors[field] ??= message;
  }
  return errors;
}
