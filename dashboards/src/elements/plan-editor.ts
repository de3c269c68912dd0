import { mdiAlertOutline, mdiCashMultiple, mdiPlus } from "@mdi/js";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { errorText } from "../backend/errors";
import { fetchTariffs, setCostRules } from "../backend/tariff-commands";
import type {
  PlanChange,
  PlanProblem,
  Recompute,
  TariffPlan,
  Tariffs,
} from "../backend/tariff-types";
import { civilOf, dayOf } from "../format/civil";
import type { HomeAssistant } from "../hass/types";
import type { Localize } from "../localize";
import { previewDays, stripsOf } from "../tariffs/calendar";
import {
  isSamePlan,
  isSettled,
  moveRule,
  planOf,
  withoutRule,
  withoutTariff,
} from "../tariffs/draft";
import type { TariffStore } from "../tariffs/store";
import { warningsOf } from "../tariffs/warnings";
import { icon, message } from "./parts";
import type { Asked } from "./plan-dialog";
import { planEditorStyles } from "./plan-editor-styles";
import { baseStyles, messageStyles } from "./styles";

/** A row that is dragged changes several times in a moment. */
const SETTLE_MS = 300;
/** The site is loaded anew after its plan was saved. */
const POLL_MS = 1000;
const MOST_POLLS = 30;
const MODES: readonly TariffPlan["mode"][] = ["continuous", "ews"];
const SETTINGS = "/config/integrations/integration/legrand_ews";

/**
 * Tariffs and cost rules of one fluid. Administrators change a draft, see what would
 * come of it, and save or discard it. Fires `saved`.
 */
export class PlanEditor extends LitElement {
  @property({ attribute: false }) hass!: HomeAssistant;
  @property({ attribute: false }) store!: TariffStore;
  /** The newest answer of the store. */
  @property({ attribute: false }) tariffs: Tariffs | undefined;
  @property() zone = "";
  @property({ attribute: false }) localize!: Localize;
  @state() private draft: TariffPlan | undefined;
  /** The version of the plan that is being changed. */
  @state() private version: string | undefined;
  /** What applies when by the draft; undefined while that is asked. */
  @state() private preview: Tariffs | undefined;
  @state() private change: PlanChange | undefined;
  @state() private recompute: Recompute = "none";
  @state() private asked: Asked | undefined;
  @state() private error: unknown;
  @state() private isSaving = false;
  @state() private said = "";
  private settle: ReturnType<typeof setTimeout> | undefined;
  private newest = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.settle);
  }

  protected override willUpdate(changes: PropertyValues): void {
    if (changes.has("store")) this.discard();
  }

  private get canEdit(): boolean {
    return this.hass.user?.is_admin === true;
  }

  private get plan(): TariffPlan | undefined {
    return this.draft ?? this.tariffs;
  }

  private get today(): string {
    return dayOf(new Date(), this.zone);
  }

  override render() {
    const { tariffs, plan } = this;
    if (!tariffs || !plan) {
      return html`<span class="bone" style="width:100%;height:260px"></span>`;
    }
    const isEmpty = plan.tariffs.length === 0 && plan.rules.length === 0;
    return html`${isEmpty ? this.empty() : this.whole(tariffs, plan)}
      ${this.draft ? this.bar(tariffs) : nothing}
      <span class="hidden" role="status">${this.said}</span>
      ${this.dialog(tariffs, plan)}`;
  }

  private empty() {
    const { localize } = this;
    return message({
      path: mdiCashMultiple,
      title: localize("bill.empty"),
      text: localize(this.canEdit ? "bill.empty_text" : "bill.empty_reader"),
      ...(this.canEdit
        ? {
            action: html`<button
              class="tonal"
              @click=${() => this.ask({ kind: "tariff", index: null })}
            >
              ${icon(mdiPlus)} ${localize("bill.empty_action")}
            </button>`,
          }
        : {}),
    });
  }

  private whole(tariffs: Tariffs, plan: TariffPlan) {
    const { hass, localize, draft, preview } = this;
    // What an older draft's answer says is of another order of rules.
    const shown = draft ? preview : tariffs;
    const now = civilOf(new Date(), this.zone);
    return html`<header>
        <h3>${localize("bill.rules")}</h3>
        ${
          this.canEdit
            ? html`<button
                class="tonal"
                ?disabled=${plan.tariffs.length === 0 || this.isSaving}
                @click=${() => this.ask({ kind: "rule", index: null })}
              >
                ${icon(mdiPlus)} ${localize("bill.add_rule")}
              </button>`
            : nothing
        }
      </header>
      <p class="about">${localize(plan.mode === "ews" ? "bill.about_ews" : "bill.about")}</p>
      ${this.warnings(shown)}
      <legrand-ews-rule-table
        .plan=${planOf(plan)}
        .active=${shown?.active?.rule ?? null}
        .activePrice=${shown?.active?.price ?? ""}
        .unreachable=${shown?.unreachable ?? []}
        .hiddenBy=${shown?.hidden_by ?? {}}
        .problems=${shown?.problems ?? []}
        .canEdit=${this.canEdit}
        ?inert=${this.isSaving}
        .currency=${tariffs.currency}
        .unit=${unitOf(tariffs)}
        .today=${this.today}
        .locale=${hass.locale}
        .localize=${localize}
        @move=${({ detail }: CustomEvent<{ from: number; to: number }>) => {
          this.revise(moveRule(plan, detail.from, detail.to));
          this.said = localize("bill.moved", {
            number: detail.to + 1,
            count: plan.rules.length,
          });
        }}
        @edit=${({ detail }: CustomEvent<number>) =>
          this.ask({ kind: "rule", index: detail })}
        @remove=${({ detail }: CustomEvent<number>) => {
          this.revise(withoutRule(plan, detail));
        }}
      ></legrand-ews-rule-table>
      <legrand-ews-plan-tariffs
        .tariffs=${plan.tariffs}
        .canEdit=${this.canEdit}
        .isBusy=${this.isSaving}
        .currency=${tariffs.currency}
        .unit=${unitOf(tariffs)}
        .today=${this.today}
        .locale=${hass.locale}
        .localize=${localize}
        @edit=${({ detail: index }: CustomEvent<number | null>) =>
          this.ask({ kind: "tariff", index })}
      ></legrand-ews-plan-tariffs>
      <legrand-ews-plan-beside
        .tariffs=${tariffs}
        .today=${this.today}
        .unit=${unitOf(tariffs)}
        .settings=${this.canEdit ? this.settings : ""}
        .locale=${hass.locale}
        .localize=${localize}
      ></legrand-ews-plan-beside>
      <h3>${localize("bill.preview")}</h3>
      <legrand-ews-plan-preview
        class=${shown ? "" : "stale"}
        .strips=${stripsOf((shown ?? tariffs).calendar)}
        .tariffs=${(shown ?? tariffs).tariffs}
        .today=${this.today}
        .minute=${now.hour * 60 + now.minute}
        .currency=${tariffs.currency}
        .unit=${unitOf(tariffs)}
        .locale=${hass.locale}
        .localize=${localize}
      ></legrand-ews-plan-preview>
      ${
        this.canEdit
          ? html`<footer>
              ${plan.rules.length > 1 ? this.reading(plan) : nothing}
              <a href=${this.settings}>${localize("bill.settings")}</a>
            </footer>`
          : nothing
      }`;
  }

  /** How rules are read: at every minute, or as the original does (S110). */
  private reading(plan: TariffPlan) {
    const { localize } = this;
    return html`<legrand-ews-picker
      .options=${MODES.map((value) => ({ value, label: localize(`bill.modes.${value}`) }))}
      .value=${plan.mode}
      .label=${localize("bill.mode")}
      ?inert=${this.isSaving}
      @change=${({ detail }: CustomEvent<TariffPlan["mode"]>) =>
        this.revise({ ...planOf(plan), mode: detail })}
    ></legrand-ews-picker>`;
  }

  private get settings(): string {
    const { entry } = this.store;
    return entry === undefined ? SETTINGS : `${SETTINGS}#config_entry=${entry}`;
  }

  private warnings(shown: Tariffs | undefined) {
    if (!shown) return nothing;
    const texts = warningsOf(shown, this.zone, this.hass.locale, this.localize);
    return texts.map(
      (text) =>
        html`<p class="warning">${icon(mdiAlertOutline)}<span>${text}</span></p>`,
    );
  }

  /** Somebody else has changed the plan since the draft was begun. */
  private isOutdated({ version }: Tariffs): boolean {
    if (this.isSaving) return false;
    const isRefused = this.change?.problems.some(({ where }) => where === "version");
    return isRefused === true || version !== this.version;
  }

  private bar(tariffs: Tariffs) {
    return html`<legrand-ews-plan-bar
      .change=${this.change}
      .currency=${tariffs.currency}
      .recompute=${this.recompute}
      .today=${this.today}
      .error=${this.error === undefined ? "" : errorText(this.error, this.hass, this.localize)}
      .isSaving=${this.isSaving}
      .isOutdated=${this.isOutdated(tariffs)}
      .locale=${this.hass.locale}
      .localize=${this.localize}
      @keep=${() => {
        this.version = tariffs.version;
        if (this.draft) this.revise(this.draft);
      }}
      @recompute=${({ detail }: CustomEvent<Recompute>) => {
        this.recompute = detail;
        if (this.draft) this.revise(this.draft);
      }}
      @discard=${() => this.discard()}
      @save=${() => void this.save()}
    ></legrand-ews-plan-bar>`;
  }

  private dialog(tariffs: Tariffs, plan: TariffPlan) {
    if (!this.asked) return nothing;
    return html`<legrand-ews-plan-dialog
      .hass=${this.hass}
      .asked=${this.asked}
      .plan=${planOf(plan)}
      .priceUnit=${tariffs.price_unit}
      .check=${(changed: TariffPlan) => this.check(changed)}
      .localize=${this.localize}
      @done=${({ detail }: CustomEvent<TariffPlan>) => {
        this.asked = undefined;
        this.revise(detail);
      }}
      @remove-tariff=${({ detail }: CustomEvent<number>) => {
        this.asked = undefined;
        this.revise(withoutTariff(plan, detail));
      }}
      @close=${() => {
        this.asked = undefined;
      }}
    ></legrand-ews-plan-dialog>`;
  }

  private ask(asked: Asked): void {
    this.asked = asked;
  }

  private revise(plan: TariffPlan): void {
    if (this.tariffs && isSamePlan(plan, this.tariffs)) {
      this.discard();
      return;
    }
    if (!this.draft) this.version = this.tariffs?.version;
    this.draft = planOf(plan);
    // What is still to be answered is about an older draft.
    this.newest += 1;
    this.preview = undefined;
    this.change = undefined;
    this.error = undefined;
    clearTimeout(this.settle);
    this.settle = setTimeout(() => void this.look(plan), SETTLE_MS);
  }

  private discard(): void {
    clearTimeout(this.settle);
    this.newest += 1;
    this.draft = undefined;
    this.version = undefined;
    this.preview = undefined;
    this.change = undefined;
    this.error = undefined;
    this.recompute = "none";
  }

  private ofDraft(plan: TariffPlan, days?: { start: string; end: string }) {
    const { entry, fluid } = this.store;
    return fetchTariffs(this.hass, entry, fluid, days, plan);
  }

  private async check(plan: TariffPlan): Promise<PlanProblem[]> {
    return (await this.ofDraft(plan)).problems;
  }

  /** Ask what would come of the draft. */
  private async look(plan: TariffPlan): Promise<void> {
    this.newest += 1;
    const mine = this.newest;
    const { entry, fluid } = this.store;
    try {
      const preview = await this.ofDraft(plan, previewDays(this.today));
      if (mine === this.newest) this.preview = preview;
      const change = await setCostRules(
        ...[this.hass, entry, fluid, plan, this.recompute, true],
        this.version,
      );
      if (mine === this.newest) this.change = change;
    } catch (error) {
      if (mine === this.newest) this.error = error;
    }
  }

  private async save(): Promise<void> {
    const { draft, store } = this;
    if (!draft) return;
    const { entry, fluid } = store;
    this.isSaving = true;
    this.error = undefined;
    try {
      const change = await setCostRules(
        ...[this.hass, entry, fluid, draft, this.recompute, false],
        this.version,
      );
      this.change = change;
      if (!change.applied) {
        // Whatever somebody else has changed is shown when the draft is left.
        await store.refresh();
        return;
      }
      await this.untilSaved(draft);
      this.discard();
      this.said = this.localize("bill.saved");
      this.dispatchEvent(new CustomEvent("saved"));
    } catch (error) {
      this.error = error;
    } finally {
      this.isSaving = false;
    }
  }

  /** A changed plan loads the site anew; for a moment nobody answers. */
  private async untilSaved(plan: TariffPlan): Promise<void> {
    for (let count = 0; count < MOST_POLLS; count += 1) {
      await this.store.refresh();
      const { value, error } = this.store.state;
      if (error === undefined && value && isSettled(value, plan)) return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  static override styles = [baseStyles, messageStyles, planEditorStyles];
}

/** What a price is for: `kWh` of `EUR/kWh`. */
function unitOf({ price_unit }: Tariffs): string {
  return price_unit.split("/")[1] ?? price_unit;
}
