/** State badges and icons of functions, on the board and on a device's page. */

import {
  mdiGaugeEmpty,
  mdiLinkVariant,
  mdiStar,
  mdiStateMachine,
  mdiToggleSwitchOutline,
} from "@mdi/js";
import { css, html, nothing, type TemplateResult } from "lit";
import type { Device } from "../backend/types";
import type { StateBadge } from "../device/states";
import type { Localize } from "../localize";
import { icon } from "./parts";

const FUNCTIONS = [
  ["measure", mdiGaugeEmpty],
  ["state", mdiStateMachine],
  ["command", mdiToggleSwitchOutline],
  ["link", mdiLinkVariant],
] as const;

/** Measure, State, Command, Link (S151, S182). */
export function functionIcons(device: Device, localize: Localize): TemplateResult {
  const has = (name: string) =>
    name === "link" ? device.is_linked === true : device.functions.includes(name);
  return html`<span class="functions">
    ${FUNCTIONS.filter(([name]) => has(name)).map(
      ([
        name,
        path,
      ]) => html`<span class="function ${name}" title=${localize(`functions.${name}`)}>
        ${icon(path)}<span class="hidden">${localize(`functions.${name}`)}</span>
      </span>`,
    )}${
      device.is_priority
        ? html`<span class="function priority" title=${localize("functions.priority")}>
            ${icon(mdiStar)}<span class="hidden">${localize("functions.priority")}</span>
          </span>`
        : nothing
    }
  </span>`;
}

export function stateBadges(
  badges: readonly StateBadge[],
  textOf: (badge: StateBadge) => string,
  localize: Localize,
): TemplateResult | typeof nothing {
  if (badges.length === 0) return nothing;
  return html`<span class="badges">
    ${badges.map((badge) => {
      const text = badge.count
        ? localize(`badges.${badge.quantity as "inputs"}`, badge.count)
        : textOf(badge);
      return html`<span class="state-badge ${badge.tone}">${icon(badge.icon)} ${text}</span>`;
    })}
  </span>`;
}

export const badgeStyles = css`
  .badges {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .state-badge {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 1px 8px 1px 6px;
    border-radius: var(--ha-border-radius-pill, 9999px);
    --ews-tone: var(--primary-text-color);
    color: color-mix(in srgb, var(--ews-tone) 70%, var(--primary-text-color));
    background: color-mix(in srgb, var(--ews-tone) 15%, transparent);
    font-size: var(--ews-small);
    font-weight: var(--ews-medium-weight);
    white-space: nowrap;
    --ews-icon: 16px;
  }
  .state-badge.calm {
    background: var(--ews-track);
  }
  .state-badge.good {
    --ews-tone: var(--ews-good);
  }
  .state-badge.bad {
    --ews-tone: var(--ews-bad);
  }
  .state-badge.warn {
    --ews-tone: var(--ews-warn);
  }
  .state-badge.busy {
    --ews-tone: var(--primary-color);
  }
  .functions {
    display: inline-flex;
    gap: 4px;
    color: var(--ews-muted);
    --ews-icon: 16px;
  }
`;
