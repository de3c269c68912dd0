import { mdiCheckBold, mdiEyeOffOutline } from "@mdi/js";
import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import { PREVIOUS } from "../consumption/chart-options";
import type { Row, Summary } from "../consumption/summary";
import { formatColumn, formatNumber } from "../format/numbers";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import { icon } from "./parts";
import { baseStyles } from "./styles";

/**
 * The series with their colours, totals and shares. A click hides one or shows
 * it again (`toggle`), the pointer over one points it out (`point`).
 */
export class SeriesLegend extends LitElement {
  @property({ attribute: false }) summary: Summary | undefined;
  @property({ attribute: false }) hiddenKeys: ReadonlySet<string> = new Set();
  @property() unit = "";
  @property() previousName = "";
  /** What is listed, for screen readers; loads where nothing is said. */
  @property() name = "";
  /** What is shown is ticked, as on a form. */
  @property({ type: Boolean }) isTicked = false;
  @property({ attribute: false }) locale!: FrontendLocale;
  @property({ attribute: false }) localize!: Localize;

  private amount: (value: number | null) => string = String;

  override render() {
    const { summary, localize } = this;
    if (!summary) {
      return html`<ul aria-hidden="true">
        ${[70, 55, 80, 45, 60].map(
          (width) => html`<li>
            <span class="bone" style="width:${width}%;height:18px;margin:11px 8px"></span>
          </li>`,
        )}
      </ul>`;
    }
    // The largest share first, which is also the top of what one pays for.
    const rows = [...summary.rows].sort((a, b) => (b.total ?? 0) - (a.total ?? 0));
    const totals = [...rows.map((row) => row.total), summary.previousTotal];
    this.amount = formatColumn(totals, this.unit, this.locale);
    return html`<ul aria-label=${this.name || localize("consumption.loads")}>
      ${rows.map((row) => this.row(row, summary))}
      ${summary.hasPrevious ? this.previous(summary) : nothing}
    </ul>`;
  }

  private row(row: Row, summary: Summary) {
    const share = summary.total ? (row.total ?? 0) / summary.total : 0;
    const percent = formatNumber(share, this.locale, {
      style: "percent",
      maximumFractionDigits: 0,
    });
    // Of the sum of what is ticked, what is not has no share.
    const isLeftOut = this.isTicked && this.hiddenKeys.has(row.key);
    const hasShare = row.total !== null && summary.total !== null && !isLeftOut;
    return this.item(
      row.key,
      row.name,
      this.isTicked
        ? html`<i class="tick" style="--ews-tick:${row.color}">${icon(mdiCheckBold)}</i>`
        : html`<i style="background:${row.color}"></i>`,
      html`<span class="share">${hasShare ? percent : ""}</span>
        <span class="amount">${this.amount(row.total)}</span>`,
    );
  }

  private previous(summary: Summary) {
    return this.item(
      PREVIOUS,
      this.previousName,
      html`<i class="previous"></i>`,
      html`<span class="amount">
        ${this.amount(summary.previousTotal)}
      </span>`,
    );
  }

  private item(key: string, name: string, swatch: unknown, figures: unknown) {
    const isShown = !this.hiddenKeys.has(key);
    return html`<li class=${key === PREVIOUS ? "apart" : ""}>
      <button
        role=${this.isTicked ? "checkbox" : nothing}
        aria-checked=${this.isTicked ? isShown : nothing}
        aria-pressed=${this.isTicked ? nothing : isShown}
        title=${this.localize("consumption.show_series", { name })}
        class=${isShown ? "" : "off"}
        @click=${() => this.emit("toggle", key)}
        @pointerenter=${() => this.emit("point", key)}
        @pointerleave=${() => this.emit("point", null)}
      >
        ${isShown || this.isTicked ? swatch : icon(mdiEyeOffOutline)}
        <span class="name">${name}</span>
        <span class="figures">${figures}</span>
      </button>
    </li>`;
  }

  private emit(type: "toggle" | "point", detail: string | null): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  static override styles = [
    baseStyles,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .apart {
        margin-top: var(--ews-space-1);
        padding-top: var(--ews-space-1);
        border-top: 1px solid var(--divider-color);
      }
      button {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: flex-end;
        gap: 0 var(--ews-space-2);
        width: 100%;
        min-height: 36px;
        padding: 0 var(--ews-space-2);
        border-radius: var(--ews-radius-small);
        text-align: start;
        --ews-icon: 16px;
      }
      .apart button {
        color: var(--ews-muted);
      }
      button:hover {
        background: var(--ews-track);
      }
      i {
        flex: none;
        width: 12px;
        height: 12px;
        margin-inline: 2px;
        border-radius: 4px;
      }
      i.tick {
        display: grid;
        place-items: center;
        width: 18px;
        height: 18px;
        margin-inline: -1px;
        border: 2px solid var(--ews-tick);
        border-radius: 5px;
        color: #fff;
        background: var(--ews-tick);
        --ews-icon: 12px;
      }
      .off i.tick {
        color: transparent;
        background: none;
      }
      i.previous {
        border: 1.5px solid var(--ews-muted);
        background: color-mix(in srgb, var(--ews-muted) 22%, transparent);
      }
      .name {
        flex: 1 1 5em;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .apart .name::first-letter {
        text-transform: uppercase;
      }
      .figures {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
      }
      .share {
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      .amount {
        min-width: 76px;
        text-align: end;
        white-space: nowrap;
      }
      .off {
        color: var(--ews-muted);
      }
      .off:not([role="checkbox"]) .name {
        text-decoration: line-through;
      }
    `,
  ];
}
