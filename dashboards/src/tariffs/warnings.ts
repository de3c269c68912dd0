/** What an administrator should know of a plan beside what is wrong with one rule. */

import type { Tariffs } from "../backend/tariff-types";
import { dateFormat } from "../format/buckets";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import { gapsText } from "./texts";

/**
 * Problems of the tariffs, times without a rule (S272), and whether the two ways to
 * read the rules differ (Q22).
 */
export function warningsOf(
  shown: Tariffs,
  zone: string,
  locale: FrontendLocale,
  localize: Localize,
): string[] {
  const others = shown.problems.filter(({ where }) => !where.startsWith("rules["));
  const gaps = gapsText(shown.gaps, locale, localize);
  const [first] = shown.disagreements ?? [];
  // Who chose nothing reads at every minute, and needs no comparison.
  const differs = shown.mode === "ews" && first;
  const moment = dateFormat(locale, zone, {
    ...{ weekday: "long", day: "numeric", month: "long" },
    ...{ hour: "numeric", minute: "2-digit" },
  });
  return [
    ...others.map(({ message }) => message),
    ...(gaps ? [localize("bill.gaps", { times: gaps })] : []),
    ...(differs
      ? [localize("bill.differs", { moment: moment.format(new Date(first.start)) })]
      : []),
  ];
}
