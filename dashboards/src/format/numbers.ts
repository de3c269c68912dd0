/** Numbers as the user's profile wants them, in the multiple that reads best. */

import type { FrontendLocale } from "../hass/types";

/** A multiple of a unit: values are divided by `divisor`. */
export interface Multiple {
  unit: string;
  divisor: number;
}

type Ladder = readonly Multiple[];

const metric = (unit: string): Ladder => [
  { unit, divisor: 1 },
  { unit: `k${unit}`, divisor: 1e3 },
  { unit: `M${unit}`, divisor: 1e6 },
  { unit: `G${unit}`, divisor: 1e9 },
];

const LADDERS: Readonly<Record<string, Ladder>> = {
  Wh: metric("Wh"),
  varh: metric("varh"),
  VAh: metric("VAh"),
  W: metric("W"),
  var: metric("var"),
  VA: metric("VA"),
  "dm³": [
    { unit: "dm³", divisor: 1 },
    { unit: "m³", divisor: 1e3 },
  ],
};

const SIGNIFICANT = 4;
const LARGEST_FRACTION = 3;

/** Digits after the point that leave about `significant` ones in all. */
export function fractionDigits(value: number, significant = SIGNIFICANT): number {
  const size = Math.abs(value);
  if (size === 0) return 0;
  const whole = size < 1 ? 1 : Math.floor(Math.log10(size)) + 1;
  return Math.min(LARGEST_FRACTION, Math.max(0, significant - whole));
}

/**
 * The multiple (S163) in which a value reads best. One that would be rounded
 * to 1000 already takes the next: 999.96 kWh is 1 MWh.
 */
export function multipleFor(
  value: number,
  unit: string,
  significant = SIGNIFICANT,
): Multiple {
  const ladder = LADDERS[unit];
  if (!ladder) return { unit, divisor: 1 };
  let chosen: Multiple = { unit, divisor: 1 };
  for (const step of ladder) {
    if (step.divisor > 1) {
      const inLower = Math.abs(value) / chosen.divisor;
      // Whole base units are shown without a fraction.
      const digits = chosen.divisor === 1 ? 0 : fractionDigits(inLower, significant);
      if (Number(inLower.toFixed(digits)) < step.divisor / chosen.divisor) break;
    }
    chosen = step;
  }
  return chosen;
}

const NUMBER_LOCALES: Readonly<Record<string, string>> = {
  comma_decimal: "en-US",
  decimal_comma: "de",
  space_comma: "fr",
  quote_decimal: "de-CH",
};

/** The locale whose number format the user chose; undefined is the system's. */
export function numberLocale(locale: FrontendLocale): string | undefined {
  if (locale.number_format === "system") return undefined;
  return NUMBER_LOCALES[locale.number_format] ?? locale.language;
}

/** A number with the user's separators and a true minus sign; texts keep every digit. */
export function formatNumber(
  value: number | `${number}`,
  locale: FrontendLocale,
  options: Intl.NumberFormatOptions = {},
): string {
  const format = new Intl.NumberFormat(numberLocale(locale), {
    ...options,
    ...(locale.number_format === "none" ? { useGrouping: false } : {}),
  });
  return format.format(value).replace("-", "−");
}

export interface Amount {
  number: string;
  unit: string;
}

/** What stands before the decimals: a point or a comma. */
export function decimalSign(locale: FrontendLocale): string {
  const parts = new Intl.NumberFormat(numberLocale(locale)).formatToParts(0.5);
  return parts.find(({ type }) => type === "decimal")?.value ?? ".";
}

/** Whether a unit is a currency of ISO 4217, such as `EUR` (S102). */
export function isCurrency(unit: string): boolean {
  return /^[A-Z]{3}$/.test(unit);
}

/**
 * Money with the digits of its currency; rounded for display only. What would read
 * as nothing without being it shows its first digit.
 */
export function moneyText(
  value: number,
  currency: string,
  locale: FrontendLocale,
  options: Intl.NumberFormatOptions = {},
): string {
  const style = { style: "currency", currency, ...options } as const;
  const digits = new Intl.NumberFormat("en", style).resolvedOptions();
  const readsAsZero = Number(value.toFixed(digits.maximumFractionDigits ?? 2)) === 0;
  return formatNumber(value, locale, {
    ...style,
    ...(value !== 0 && readsAsZero ? { maximumSignificantDigits: 1 } : {}),
  });
}

/**
 * An exact decimal text with the digits of its currency, as `moneyText` shows them;
 * null is "no data".
 */
export function exactMoneyText(
  amount: string | null | undefined,
  currency: string,
  locale: FrontendLocale,
  options: Intl.NumberFormatOptions = {},
): string {
  if (amount === null || amount === undefined) return "–";
  const exact = amount as `${number}`;
  const style = { style: "currency", currency, ...options } as const;
  const rounded = new Intl.NumberFormat("en", style).format(exact);
  const readsAsZero = /[1-9]/.test(amount) && !/[1-9]/.test(rounded);
  return formatNumber(exact, locale, {
    ...style,
    ...(readsAsZero ? { maximumSignificantDigits: 1 } : {}),
  });
}

/** Prices have more digits than amounts (S106). */
const PRICE_DIGITS = 6;

/** A price with all its digits, at least those of its currency. */
export function priceText(
  price: string,
  currency: string,
  locale: FrontendLocale,
): string {
  const maximumFractionDigits = PRICE_DIGITS;
  return exactMoneyText(price, currency, locale, { maximumFractionDigits });
}

/** What a currency is called on an axis: `€`. */
export function currencySign(currency: string, locale: FrontendLocale): string {
  const style = { style: "currency", currency } as const;
  const parts = new Intl.NumberFormat(numberLocale(locale), style).formatToParts(0);
  return parts.find(({ type }) => type === "currency")?.value ?? currency;
}

/** A value of `unit` in its best multiple, or in the one given. */
export function formatAmount(
  value: number,
  unit: string,
  locale: FrontendLocale,
  multiple?: Multiple,
  significant = SIGNIFICANT,
): Amount {
  // Where the sign of a currency stands is the language's to say.
  if (isCurrency(unit)) return { number: moneyText(value, unit, locale), unit: "" };
  const chosen = multiple ?? multipleFor(value, unit, significant);
  const scaled = value / chosen.divisor;
  const digits = chosen.divisor === 1 ? 0 : fractionDigits(scaled, significant);
  return {
    number: formatNumber(scaled, locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }),
    unit: chosen.unit,
  };
}

const HARD_SPACE = "\u00a0";

/** The same as one text, kept on one line: `12.34 kWh`. */
export function amountText(
  value: number | null,
  unit: string,
  locale: FrontendLocale,
  multiple?: Multiple,
): string {
  if (value === null) return "–";
  const amount = formatAmount(value, unit, locale, multiple);
  if (!amount.unit) return amount.number;
  return `${amount.number}${HARD_SPACE}${amount.unit}`;
}

/**
 * Values that stand below one another: one multiple and as many digits as the
 * largest needs, so that they can be compared and added up. One that would read
 * as zero without being it keeps a multiple of its own.
 */
export function formatColumn(
  values: readonly (number | null)[],
  unit: string,
  locale: FrontendLocale,
): (value: number | null) => string {
  if (isCurrency(unit)) return (value) => amountText(value, unit, locale);
  const largest = Math.max(0, ...values.map((value) => Math.abs(value ?? 0)));
  // 1,092 kWh above 18 kWh reads better than 1.092 MWh above 0.018 MWh.
  const multiple = multipleFor(largest / 10, unit);
  const digits =
    multiple.divisor === 1 ? 0 : fractionDigits(largest / multiple.divisor);
  return (value) => {
    if (value === null) return "–";
    const scaled = value / multiple.divisor;
    const readsAsZero = Number(scaled.toFixed(digits)) === 0;
    if (value !== 0 && readsAsZero) return amountText(value, unit, locale);
    const number = formatNumber(scaled, locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    return `${number}${HARD_SPACE}${multiple.unit}`;
  };
}

/** A change as `+12.3 %`; beyond tenfold whole per cents are enough. */
export function formatChange(ratio: number, locale: FrontendLocale): string {
  const digits = Math.abs(ratio) >= 10 ? 0 : 1;
  return formatNumber(ratio, locale, {
    style: "percent",
    signDisplay: "exceptZero",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
