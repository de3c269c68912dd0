/** What is paid beside the energy, in words of the user's language. */

import type { Beside, Charge, Price } from "../backend/tariff-types";
import { formatNumber, priceText } from "../format/numbers";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import { amountOn } from "./draft";

type Kind = "fee" | "levy" | "tier" | "capacity" | "tax";

interface Item {
  kind: Kind;
  name: string;
  /** Prices, or the percentages of a tax. */
  rates: readonly Price[];
  charge?: Charge;
}

/** Everything there is, in the order of a bill. */
export function besideOf(plan: Beside): Item[] {
  const charges = (kind: Kind, list: readonly Charge[] = []) =>
    list.map(
      (charge): Item => ({ kind, name: charge.name, rates: charge.prices, charge }),
    );
  return [
    ...charges("fee", plan.fees),
    ...charges("capacity", plan.capacity ? [plan.capacity] : []),
    ...charges("tier", plan.tiers),
    ...charges("levy", plan.levies),
    ...(plan.taxes ?? []).map(
      ({ name, percents }): Item => ({
        ...{ kind: "tax", name },
        rates: percents.map(({ from, percent }) => ({ from, price: percent })),
      }),
    ),
  ];
}

/** What one of them comes to today: `€12.50 a month`, `20%`; empty before its time. */
export function rateText(
  { kind, rates, charge }: Item,
  today: string,
  currency: string,
  unit: string,
  locale: FrontendLocale,
  localize: Localize,
): string {
  const rate = amountOn(rates, today);
  if (rate === null) return "";
  if (kind === "tax") {
    const share = Number(rate) / 100;
    const options = { style: "percent", maximumFractionDigits: 3 } as const;
    return formatNumber(share, locale, options);
  }
  const price = priceText(rate, currency, locale);
  if (kind === "fee") {
    return localize(charge?.per === "day" ? "bill.a_day" : "bill.a_month", { price });
  }
  return `${price}/${kind === "capacity" ? (unit === "kWh" ? "kW" : `${unit}/h`) : unit}`;
}
