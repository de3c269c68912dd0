import {
  mdiAlertOutline,
  mdiChevronDown,
  mdiChevronUp,
  mdiDeleteOutline,
  mdiDrag,
  mdiPencilOutline,
} from "@mdi/js";
import { html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import type {
  CostRule,
  PlanProblem,
  Tariff,
  TariffPlan,
} from "../backend/tariff-types";
import { priceText } from "../format/numbers";
import type { FrontendLocale } from "../hass/types";
import type { Localize } from "../localize";
import { priceOn } from "../tariffs/draft";
import { datesText, frameText, weekdaysText } from "../tariffs/texts";
import { icon } from "./parts";
import { ruleTableStyles } from "./rule-table-styles";
import { baseStyles } from "./styles";

/**
 * The cost rules in the order in which they are read (S108-S112). Fires `move` with
 * `{from, to}`, `edit`, `remove` and `edit-tariff` with the number of a rule.
 */
export class RuleTable extends LitElement {
  @property({ attribute: false }) plan!: TariffPlan;
  /** The rule that applies now. */
  @property({ attribute: false }) active: number | null = null;
  /** What it costs now. */
  @property() activePrice = "";
  @property({ attribute: false }) unreachable: readonly number[] = [];
  @property({ attribute: false }) hiddenBy: Readonly<Record<string, number[]>> = {};
  @property({ attribute: false }) problems: readonly PlanProblem[] = [];
  @property({ type: Boolean }) canEdit = false;
  @property() currency = "";
  /** What a price is for: kWh or m³. */
  @property() unit = "";
  @property() today = "";
  @property({ attribute: false }) locale!: FrontendLocale;
  @property({ attribute: false }) localize!: Localize;
  /** Where the focus goes once a rule has moved. */
  private refocus: { place: number; way: string } | undefined;

  override render() {
    const { localize, plan } = this;
    const heads = ["order", "tariff", "dates", "frame", "weekdays", "price"] as const;
    const rows = html`<div role="rowgroup" class="rows">
      ${plan.rules.map((rule, place) => this.row(rule, place))}
    </div>`;
    return html`<div
      role="table"
      class=${this.canEdit ? "editable" : ""}
      aria-label=${localize("bill.rules")}
      aria-rowcount=${plan.rules.length + 1}
    >
      <div role="rowgroup" class="head">
        <div role="row">
          ${heads.map((name) => html`<span role="columnheader">${localize(`bill.${name}`)}</span>`)}
          ${
            this.canEdit
              ? html`<span role="columnheader">
                  <span class="hidden">${localize("bill.actions")}</span>
                </span>`
              : nothing
          }
        </div>
      </div>
      ${
        this.canEdit
          ? html`<ha-sortable
              handle-selector=".handle"
              draggable-selector=".rule"
              @item-moved=${this.drop}
            >
              ${rows}
            </ha-sortable>`
          : rows
      }
    </div>`;
  }

  override updated(): void {
    const { refocus } = this;
    this.refocus = undefined;
    if (!refocus) return;
    const row = this.renderRoot.querySelectorAll(".rule")[refocus.place];
    const buttons = row?.querySelectorAll<HTMLButtonElement>(".move:not(:disabled)");
    const wished = row?.querySelector<HTMLButtonElement>(
      `.${refocus.way}:not(:disabled)`,
    );
    (wished ?? buttons?.[0])?.focus();
  }

  private row(rule: CostRule, place: number) {
    const { localize, locale, plan } = this;
    const tariff = plan.tariffs.find(({ name }) => name === rule.tariff);
    const isActive = place === this.active;
    const price = this.priceOf(tariff, isActive);
    const isDead = this.unreachable.includes(place);
    const cell = (name: string, content: unknown) =>
      html`<span role="cell" class=${name}>${content}</span>`;
    const number = html`${this.canEdit ? html`<span class="handle" title=${localize("bill.drag")}>${icon(mdiDrag)}</span>` : nothing}<b>${place + 1}</b>`;
    const chip = html`<i style="background:${tariff?.color ?? "transparent"}"></i>
      <span class="text">${rule.tariff}</span>
      ${
        isActive
          ? html`<span class="now"><i></i>${localize("bill.now")}</span>`
          : nothing
      }`;
    const worth =
      price === null
        ? localize(tariff?.price_source ? "bill.dynamic" : "bill.no_price")
        : html`${priceText(price, this.currency, locale)}<small>/${this.unit}</small>`;
    return html`<div
      role="row"
      class="rule ${isActive ? "active" : ""} ${isDead ? "dead" : ""}"
      aria-current=${isActive ? "true" : nothing}
    >
      ${cell("order", number)}
      ${cell("tariff", chip)}
      <div class="when" role="none">
        ${cell("dates", datesText(rule, locale, localize))}
        ${cell("frame", frameText(rule, locale, localize))}
        ${cell("weekdays", weekdaysText(rule.weekdays, locale, localize))}
      </div>
      ${cell("price", worth)}
      ${this.canEdit ? cell("actions", this.actions(rule, place)) : nothing}
      ${this.warnings(place, isDead)}
    </div>`;
  }

  /** A price that an entity says is known only now. */
  private priceOf(tariff: Tariff | undefined, isActive: boolean): string | null {
    if (!tariff) return null;
    if (!tariff.price_source) return priceOn(tariff, this.today);
    return isActive && this.activePrice ? this.activePrice : null;
  }

  private actions(rule: CostRule, place: number) {
    const { localize } = this;
    const values = { number: place + 1, tariff: rule.tariff };
    const action = (
      kind: string,
      path: string,
      label: string,
      act: () => void,
      isDisabled = false,
    ) => html`<button
      class="icon-button ${kind}"
      aria-label=${label}
      title=${label}
      ?disabled=${isDisabled}
      @click=${act}
    >
      ${icon(path)}
    </button>`;
    const move = (to: number, way: string) => () => {
      this.refocus = { place: to, way };
      this.emit("move", { from: place, to });
    };
    const last = this.plan.rules.length - 1;
    return html`${action("move up", mdiChevronUp, localize("bill.move_up", values), move(place - 1, "up"), place === 0)}
    ${action("move down", mdiChevronDown, localize("bill.move_down", values), move(place + 1, "down"), place === last)}
    ${action("edit", mdiPencilOutline, localize("bill.edit_rule", values), () => this.emit("edit", place))}
    ${action("remove", mdiDeleteOutline, localize("bill.remove_rule", values), () => this.emit("remove", place))}`;
  }

  /** What is wrong with a rule stands below it. */
  private warnings(place: number, isDead: boolean) {
    const { localize, problems } = this;
    const mine = problems.filter(({ where }) => where.startsWith(`rules[${place}]`));
    const hiding = (this.hiddenBy[String(place)] ?? []).map((number) => number + 1);
    const dead =
      hiding.length > 0
        ? localize("bill.hidden", { rules: hiding.join(", ") })
        : localize("bill.never");
    const texts = [...mine.map(({ message }) => message), ...(isDead ? [dead] : [])];
    return texts.map(
      (text) => html`<span role="cell" class="warning">
        ${icon(mdiAlertOutline)}<span>${text}</span>
      </span>`,
    );
  }

  private drop(event: CustomEvent<{ oldIndex: number; newIndex: number }>): void {
    event.stopPropagation();
    const { oldIndex: from, newIndex: to } = event.detail;
    if (from !== to) this.emit("move", { from, to });
  }

  private emit(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  static override styles = [baseStyles, ruleTableStyles];
}
