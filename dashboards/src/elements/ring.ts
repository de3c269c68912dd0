import { css, html, LitElement, svg } from "lit";
import { property, state } from "lit/decorators.js";
import type { Share } from "../consumption/overall";
import { formatNumber } from "../format/numbers";
import type { FrontendLocale } from "../hass/types";
import { baseStyles } from "./styles";

const RADIUS = 15.9155;
/** Per cent of the circle left free between two parts. */
const GAP = 0.6;

const LARGEST_TEXT = 5.4;
/** About as wide as the hole of the ring, in digits of a size of one. */
const HOLE_WIDTH = 43;

/** The size in which a text fits into the ring. */
function fitting(text: string): number {
  return Math.min(LARGEST_TEXT, HOLE_WIDTH / Math.max(1, text.length));
}

/** A ring of shares with the whole in its middle, and the list that names them. */
export class Ring extends LitElement {
  @property({ attribute: false }) shares: readonly Share[] = [];
  /** Formats the amount of a share. */
  @property({ attribute: false }) amount: (value: number) => string = String;
  /** What stands in the middle. */
  @property() whole = "";
  @property() wholeUnit = "";
  @property() label = "";
  @property({ attribute: false }) locale!: FrontendLocale;
  /** The list stands elsewhere. */
  @property({ type: Boolean }) isPlain = false;
  @state() private pointed: string | null = null;

  override render() {
    const percent = (share: number) =>
      formatNumber(share, this.locale, { style: "percent", maximumFractionDigits: 0 });
    const isFaded = (one: Share) => this.pointed !== null && this.pointed !== one.key;
    const point = (key: string | null) => () => {
      this.pointed = key;
    };
    const gap = this.shares.length > 1 ? GAP : 0;
    return html`<figure class=${this.isPlain ? "plain" : ""}>
      <svg viewBox="0 0 42 42" role="img" aria-label=${this.label}>
        <circle class="track" cx="21" cy="21" r=${RADIUS}></circle>
        ${this.shares.map(
          (one) => svg`<circle
            class="part"
            cx="21" cy="21" r=${RADIUS}
            style="stroke:${one.color};opacity:${isFaded(one) ? 0.25 : 1}"
            stroke-dasharray="${Math.max(0.2, 100 * one.share - gap)} 200"
            stroke-dashoffset=${-100 * one.start}
            transform="rotate(-90 21 21)"
            @pointerenter=${point(one.key)}
            @pointerleave=${point(null)}
          ></circle>`,
        )}
        <text x="21" y="21.4" class="whole" style="font-size:${fitting(this.whole)}px">
          ${this.whole}
        </text>
        <text x="21" y="25.6" class="unit">${this.wholeUnit}</text>
      </svg>
      <ul ?hidden=${this.isPlain}>
        ${this.shares.map(
          (one) => html`<li
            style="opacity:${isFaded(one) ? 0.5 : 1}"
            @pointerenter=${point(one.key)}
            @pointerleave=${point(null)}
          >
            <i style="background:${one.color}"></i>
            <span class="name">${one.name}</span>
            <span class="figures">
              <span class="share">${percent(one.share)}</span>
              <span class="amount">${this.amount(one.total)}</span>
            </span>
          </li>`,
        )}
      </ul>
    </figure>`;
  }

  static override styles = [
    baseStyles,
    css`
      [hidden] {
        display: none;
      }
      figure {
        display: grid;
        grid-template-columns: 168px minmax(0, 1fr);
        gap: var(--ews-space-4);
        align-items: center;
        margin: 0;
      }
      .plain {
        grid-template-columns: minmax(0, 1fr);
        justify-items: center;
      }
      .plain svg {
        width: min(100%, 320px);
        height: auto;
      }
      svg {
        width: 168px;
        height: 168px;
      }
      circle {
        fill: none;
        stroke-width: 5.5;
      }
      .track {
        stroke: var(--ews-track);
      }
      .part {
        transition: opacity 120ms;
      }
      text {
        fill: var(--primary-text-color);
        text-anchor: middle;
      }
      .whole {
        font-weight: 500;
      }
      .unit {
        fill: var(--ews-muted);
        font-size: 3px;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: flex-end;
        gap: 0 var(--ews-space-2);
        min-height: 26px;
        transition: opacity 120ms;
      }
      i {
        flex: none;
        width: 12px;
        height: 12px;
        border-radius: 4px;
      }
      .name {
        flex: 1 1 5em;
        min-width: 0;
        overflow-wrap: anywhere;
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
        min-width: 72px;
        text-align: end;
        white-space: nowrap;
      }
      @container fluid (max-width: 380px) {
        figure {
          grid-template-columns: minmax(0, 1fr);
          justify-items: center;
        }
        ul {
          width: 100%;
        }
      }
    `,
  ];
}
