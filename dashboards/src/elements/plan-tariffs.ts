import { mdiPlus } from "@mdi/js";
import { html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { Tariff } from "../backend/tariff-types";
import { priceText } from "../format/numbers";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import { priceOn } from "../tariffs/draft";
import { icon } from "./parts";
import { planEditorStyles } from "./plan-editor-styles";
import { baseStyles } from "./styles";

/**
 * The tariffs with what they cost today. Fires `edit` with the number of the one that
 * is to be changed (S271), or with null for a new one.
 */
export class PlanTariffs extends LitElement {
  @property({ attribute: false }) tariffs: readonly Tariff[] = [];
  @property({ type: Boolean }) canEdit = false;
  @property({ type: Boolean }) isBusy = false;
  @property() currency = "";
  /** What a price is for: kWh or m³. */
  @property() unit = "";
  @property() today = "";
  @property({ attribute: false }) locale!: FrontendLocale;
  @property({ attribute: false }) localize!: Localize;

  override render() {
    const { localize, tariffs } = this;
    return html`<header>
        <h3>${localize("bill.tariffs")}</h3>
        ${
          this.canEdit
            ? html`<button
                class="tonal"
                ?disabled=${this.isBusy}
                @click=${() => this.edit(null)}
              >
                ${icon(mdiPlus)} ${localize("bill.add_tariff")}
              </button>`
            : nothing
        }
      </header>
      <ul class="tariffs">
        ${tariffs.map((tariff, index) => html`<li>${this.tariff(tariff, index)}</li>`)}
      </ul>`;
  }

  private tariff(tariff: Tariff, index: number) {
    const { localize } = this;
    const { name, color, prices, price_source } = tariff;
    const content = html`<i style="background:${color}"></i>
      <span class="name">${name}</span>
      <b>${price_source ? localize("bill.dynamic") : this.price(tariff)}</b>
      ${
        prices.length > 1
          ? html`<small>${localize("bill.dated", { count: prices.length })}</small>`
          : nothing
      }`;
    if (!this.canEdit) return html`<span class="tariff">${content}</span>`;
    const label = localize("bill.edit_tariff", { name });
    return html`<button
      aria-label=${label}
      title=${label}
      ?disabled=${this.isBusy}
      @click=${() => this.edit(index)}
    >
      ${content}
    </button>`;
  }

  private price(tariff: Tariff): string {
    const price = priceOn(tariff, this.today);
    if (price === null || price === "") return "–";
    return `${priceText(price, this.currency, this.locale)}/${this.unit}`;
  }

  private edit(detail: number | null): void {
    this.dispatchEvent(new CustomEvent("edit", { detail }));
  }

  static override styles = [baseStyles, planEditorStyles];
}
