import { mdiArrowDownThin, mdiArrowUpThin, mdiEqual } from "@mdi/js";
import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { Period } from "../backend/types";
import { comparedUntil } from "../consumption/names";
import type { Summary } from "../consumption/summary";
import { amountText, formatAmount, formatChange } from "../format/numbers";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import { icon } from "./parts";
import { baseStyles } from "./styles";

/** Total of the period, of the previous one, and the difference (S162). */
export class TotalTiles extends LitElement {
  /** Undefined draws the skeleton. */
  @property({ attribute: false }) summary: Summary | undefined;
  @property() unit = "";
  @property() period: Period = "day";
  @property() name = "";
  @property() previousName = "";
  @property() zone = "";
  @property({ type: Boolean }) compares = true;
  /** What is counted is a yield: more of it is welcome. */
  @property({ type: Boolean }) isYield = false;
  @property({ attribute: false }) locale!: FrontendLocale;
  @property({ attribute: false }) localize!: Localize;

  override render() {
    const { summary, localize } = this;
    return html`<dl>
      <div class="tile main">
        <dt>${this.name}</dt>
        ${this.amount(summary?.total)}
        <dd class="note">
          ${summary?.isRunning && summary.total !== null ? localize("consumption.so_far") : nothing}
        </dd>
      </div>
      ${
        this.compares
          ? html`<div class="tile">
                <dt>${this.previousName}</dt>
                ${this.amount(summary?.previousTotal)}
                <dd class="note">
                  ${summary?.isRunning && summary.hasPrevious ? localize("consumption.whole_period") : nothing}
                </dd>
              </div>
              <div class="tile">
                <dt>${localize("consumption.difference")}</dt>
                ${this.difference()}
              </div>`
          : nothing
      }
    </dl>`;
  }

  private amount(value: number | null | undefined) {
    if (value === undefined && !this.summary) {
      return html`<dd class="value"><span class="bone"></span></dd>`;
    }
    if (value === null || value === undefined) {
      return html`<dd class="value none">–</dd>`;
    }
    const { number, unit } = formatAmount(value, this.unit, this.locale);
    return html`<dd class="value">${number} <small>${unit}</small></dd>`;
  }

  private difference() {
    const { summary, locale, localize } = this;
    if (!summary) return this.amount(undefined);
    const { difference } = summary;
    if (!difference) {
      return html`<dd class="value none">–</dd>
        <dd class="note">${localize("consumption.no_comparison")}</dd>`;
    }
    const change = difference.current - difference.previous;
    const path = change > 0 ? mdiArrowUpThin : change < 0 ? mdiArrowDownThin : mdiEqual;
    const sign = change > 0 ? "+" : change < 0 ? "−" : "";
    const text = sign + amountText(Math.abs(change), this.unit, locale);
    const isWelcome = this.isYield ? change > 0 : change < 0;
    const direction = change === 0 ? "" : isWelcome ? "welcome" : "unwelcome";
    const { period, zone } = this;
    const until = comparedUntil(difference, period, locale, zone, localize);
    return html`<dd class="value change ${direction}">
        ${icon(path)} ${difference.ratio === null ? text : formatChange(difference.ratio, locale)}
      </dd>
      <dd class="note">
        ${difference.ratio === null ? until : [text, until].filter(Boolean).join(" · ")}
      </dd>`;
  }

  static override styles = [
    baseStyles,
    css`
      :host {
        container-type: inline-size;
      }
      dl {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: var(--ews-space-3);
        margin: 0;
      }
      .tile {
        min-width: 0;
        padding: var(--ews-space-3) var(--ews-space-4);
        border-radius: var(--ews-radius);
        background: var(--ews-track);
      }
      .main {
        background: color-mix(in srgb, var(--primary-color) 12%, transparent);
      }
      dt {
        overflow: hidden;
        color: var(--ews-muted);
        font-size: var(--ews-small);
        font-weight: var(--ews-medium-weight);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      dt::first-letter {
        text-transform: uppercase;
      }
      dd {
        margin: 0;
      }
      .value {
        display: flex;
        align-items: baseline;
        gap: 0.25em;
        min-height: 34px;
        font-size: var(--ha-font-size-2xl, 24px);
        font-weight: var(--ews-medium-weight);
        line-height: 34px;
        letter-spacing: -0.01em;
        white-space: nowrap;
      }
      .value small {
        color: var(--ews-muted);
        font-size: var(--ews-normal);
        letter-spacing: 0;
      }
      .value .bone {
        align-self: center;
        width: 60%;
        height: 22px;
      }
      .none {
        color: var(--ews-muted);
      }
      .note {
        overflow: hidden;
        min-height: 17px;
        color: var(--ews-muted);
        font-size: var(--ews-small);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .change svg {
        align-self: center;
        --ews-icon: 24px;
        margin-inline-start: -6px;
      }
      .welcome svg {
        color: var(--ews-good);
      }
      .unwelcome svg {
        color: var(--ews-warn);
      }
      @container (max-width: 520px) {
        dl {
          grid-template-columns: repeat(2, minmax(0, 1fr));
          gap: var(--ews-space-2);
        }
        .tile {
          padding: var(--ews-space-2) var(--ews-space-3);
        }
        .main {
          grid-column: 1 / -1;
        }
        .tile:not(.main) .value {
          font-size: var(--ha-font-size-xl, 20px);
          min-height: 28px;
          line-height: 28px;
        }
        .note {
          white-space: normal;
        }
      }
    `,
  ];
}
