import { css, html, LitElement } from "lit";
import { property } from "lit/decorators.js";
import type { Row, Summary } from "../consumption/summary";
import { formatChange, formatColumn } from "../format/numbers";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import { baseStyles } from "./styles";

/** Totals of several objects as bars below one another, measured by the first. */
export class TotalBars extends LitElement {
  /** Undefined draws the skeleton. */
  @property({ attribute: false }) summary: Summary | undefined;
  @property() unit = "";
  @property({ attribute: false }) locale!: FrontendLocale;
  @property({ attribute: false }) localize!: Localize;

  override render() {
    const { summary } = this;
    if (!summary) {
      return html`<ul aria-hidden="true">
        ${[80, 55].map(
          (width) => html`<li>
            <span class="bone" style="width:40%;height:18px"></span>
            <span class="bone bar" style="width:${width}%"></span>
          </li>`,
        )}
      </ul>`;
    }
    const { rows } = summary;
    const largest = Math.max(0, ...rows.map((row) => row.total ?? 0));
    const amount = formatColumn(
      rows.map((row) => row.total),
      this.unit,
      this.locale,
    );
    return html`<ul>
      ${rows.map((row, index) => {
        const share = largest > 0 ? (row.total ?? 0) / largest : 0;
        return html`<li>
          <p>
            <span class="name">${row.name}</span>
            <span class="note">${index > 0 ? this.difference(row, rows[0]) : ""}</span>
            <b>${row.total === null ? this.localize("consumption.missing") : amount(row.total)}</b>
          </p>
          <div class="bar">
            <i style="inline-size:${(100 * share).toFixed(2)}%;background:${row.color}"></i>
          </div>
        </li>`;
      })}
    </ul>`;
  }

  /** How much more or less than the first. */
  private difference(row: Row, first: Row | undefined): string {
    if (!first?.total || row.total === null) return "";
    const ratio = (row.total - first.total) / first.total;
    return this.localize("compare.difference", {
      change: formatChange(ratio, this.locale),
      name: first.name,
    });
  }

  static override styles = [
    baseStyles,
    css`
      :host {
        container-type: inline-size;
      }
      ul {
        display: grid;
        gap: var(--ews-space-4);
        min-height: var(--ews-chart-height, 200px);
        align-content: start;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      p {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        align-items: baseline;
        gap: 0 var(--ews-space-3);
        margin: 0 0 var(--ews-space-1);
      }
      .name {
        font-weight: var(--ews-medium-weight);
        overflow-wrap: anywhere;
      }
      .note {
        min-width: 0;
        color: var(--ews-muted);
        font-size: var(--ews-small);
        overflow-wrap: anywhere;
      }
      b {
        font-size: var(--ews-large);
        font-weight: var(--ews-medium-weight);
        white-space: nowrap;
      }
      .bar {
        height: 20px;
        overflow: hidden;
        border-radius: 6px;
        background: var(--ews-track);
      }
      .bone.bar {
        display: block;
      }
      .bar i {
        display: block;
        height: 100%;
        border-radius: inherit;
        transition: inline-size 400ms;
      }
      @container (max-width: 620px) {
        p {
          grid-template-columns: minmax(0, 1fr) auto;
        }
        .note {
          grid-row: 2;
          grid-column: 1 / -1;
        }
      }
    `,
  ];
}
