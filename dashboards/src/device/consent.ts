/** What is asked about before it is done: it moves a breaker or stops a car. */

import type { Device } from "../backend/types";

const ALWAYS: ReadonlySet<string> = new Set([
  "breaker_open",
  "breaker_close",
  "breaker_reset",
  "ev_plug",
  "domestic_plug",
  "session_state",
  "reset_partial_energies",
]);
const OUTPUT = /^output_\d+$/;

/** Whether a command needs a second yes. */
export function needsConsent(device: Device, command: string): boolean {
  if (ALWAYS.has(command)) return true;
  // The output of a module that watches a contact moves a breaker or a contactor.
  return OUTPUT.test(command) && device.quantities.includes("contact_state");
}
