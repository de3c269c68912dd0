/** The WebSocket commands about money. */

import type { HomeAssistant } from "../hass/types";
import { DOMAIN } from "./commands";
import type { Costs, PlanChange, Recompute, TariffPlan, Tariffs } from "./tariff-types";
import type { ConsumptionQuery, Fluid } from "./types";

type Entry = string | undefined;

const entryField = (entry: Entry) => (entry ? { config_entry_id: entry } : {});

/** What was paid; asked as what was consumed is, and also `by: "tariff"`. */
export function fetchCosts(
  hass: HomeAssistant,
  entry: Entry,
  query: ConsumptionQuery,
): Promise<Costs> {
  return hass.callWS<Costs>({
    type: `${DOMAIN}/get_costs`,
    language: hass.locale.language,
    ...query,
    ...entryField(entry),
  });
}

/** Which days of the plan are asked for; without them there is no calendar. */
export interface Days {
  start: string;
  end: string;
}

/** The plan of a fluid, or what would be with a draft of one; nothing is stored. */
export function fetchTariffs(
  hass: HomeAssistant,
  entry: Entry,
  fluid: Fluid,
  days?: Days,
  draft?: TariffPlan,
): Promise<Tariffs> {
  return hass.callWS<Tariffs>({
    type: `${DOMAIN}/get_tariffs`,
    language: hass.locale.language,
    fluid,
    ...days,
    ...(draft ? { tariffs: draft.tariffs, rules: draft.rules, mode: draft.mode } : {}),
    ...entryField(entry),
  });
}

/**
 * Let a plan count, or ask what would come of it; for administrators. Refused where
 * the stored plan is not of `version` any more.
 */
export function setCostRules(
  hass: HomeAssistant,
  entry: Entry,
  fluid: Fluid,
  plan: TariffPlan,
  recompute: Recompute,
  isDryRun: boolean,
  version?: string,
): Promise<PlanChange> {
  return hass.callWS<PlanChange>({
    type: `${DOMAIN}/set_cost_rules`,
    language: hass.locale.language,
    fluid,
    tariffs: plan.tariffs,
    rules: plan.rules,
    mode: plan.mode,
    recompute,
    dry_run: isDryRun,
    ...(version === undefined ? {} : { version }),
    ...entryField(entry),
  });
}
