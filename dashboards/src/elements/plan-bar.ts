import { mdiAlertOutline } from "@mdi/js";
import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { PlanChange, Recompute } from "../backend/tariff-types";
import { exactMoneyText } from "../format/numbers";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import { icon } from "./parts";
import { baseStyles } from "./styles";

type Since = "none" | "all" | "from";

const SINCES: readonly Since[] = ["none", "from", "all"];

/**
 * What unsaved changes would do, and whether they count: fires `save`, `discard`, and
 * `recompute` with the time from which they are to count; `keep` where they are to
 * replace what somebody else has changed meanwhile.
 */
export class PlanBar extends LitElement {
  /** The answer of the trial; undefined while it is under way. */
  @property({ attribute: false }) change: PlanChange | undefined;
  @property() currency = "";
  @property() recompute: Recompute = "none";
  @property() today = "";
  @property() error = "";
  @property({ type: Boolean }) isSaving = false;
  /** Somebody else has changed what these changes began with. */
  @property({ type: Boolean }) isOutdated = false;
  @property({ attribute: false }) locale!: FrontendLocale;
  @property({ attribute: false }) localize!: Localize;

  override render() {
    const { localize, change, recompute, isSaving } = this;
    const since: Since = recompute.startsWith("from:")
      ? "from"
      : (recompute as "none" | "all");
    const isRefused = (change?.problems.length ?? 0) > 0;
    return html`<div class="bar" role="region" aria-label=${localize("bill.unsaved")}>
      <div class="facts">
        <b>${localize(isSaving ? "bill.saving" : "bill.unsaved")}</b>
        <span role="status">${this.difference()}</span>
        ${this.warnings()}
      </div>
      <div class="since">
        <legrand-ews-picker
          .options=${SINCES.map((value) => ({ value, label: localize(`bill.since_${value}`) }))}
          .value=${since}
          .label=${localize("bill.counts")}
          @change=${({ detail }: CustomEvent<Since>) => {
            const day = `${this.today.slice(0, 7)}-01`;
            this.emit("recompute", detail === "from" ? `from:${day}` : detail);
          }}
        ></legrand-ews-picker>
        ${
          since === "from"
            ? html`<input
                type="date"
                aria-label=${localize("bill.since_from")}
                max=${this.today}
                .value=${recompute.slice("from:".length)}
                @change=${(event: Event) => {
                  const { value } = event.target as HTMLInputElement;
                  if (value) this.emit("recompute", `from:${value}`);
                }}
              />`
            : nothing
        }
      </div>
      <div class="acts">
        <button class="plain" ?disabled=${isSaving} @click=${() => this.emit("discard")}>
          ${localize(this.isOutdated ? "bill.take_theirs" : "bill.discard")}
        </button>
        ${
          this.isOutdated
            ? html`<button class="primary" @click=${() => this.emit("keep")}>
                ${localize("bill.keep_mine")}
              </button>`
            : html`<button
                class="primary"
                ?disabled=${isSaving || isRefused}
                @click=${() => this.emit("save")}
              >
                ${localize("bill.save")}
              </button>`
        }
      </div>
    </div>`;
  }

  private difference(): string {
    const { change, localize, locale, currency } = this;
    if (!change) return this.error ? "" : localize("bill.computing");
    const cost = change.difference?.cost ?? null;
    if (cost === null && this.recompute !== "none") return "";
    if (Number(cost ?? 0) === 0) return localize("bill.no_difference");
    const amount = exactMoneyText(cost, currency, locale, {
      signDisplay: "exceptZero",
    });
    return localize("bill.difference", { amount });
  }

  private warnings() {
    const { change, error, localize } = this;
    const texts = [
      ...(error ? [error] : []),
      ...(this.isOutdated ? [localize("bill.outdated")] : []),
      ...(change?.problems ?? [])
        .filter(({ where }) => where !== "version")
        .map(({ message }) => message),
      ...(change && change.gaps.length > 0 ? [localize("bill.has_gaps")] : []),
      ...(change && change.unreachable.length > 0
        ? [
            localize("bill.has_unreachable", {
              rules: change.unreachable.map((place) => place + 1).join(", "),
            }),
          ]
        : []),
    ];
    return texts.map(
      (text) =>
        html`<span class="warning">${icon(mdiAlertOutline)}<span>${text}</span></span>`,
    );
  }

  private emit(type: string, detail?: string): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  static override styles = [
    baseStyles,
    css`
      :host {
        position: sticky;
        bottom: 0;
        z-index: 2;
        padding-bottom: env(safe-area-inset-bottom);
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ews-space-2) var(--ews-space-4);
        padding: var(--ews-space-3) var(--ews-space-4);
        border: 1px solid var(--primary-color);
        border-radius: var(--ews-radius);
        background: var(--card-background-color);
        box-shadow: 0 4px 20px rgb(0 0 0 / 25%);
      }
      .facts {
        display: grid;
        flex: 1 1 220px;
        gap: 2px;
        min-width: 0;
      }
      b {
        font-weight: var(--ews-medium-weight);
      }
      .facts [role="status"] {
        min-height: 20px;
      }
      .warning {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        --ews-icon: 16px;
      }
      .warning svg {
        color: var(--ews-warn);
      }
      .since {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ews-space-2);
        min-width: 0;
      }
      input {
        min-height: 36px;
        padding: 0 var(--ews-space-2);
        border: 1px solid var(--divider-color);
        border-radius: var(--ews-radius-small);
        color: inherit;
        background: none;
        font: inherit;
      }
      .acts {
        display: flex;
        flex: 0 1 auto;
        gap: var(--ews-space-2);
        margin-inline-start: auto;
      }
      .acts button {
        min-height: 40px;
        padding: 0 var(--ews-space-4);
        border-radius: var(--ha-border-radius-pill, 9999px);
        font-weight: var(--ews-medium-weight);
      }
      .plain:hover {
        background: var(--ews-track);
      }
      .primary {
        color: var(--text-primary-color, #fff);
        background: var(--primary-color);
      }
      button:disabled {
        opacity: 0.45;
      }
    `,
  ];
}
