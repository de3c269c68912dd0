/** What keeps the building from being protected, above the pages of Green'Up. */

import { mdiAlertCircleOutline } from "@mdi/js";
import { html, nothing, type TemplateResult } from "lit";
import type { Charging } from "../backend/charging-types";
import type { Localize } from "../localize";
import { icon } from "./parts";

function notice(tone: "warn" | "bad", text: unknown, more: unknown = nothing) {
  return html`<p class="notice ${tone}" role="alert">
    ${icon(mdiAlertCircleOutline)} <span>${text}</span> ${more}
  </p>`;
}

/**
 * Notices of a management that was set up. `settings` leads those who may there;
 * meters that are silent are left out where each circuit tells it of its own.
 */
export function chargingNotices(
  { is_enabled, problems, circuits }: Charging,
  settings: unknown,
  hasMeters: boolean,
  localize: Localize,
): TemplateResult {
  const lost = hasMeters ? circuits.filter(({ meter }) => meter?.is_lost) : [];
  return html`${
    is_enabled
      ? nothing
      : notice(
          "warn",
          html`<b>${localize("greenup.off_title")}</b> ${localize("greenup.off_text")}`,
        )
  }
  ${problems.map(({ text }) => notice("bad", text, settings))}
  ${lost.map(({ meter }) =>
    notice(
      "bad",
      html`<b>${localize("greenup.meter_lost", { name: meter?.name ?? "" })}</b>
        ${localize("greenup.meter_lost_means")}`,
    ),
  )}`;
}
