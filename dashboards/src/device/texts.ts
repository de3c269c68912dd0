/** Names of quantities, commands and states, as the integration's entities carry them. */

import { DOMAIN } from "../backend/commands";
import type { Device } from "../backend/types";
import type { HomeAssistant } from "../hass/types";
import type { Localize } from "../localize";
import { isProblem } from "./states";

const PLATFORMS = ["sensor", "binary_sensor", "switch", "select", "number", "button"];

/** Have Home Assistant fetch the names; resolves when they are there. */
export function loadNames(hass: HomeAssistant): Promise<unknown> {
  return hass.loadBackendTranslation("entity", DOMAIN).catch(() => undefined);
}

function entityText(hass: HomeAssistant, key: string, rest: string): string {
  for (const platform of PLATFORMS) {
    const text = hass.localize(`component.${DOMAIN}.entity.${platform}.${key}.${rest}`);
    if (text) return text;
  }
  return "";
}

/** The name of a quantity or command; the user's own where there is one (S86). */
export function nameOf(hass: HomeAssistant, device: Device, key: string): string {
  return device.channels[key] || entityText(hass, key, "name") || key;
}

/** What a named value is called. */
export function stateText(
  hass: HomeAssistant,
  localize: Localize,
  quantity: string,
  value: string,
): string {
  const own = entityText(hass, quantity, `state.${value}`);
  if (own) return own;
  if (isProblem(quantity)) {
    return localize(value === "on" ? "device.problem" : "device.no_problem");
  }
  if (value === "on") return localize("device.on");
  return value === "off" ? localize("device.off") : value;
}
