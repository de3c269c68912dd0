/** Changes of a plan before they are saved; every change makes a new plan. */

import type { CostRule, Price, Tariff, TariffPlan } from "../backend/tariff-types";
import { WEEKDAYS } from "../backend/tariff-types";

export const EMPTY_PLAN: TariffPlan = { tariffs: [], rules: [], mode: "continuous" };

/** Well told apart, also beside each other in a ring. */
const COLORS = [
  ...["#d62728", "#1f77b4", "#2ca02c", "#ff7f0e", "#9467bd"],
  ...["#8c564b", "#17becf", "#bcbd22", "#e377c2", "#7f7f7f"],
];

/** The plan alone, of an answer that says more. */
export function planOf({ tariffs, rules, mode }: TariffPlan): TariffPlan {
  return { tariffs, rules, mode };
}

export function isSamePlan(a: TariffPlan, b: TariffPlan): boolean {
  return JSON.stringify(planOf(a)) === JSON.stringify(planOf(b));
}

/** Whether a plan is what was saved: the integration numbers tariffs, and cuts zeros. */
export function isSettled(saved: TariffPlan, draft: TariffPlan): boolean {
  const core = ({ tariffs, rules, mode }: TariffPlan) =>
    JSON.stringify([
      tariffs.map(({ name, color, prices }) => [
        ...[name, color],
        ...prices.map(({ from, price }) => [from, Number(price)]),
      ]),
      rules.map((rule) => Object.entries(rule).sort()),
      mode,
    ]);
  return core(saved) === core(draft);
}

/** A rule that is true at every time. */
export function alwaysRule(tariff: string): CostRule {
  return {
    tariff,
    start_date: null,
    end_date: null,
    repeat_yearly: false,
    from: "00:00",
    to: "23:59",
    weekdays: [...WEEKDAYS],
  };
}

/** A tariff to begin with: a colour that is not taken, and no price yet. */
export function newTariff(plan: TariffPlan): Tariff {
  const taken = new Set(plan.tariffs.map(({ color }) => color));
  const color = COLORS.find((one) => !taken.has(one)) ?? COLORS[0] ?? "#d62728";
  return { name: "", color, prices: [{ from: null, price: "" }] };
}

/** Move a rule up or down (S111). */
export function moveRule(plan: TariffPlan, from: number, to: number): TariffPlan {
  const rules = [...plan.rules];
  const [moved] = rules.splice(from, 1);
  if (!moved || to < 0 || to > rules.length) return plan;
  rules.splice(to, 0, moved);
  return { ...plan, rules };
}

/**
 * Put a rule in the place of another, or a new one first: exceptions stand before
 * what they are exceptions of (S110).
 */
export function putRule(
  plan: TariffPlan,
  index: number | null,
  rule: CostRule,
): TariffPlan {
  const rules =
    index === null
      ? [rule, ...plan.rules]
      : plan.rules.map((old, place) => (place === index ? rule : old));
  return { ...plan, rules };
}

export function withoutRule(plan: TariffPlan, index: number): TariffPlan {
  return { ...plan, rules: plan.rules.filter((_, place) => place !== index) };
}

/**
 * Put a tariff in the place of another, or a new one last. Rules follow a new name;
 * the first tariff of all applies always.
 */
export function putTariff(
  plan: TariffPlan,
  index: number | null,
  tariff: Tariff,
): TariffPlan {
  const before = index === null ? undefined : plan.tariffs[index];
  const tariffs =
    index === null
      ? [...plan.tariffs, tariff]
      : plan.tariffs.map((old, place) => (place === index ? tariff : old));
  const isFirst = plan.tariffs.length === 0 && plan.rules.length === 0;
  const rules = isFirst
    ? [alwaysRule(tariff.name)]
    : plan.rules.map((rule) =>
        before && rule.tariff === before.name ? { ...rule, tariff: tariff.name } : rule,
      );
  return { ...plan, tariffs, rules };
}

/** Rules of a tariff that is deleted go with it. */
export function withoutTariff(plan: TariffPlan, index: number): TariffPlan {
  const gone = plan.tariffs[index];
  return {
    ...plan,
    tariffs: plan.tariffs.filter((_, place) => place !== index),
    rules: plan.rules.filter((rule) => rule.tariff !== gone?.name),
  };
}

const inOrder = (prices: readonly Price[]) =>
  [...prices].sort((a, b) => (a.from ?? "").localeCompare(b.from ?? ""));

/** What holds on a local day; null before the first date. */
export function amountOn(prices: readonly Price[], day: string): string | null {
  return inOrder(prices).findLast(({ from }) => (from ?? "") <= day)?.price ?? null;
}

/** The price of a local day; before the first date the first one (Q9). */
export function priceOn({ prices }: Tariff, day: string): string | null {
  return amountOn(prices, day) ?? inOrder(prices)[0]?.price ?? null;
}
