/** Lines and days of a bill in words of the user's language. */

import type { BillContent, BillLine } from "../backend/bill-types";
import { dateFormat } from "../format/buckets";
import { noonOf } from "../format/civil";
import { exactMoneyText, formatNumber, priceText } from "../format/numbers";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";

const HARD_SPACE = "\u00a0";
/** A thousandth of a kWh or m³ is what meters count. */
const QUANTITY_DIGITS = 3;

/** `1 October – 14 October 2026`; one day alone without a dash. */
export function daysText(
  { first_day, last_day }: Pick<BillLine, "first_day" | "last_day">,
  locale: FrontendLocale,
): string {
  const options = { day: "numeric", month: "short", year: "numeric" } as const;
  const format = dateFormat(locale, "UTC", options);
  return format.formatRange(noonOf(first_day), noonOf(last_day));
}

/** The day of an instant, as the site's calendar has it. */
export function dateText(
  instant: string,
  locale: FrontendLocale,
  zone: string,
  withTime = false,
): string {
  const options: Intl.DateTimeFormatOptions = {
    ...{ day: "numeric", month: "long" },
    ...(withTime ? { hour: "numeric", minute: "2-digit" } : { year: "numeric" }),
  };
  return dateFormat(locale, zone, options).format(new Date(instant));
}

const exact = (text: string) => text as `${number}`;

/** `200.12 kWh`, `31 days`: the number as the user writes it, the unit in words. */
function quantityText(
  quantity: string,
  unit: string,
  locale: FrontendLocale,
  localize: Localize,
): string {
  const maximumFractionDigits = QUANTITY_DIGITS;
  const number = formatNumber(exact(quantity), locale, { maximumFractionDigits });
  if (unit !== "day" && unit !== "month") return `${number}${HARD_SPACE}${unit}`;
  const form = new Intl.PluralRules(locale.language).select(Number(quantity));
  const key = form === "one" ? "one" : "other";
  return localize(`bill.sheet.${unit}.${key}`, { count: number });
}

/** How an amount comes about: `200.12 kWh × €0.25/kWh`. */
function productText(
  line: BillLine,
  currency: string,
  locale: FrontendLocale,
  localize: Localize,
): string {
  const { kind, quantity, unit, price, base } = line;
  if (kind === "tax") {
    const percent = formatNumber(exact(price ?? "0"), locale, {
      maximumFractionDigits: QUANTITY_DIGITS,
    });
    const of = base ? exactMoneyText(base, currency, locale) : "–";
    return localize("bill.sheet.percent", { percent, base: of });
  }
  const count =
    quantity === null ? "–" : quantityText(quantity, unit, locale, localize);
  if (price === null) return localize("bill.sheet.many_prices", { quantity: count });
  const money = priceText(price, currency, locale);
  const each = kind === "fee" ? money : `${money}/${unit}`;
  return `${count} × ${each}`;
}

/** What stands beside the name of a line; its days where it is one of several. */
export function lineTexts(
  line: BillLine,
  { currency, lines }: Pick<BillContent, "currency" | "lines">,
  zone: string,
  locale: FrontendLocale,
  localize: Localize,
): string[] {
  const { kind, name, tariff } = line;
  const alike = lines.filter(
    (one) => one.kind === kind && one.name === name && one.tariff === tariff,
  );
  return [
    productText(line, currency, locale, localize),
    ...(line.peak_at
      ? [
          localize("bill.sheet.peak", {
            moment: dateText(line.peak_at, locale, zone, true),
          }),
        ]
      : []),
    ...(alike.length > 1 ? [daysText(line, locale)] : []),
    ...(line.assumed ? [localize("bill.sheet.assumed")] : []),
  ];
}
