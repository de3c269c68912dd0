/** Small pieces of markup that several elements use. */

import { mdiAlertCircleOutline } from "@mdi/js";
import { html, type TemplateResult } from "lit";
import { errorText } from "../backend/errors";
import type { HomeAssistant } from "../hass/types";
import type { Localize } from "../localize";

/** A decorative icon; what it means stands beside it or in a label. */
export function icon(path: string, extra = ""): TemplateResult {
  return html`<svg class="icon ${extra}" viewBox="0 0 24 24" aria-hidden="true">
    <path d=${path}></path>
  </svg>`;
}

export interface Message {
  path: string;
  title: string;
  text?: string;
  action?: TemplateResult;
}

export function message({ path, title, text, action }: Message): TemplateResult {
  return html`<div class="message">
    ${icon(path)}
    <h3>${title}</h3>
    ${text ? html`<p>${text}</p>` : ""}${action ?? ""}
  </div>`;
}

/** What failed, and the way to try again. */
export function errorMessage(
  error: unknown,
  hass: HomeAssistant,
  localize: Localize,
  retry: () => void,
): TemplateResult {
  return html`<div role="alert">
    ${message({
      path: mdiAlertCircleOutline,
      title: localize("error.title"),
      text: errorText(error, hass, localize),
      action: html`<button class="tonal" @click=${retry}>
        ${localize("error.retry")}
      </button>`,
    })}
  </div>`;
}
