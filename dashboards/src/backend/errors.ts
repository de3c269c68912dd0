/** Errors of WebSocket commands in the user's language. */

import type { HomeAssistant } from "../hass/types";
import type { Localize } from "../localize";
import { DOMAIN } from "./commands";

/** What the connection itself says of a question that it could not put. */
const CONNECTION_LOST = 3;

interface CommandError {
  code?: unknown;
  message?: unknown;
  translation_domain?: unknown;
  translation_key?: unknown;
  translation_placeholders?: Record<string, string>;
}

/** One sentence that says what went wrong. */
export function errorText(
  error: unknown,
  hass: HomeAssistant,
  localize: Localize,
): string {
  const { code, message, translation_domain, translation_key, ...rest } =
    typeof error === "object" && error !== null ? (error as CommandError) : {};
  if (code === CONNECTION_LOST) return localize("error.connection");
  if (code === "unknown_command") return localize("error.not_loaded");
  if (typeof translation_key === "string") {
    const domain = typeof translation_domain === "string" ? translation_domain : DOMAIN;
    const text = hass.localize(
      `component.${domain}.exceptions.${translation_key}.message`,
      rest.translation_placeholders,
    );
    if (text) return text;
  }
  return typeof message === "string" && message ? message : localize("error.unknown");
}
