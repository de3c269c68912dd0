/** The WebSocket commands about bills. */

import type { HomeAssistant } from "../hass/types";
import type { BillQuestion, Bills } from "./bill-types";
import { DOMAIN } from "./commands";

type Entry = string | undefined;

function ask<T>(
  hass: HomeAssistant,
  command: string,
  entry: Entry,
  { fluid, days }: BillQuestion,
): Promise<T> {
  return hass.callWS<T>({
    type: `${DOMAIN}/${command}`,
    fluid,
    ...days,
    ...(entry ? { config_entry_id: entry } : {}),
  });
}

/** What is to be paid for some days, line by line. */
export function fetchBill(
  hass: HomeAssistant,
  entry: Entry,
  question: BillQuestion,
): Promise<Bills> {
  return ask(hass, "get_bill", entry, question);
}

/** Keep a bill as it is now; for administrators. */
export async function freezeBill(
  hass: HomeAssistant,
  entry: Entry,
  question: BillQuestion,
): Promise<void> {
  await ask(hass, "freeze_bill", entry, question);
}

/** Forget what was kept of a bill; for administrators. */
export async function unfreezeBill(
  hass: HomeAssistant,
  entry: Entry,
  question: BillQuestion,
): Promise<void> {
  await ask(hass, "unfreeze_bill", entry, question);
}
