/** What the board shows while there is no device to show. */

import { mdiMeterElectricOutline } from "@mdi/js";
import { html } from "lit";
import { message } from "../elements/parts";
import { followLink } from "../hass/actions";
import type { Localize } from "../localize";

const SETUP_PATH = "/config/integrations/integration/legrand_ews";

/** A site without any device, and the way to the first. */
export function empty(localize: Localize, canSetUp: boolean) {
  return html`<ha-card>
      ${message({
        path: mdiMeterElectricOutline,
        title: localize("board.empty_title"),
        text: localize("board.empty_text"),
        ...(canSetUp
          ? {
              action: html`<a class="tonal" href=${SETUP_PATH} @click=${followLink}>
                ${localize("board.empty_action")}
              </a>`,
            }
          : {}),
      })}
    </ha-card>`;
}

/** Stands in for the board while the site is under way. */
export function skeleton(localize: Localize) {
  const bone = (width: string, height: number) =>
    html`<span class="bone" style="width:${width};height:${height}px"></span>`;
  return html`
      <div class="toolbar" role="status" aria-label=${localize("consumption.loading")}>
        ${bone("280px", 36)}
      </div>
      <div class="sections" aria-hidden="true">
        <ha-card>
          <header>${bone("24px", 24)}<div class="names">${bone("160px", 18)}</div></header>
          <ul>
            ${[52, 38, 46, 60, 42, 50].map(
              (width) => html`<li class="ghost">
                ${bone("36px", 36)}<span>${bone(`${width}%`, 14)}</span>${bone("72px", 16)}
              </li>`,
            )}
          </ul>
        </ha-card>
      </div>
    `;
}
