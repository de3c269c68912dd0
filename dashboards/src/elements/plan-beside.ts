import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { Tariffs } from "../backend/tariff-types";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import { besideOf, rateText } from "../tariffs/beside";
import { planEditorStyles } from "./plan-editor-styles";
import { baseStyles } from "./styles";

/** What is paid beside the energy, and the way to where it is set. */
export class PlanBeside extends LitElement {
  @property({ attribute: false }) tariffs!: Tariffs;
  @property() today = "";
  /** What a price is for: kWh or m³. */
  @property() unit = "";
  /** The page of the settings; empty for those who may not change them. */
  @property() settings = "";
  @property({ attribute: false }) locale!: FrontendLocale;
  @property({ attribute: false }) localize!: Localize;

  override render() {
    const { localize, settings } = this;
    const items = besideOf(this.tariffs);
    if (items.length === 0 && !settings) return nothing;
    const text = items.length > 0 ? "bill.beside_text" : "bill.beside_none";
    return html`<h3>${localize("bill.beside")}</h3>
      ${items.length > 0 ? this.list(items) : nothing}
      ${
        settings
          ? html`<p class="about">
              ${localize(text)} <a href=${settings}>${localize("bill.beside_link")}</a>
            </p>`
          : nothing
      }`;
  }

  private list(items: ReturnType<typeof besideOf>) {
    const { today, unit, locale, localize } = this;
    const { currency } = this.tariffs;
    return html`<ul class="tariffs">
      ${items.map(
        (item) => html`<li>
          <span class="tariff">
            <span class="name">${item.name}</span>
            <b>${rateText(item, today, currency, unit, locale, localize)}</b>
          </span>
        </li>`,
      )}
    </ul>`;
  }

  static override styles = [
    baseStyles,
    planEditorStyles,
    css`
      :host {
        gap: var(--ews-space-2);
      }
    `,
  ];
}
