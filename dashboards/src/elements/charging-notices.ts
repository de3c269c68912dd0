/** What keeps the building from being protected, above the pages of Green'Up. */

import { mdiAlertCircleOutline } from "@mdi/js";
import { html, nothing, type TemplateResult } from "lit";
import type { Charging } from "../backend/charging-types";
import type { Page } from "../charging/pages";
import type { Localize } from "../localize";
import { icon } from "./parts";

function notice(tone: "warn" | "bad", text: unknown, more: unknown = nothing) {
  return html`<p class="notice ${tone}" role="alert">
    ${icon(mdiAlertCircleOutline)} <span>${text}</span> ${more}
  </p>`;
}

/**
 * Notices of a management that was set up. `settings` leads those who may there. What
 * the page itself tells is left out: stations of their own in a list, circuits of their
 * meters among the zones.
 */
export function chargingNotices(
  { is_enabled, problems, circuits, stations }: Charging,
  page: Page,
  settings: unknown,
  localize: Localize,
): TemplateResult {
  const told = page === "management" ? stations.map((one) => one.problem?.text) : [];
  const lost =
    page === "live" ? [] : circuits.filter(({ meter }) => meter?.is_lost && meter.name);
  return html`${
    is_enabled
      ? nothing
      : notice(
          "warn",
          html`<b>${localize("greenup.off_title")}</b> ${localize("greenup.off_text")}`,
        )
  }
  ${
    circuits.length > 0
      ? nothing
      : notice(
          "bad",
          html`<b>${localize("greenup.wrong_title")}</b> ${localize("greenup.wrong_text")}`,
        )
  }
  ${problems
    .filter(({ text }) => !told.includes(text))
    .map(({ text }) => notice("bad", text, settings))}
  ${lost.map(({ meter }) =>
    notice(
      "bad",
      html`<b>${localize("greenup.meter_lost", { name: meter?.name ?? "" })}</b>
        ${localize("greenup.meter_lost_means")}`,
    ),
  )}`;
}
