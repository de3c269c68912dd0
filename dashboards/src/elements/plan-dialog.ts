import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { errorText } from "../backend/errors";
import type {
  CostRule,
  PlanProblem,
  Tariff,
  TariffPlan,
} from "../backend/tariff-types";
import { decimalSign } from "../format/numbers";
import type { HomeAssistant } from "../hass/types";
import { type Localize, localizeAny } from "../localize";
import { alwaysRule, newTariff, putRule, putTariff } from "../tariffs/draft";
import {
  type Field,
  type FormData,
  formErrors,
  ruleForm,
  ruleOfForm,
  ruleSchema,
  tariffForm,
  tariffOfForm,
  tariffSchema,
} from "../tariffs/forms";
import { dialog } from "./dialog";
import { baseStyles } from "./styles";

/** What the dialog is about; `index` null asks for a new one. */
export type Asked =
  | { kind: "rule"; index: number | null }
  | { kind: "tariff"; index: number | null };

/**
 * Adds and changes one rule or tariff, in Home Assistant's own dialog and form. Fires
 * `done` with the new plan, `remove-tariff` with its number, and `close`.
 */
export class PlanDialog extends LitElement {
  @property({ attribute: false }) hass!: HomeAssistant;
  @property({ attribute: false }) asked!: Asked;
  @property({ attribute: false }) plan!: TariffPlan;
  /** What a price is for and in: `EUR/kWh`. */
  @property() priceUnit = "";
  /** What is wrong with a plan, before it is taken. */
  @property({ attribute: false }) check!: (plan: TariffPlan) => Promise<PlanProblem[]>;
  @property({ attribute: false }) localize!: Localize;
  @state() private data: FormData = {};
  @state() private prices = 1;
  @state() private errors: Record<string, string> = {};
  @state() private isBusy = false;

  protected override willUpdate(changes: PropertyValues): void {
    if (!changes.has("asked")) return;
    const { asked, plan } = this;
    this.errors = {};
    if (asked.kind === "rule") {
      const known = asked.index === null ? undefined : plan.rules[asked.index];
      this.data = ruleForm(known ?? alwaysRule(plan.tariffs[0]?.name ?? ""));
      return;
    }
    const known = asked.index === null ? undefined : plan.tariffs[asked.index];
    const tariff = known ?? newTariff(plan);
    const isFirst = plan.tariffs.length === 0;
    this.prices = Math.max(1, tariff.prices.length);
    this.data = tariffForm(
      isFirst ? { ...tariff, name: this.localize("bill.standard") } : tariff,
      decimalSign(this.hass.locale),
    );
  }

  override render() {
    const { asked, localize } = this;
    const title =
      `bill.${asked.index === null ? "add" : "change"}_${asked.kind}` as const;
    const schema =
      asked.kind === "rule"
        ? ruleSchema(this.plan, this.hass.locale)
        : tariffSchema(this.prices);
    return dialog({
      title: localize(title),
      body: html`<div class="fields">
          ${schema.map((field) =>
            field.schema
              ? html`<div class="side">${field.schema.map((one) => this.field(one))}</div>`
              : this.field(field),
          )}
        </div>
        ${this.more()}
        ${
          this.errors["base"]
            ? html`<p class="error" role="alert">${this.errors["base"]}</p>`
            : nothing
        }`,
      take: localize("bill.take"),
      isBusy: this.isBusy,
      finish: () => void this.finish(),
      close: () => this.emit("close"),
      localize,
    });
  }

  /** A form a field: the grid of Home Assistant's forms keeps errors to itself. */
  private field(field: Field) {
    return html`<ha-form
      ?autofocus=${field.name === "tariff" || field.name === "name"}
      .hass=${this.hass}
      .data=${this.data}
      .schema=${[field]}
      .error=${this.errors}
      .computeLabel=${({ name }: { name: string }) => this.label(name)}
      .computeHelper=${({ name }: { name: string }) => this.help(name)}
      @value-changed=${(event: CustomEvent<{ value: FormData }>) => {
        event.stopPropagation();
        this.data = event.detail.value;
      }}
    ></ha-form>`;
  }

  /** Days of a price are numbered, times of a rule are not. */
  private keyOf(name: string): string {
    const [field = "", place] = name.split("#");
    return place !== undefined && field === "from" ? "valid_from" : field;
  }

  private label(name: string): string {
    const key = this.keyOf(name);
    const label = localizeAny(this.localize, `bill.form.${key}`, key);
    return key === "price" ? `${label} (${this.priceUnit})` : label;
  }

  private help(name: string): string {
    return localizeAny(this.localize, `bill.help.${this.keyOf(name)}`, "");
  }

  /** One more dated price; and the way to be rid of the tariff. */
  private more() {
    const { asked, localize } = this;
    if (asked.kind !== "tariff") return nothing;
    const { index } = asked;
    return html`<div class="more">
      <ha-button
        size="s"
        appearance="plain"
        @click=${() => {
          this.prices += 1;
        }}
      >
        ${localize("bill.add_price")}
      </ha-button>
      ${
        index === null
          ? nothing
          : html`<ha-button
              size="s"
              appearance="plain"
              variant="danger"
              @click=${() => this.emit("remove-tariff", index)}
            >
              ${localize("bill.remove_tariff")}
            </ha-button>`
      }
    </div>`;
  }

  private async finish(): Promise<void> {
    const { asked, plan, data, localize } = this;
    const { index, kind } = asked;
    const place = index ?? (kind === "rule" ? 0 : plan.tariffs.length);
    let changed: TariffPlan;
    if (kind === "rule") {
      const rule: CostRule = ruleOfForm(data);
      changed = putRule(plan, index, rule);
    } else {
      const before = index === null ? undefined : plan.tariffs[index];
      const tariff: Tariff = tariffOfForm(data, this.prices, before);
      if (tariff.name === "") {
        this.errors = { name: localize("bill.name_missing") };
        return;
      }
      changed = putTariff(plan, index, tariff);
    }
    this.isBusy = true;
    try {
      const problems = await this.check(changed);
      this.errors = formErrors(problems, kind, place);
      if (Object.keys(this.errors).length === 0) this.emit("done", changed);
    } catch (error) {
      this.errors = { base: errorText(error, this.hass, localize) };
    } finally {
      this.isBusy = false;
    }
  }

  private emit(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  static override styles = [
    baseStyles,
    css`
      .fields {
        display: grid;
        gap: var(--ews-space-4);
      }
      .side {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr));
        gap: var(--ews-space-4) var(--ews-space-2);
        align-items: start;
      }
      .more {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        margin-top: var(--ews-space-2);
      }
      .error {
        color: var(--ews-bad);
      }
    `,
  ];
}
