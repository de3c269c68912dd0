import {
  mdiChevronDown,
  mdiClockOutline,
  mdiLockOpenVariantOutline,
  mdiLockOutline,
  mdiNotEqualVariant,
} from "@mdi/js";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { property, query, state } from "lit/decorators.js";
import { fetchBill, freezeBill, unfreezeBill } from "../backend/bill-commands";
import type {
  Bill,
  BillContent,
  BillDays,
  BillLine,
  Bills,
} from "../backend/bill-types";
import { errorText } from "../backend/errors";
import { Source } from "../backend/loadable";
import type { Fluid } from "../backend/types";
import { NO_TARIFF_COLOR } from "../consumption/costs";
import { exactMoneyText } from "../format/numbers";
import type { HomeAssistant } from "../hass/types";
import type { Localize } from "../localize";
import {
  type Group,
  groupsOf,
  isSameLine,
  isTelling,
  overlapping,
  type Pair,
  type SectionRows,
  sectionsOf,
} from "../tariffs/bill";
import { dateText, daysText, lineTexts } from "../tariffs/bill-texts";
import { billSheetStyles } from "./bill-sheet-styles";
import { errorMessage, icon } from "./parts";
import { baseStyles, messageStyles } from "./styles";

/** The site is loaded anew after a bill was frozen or opened again. */
const POLL_MS = 1000;
const MOST_POLLS = 30;

/**
 * The bill of some days, line by line: folded where it says no more than the table by
 * tariff. Administrators freeze it, or open it again; fires `saved` then.
 */
export class BillSheet extends LitElement {
  @property({ attribute: false }) hass!: HomeAssistant;
  @property() entry: string | undefined;
  @property() fluid: Fluid = "electricity";
  @property({ attribute: false, hasChanged: isOther }) days!: BillDays;
  /** Whatever is newer than the bill: it is asked for again. */
  @property({ attribute: false }) occasion: unknown;
  @property() zone = "";
  @property({ attribute: false }) localize!: Localize;
  @state() private news = 0;
  @state() private isOpen: boolean | undefined;
  @state() private error: unknown;
  @state() private isBusy = false;
  @state() private said = "";
  @state() private unfolded: ReadonlySet<string> = new Set();
  @query("dialog") private readonly question!: HTMLDialogElement;
  private source: Source<Bills> | undefined;
  private stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate("days");
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave();
  }

  private leave(): void {
    this.stop?.();
    this.stop = undefined;
    this.source = undefined;
  }

  protected override willUpdate(changes: PropertyValues): void {
    if (!this.isConnected) return;
    const isOtherBill = ["fluid", "days", "entry"].some((name) => changes.has(name));
    if (isOtherBill || !this.source) {
      this.leave();
      const asked = this.asked;
      this.error = undefined;
      this.source = new Source(() => fetchBill(this.hass, this.entry, asked));
      this.stop = this.source.listen(() => {
        this.news += 1;
      });
      void this.source.refresh();
    } else if (changes.has("occasion") && this.occasion && !this.isBusy) {
      void this.source.refresh();
    }
  }

  private get asked() {
    return { fluid: this.fluid, days: this.days };
  }

  private get bill(): Bill | undefined {
    return this.source?.state.value?.bills[0];
  }

  override render() {
    const { source, bill, hass, localize } = this;
    if (!source) return nothing;
    if (!bill) {
      const { error } = source.state;
      const content =
        error === undefined
          ? html`<span class="bone" style="width:100%;height:40px"></span>`
          : errorMessage(error, hass, localize, () => void source.refresh());
      return html`<ha-card aria-busy=${source.state.isLoading}>${content}</ha-card>`;
    }
    const isOpen = this.isOpen ?? isTelling(bill);
    return html`<ha-card aria-busy=${source.state.isLoading}>
      <h2>
      <button
        class="heading"
        aria-expanded=${isOpen}
        aria-controls="sheet"
        @click=${() => {
          this.isOpen = !isOpen;
        }}
      >
        ${bill.status === "frozen" ? icon(mdiLockOutline) : nothing}
        <span class="names">
          ${localize(bill.revenue ? "bill.sheet.credit" : "bill.sheet.title")}
          <span class="days">${daysText(bill, hass.locale)}</span>
        </span>
        <b>${this.money(bill.total_rounded)}</b>
        ${icon(mdiChevronDown, isOpen ? "turned" : "")}
      </button>
      </h2>
      <div id="sheet" ?hidden=${!isOpen}>${isOpen ? this.sheet(bill) : nothing}</div>
      <span class="hidden" role="status">${this.said}</span>
      ${this.confirmation(bill)}
    </ha-card>`;
  }

  private money(amount: string): string {
    const currency = this.bill?.currency ?? "";
    return exactMoneyText(amount, currency, this.hass.locale);
  }

  private sheet(bill: Bill) {
    const { localize } = this;
    const sections = sectionsOf(bill, bill.differs ? bill.now : undefined);
    const isMany = sections.length > 1;
    return html`${this.status(bill)}
      <table>
        <caption class="hidden">
          ${localize("bill.sheet.caption", { days: daysText(bill, this.hass.locale) })}
        </caption>
        ${
          bill.differs
            ? html`<thead>
                <tr>
                  <th scope="col">${localize("bill.sheet.position")}</th>
                  <th scope="col">${localize("bill.sheet.as_billed")}</th>
                  <th scope="col">${localize("bill.sheet.now")}</th>
                </tr>
              </thead>`
            : nothing
        }
        ${sections.map(
          (rows) => html`<tbody>
            ${isMany ? this.section(rows, bill) : nothing}
            ${groupsOf(rows.pairs).map((one) =>
              "pairs" in one ? this.group(one, bill) : this.line(one, bill),
            )}
          </tbody>`,
        )}
        <tfoot>
          <tr>
            <th scope="row">${localize("consumption.total")}</th>
            <td>${this.money(bill.total_rounded)}</td>
            ${bill.differs ? html`<td>${this.money(bill.now?.total_rounded ?? "0")}</td>` : nothing}
          </tr>
        </tfoot>
      </table>
      <p class="note">${localize("bill.sheet.rounding")}</p>
      ${this.actions(bill)}`;
  }

  private section({ section, subtotal, subtotalNow }: SectionRows, bill: Bill) {
    const name =
      section === "energy"
        ? this.localize("bill.subtotal")
        : this.localize(`bill.${section}`);
    return html`<tr class="section">
      <th scope="rowgroup">${name}</th>
      <td>${this.money(subtotal)}</td>
      ${bill.differs ? html`<td>${this.money(subtotalNow ?? "0")}</td>` : nothing}
    </tr>`;
  }

  /** Lines of one thing, folded until somebody wants to see them. */
  private group({ key, name, amount, amountNow, pairs }: Group, bill: Bill) {
    const { localize } = this;
    const isOpen = this.unfolded.has(key);
    const label = localize("bill.sheet.lines", { count: pairs.length });
    return html`<tr>
        <th scope="row">
          <div class="item">
            <span class="name">${name ?? localize("bill.no_tariff")}</span>
            <button
              class="fold"
              aria-expanded=${isOpen}
              @click=${() => {
                const unfolded = new Set(this.unfolded);
                if (!unfolded.delete(key)) unfolded.add(key);
                this.unfolded = unfolded;
              }}
            >
              ${label} ${icon(mdiChevronDown, isOpen ? "turned" : "")}
            </button>
          </div>
        </th>
        <td>${this.money(amount)}</td>
        ${bill.differs ? html`<td class="now">${this.money(amountNow ?? "0")}</td>` : nothing}
      </tr>
      ${isOpen ? pairs.map((pair) => this.line(pair, bill, "inner")) : nothing}`;
  }

  private line({ line, now }: Pair, bill: Bill, kind = "") {
    const { localize } = this;
    const shown = line ?? now;
    if (!shown) return nothing;
    const color = shown.color ?? NO_TARIFF_COLOR;
    const amount = (one: BillLine | undefined) => (one ? this.money(one.amount) : "–");
    const details = line ? this.details(line, bill) : [];
    const isNew = now && !(line && isSameLine(line, now));
    return html`<tr class=${kind}>
      <th scope="row">
        <div class="item">
          <span class="name">
            ${shown.kind === "energy" ? html`<i style="background:${color}"></i>` : nothing}
            ${shown.name ?? localize("bill.no_tariff")}
          </span>
          <div>
            ${details.map((text) => html`<small>${text}</small>`)}
            ${
              isNew
                ? html`<small
                    >${localize("bill.sheet.now_text", { text: this.details(now, bill.now ?? bill)[0] ?? "" })}</small
                  >`
                : nothing
            }
          </div>
        </div>
      </th>
      <td>${amount(line)}</td>
      ${bill.differs ? html`<td class="now">${amount(now)}</td>` : nothing}
    </tr>`;
  }

  private details(line: BillLine, bill: BillContent): string[] {
    const { zone, hass, localize } = this;
    return lineTexts(line, bill, zone, hass.locale, localize);
  }

  /** Whether the bill is over and kept, and what is missing in it. */
  private status(bill: Bill) {
    const { localize, hass, zone } = this;
    const note = (path: string, text: string, kind = "") =>
      html`<p class="state ${kind}">${icon(path)}<span>${text}</span></p>`;
    const { frozen } = bill;
    const date = frozen && dateText(frozen.frozen_at, hass.locale, zone);
    return html`${date ? note(mdiLockOutline, localize("bill.sheet.frozen", { date })) : nothing}
      ${bill.differs ? note(mdiNotEqualVariant, localize("bill.sheet.differs"), "differs") : nothing}
      ${
        bill.status === "running"
          ? note(mdiClockOutline, localize("bill.sheet.running"))
          : nothing
      }`;
  }

  private actions(bill: Bill) {
    const { localize, hass, source } = this;
    if (hass.user?.is_admin !== true || bill.status === "running") return nothing;
    const frozen = source?.state.value?.frozen ?? [];
    const others = overlapping(bill, frozen);
    if (bill.status === "open" && others.length > 0) {
      const days = others.map((one) => daysText(one, hass.locale)).join("; ");
      return html`<p class="note">${localize("bill.sheet.overlaps", { days })}</p>`;
    }
    const isFrozen = bill.status === "frozen";
    return html`${
      this.error === undefined
        ? nothing
        : html`<p class="error" role="alert">${errorText(this.error, hass, localize)}</p>`
    }
      <div class="actions">
        <button
          class="tonal"
          ?disabled=${this.isBusy}
          @click=${() => this.question.showModal()}
        >
          ${icon(isFrozen ? mdiLockOpenVariantOutline : mdiLockOutline)}
          ${localize(this.isBusy ? "bill.saving" : isFrozen ? "bill.sheet.reopen" : "bill.sheet.freeze")}
        </button>
      </div>`;
  }

  /** What freezing or opening again means, before it is done. */
  private confirmation(bill: Bill) {
    const { localize, hass } = this;
    const key = bill.status === "frozen" ? "reopen" : "freeze";
    const values = { days: daysText(bill, hass.locale) };
    return html`<dialog aria-labelledby="question">
      <h3 id="question">${localize(`bill.sheet.${key}_title`, values)}</h3>
      <p>${localize(`bill.sheet.${key}_text`)}</p>
      ${bill.complete || key === "reopen" ? nothing : html`<p>${localize("bill.sheet.incomplete")}</p>`}
      <div class="actions">
        <button class="plain" @click=${() => this.question.close()}>
          ${localize("device.cancel")}
        </button>
        <button
          class="tonal"
          @click=${() => {
            this.question.close();
            void this.change(key === "freeze");
          }}
        >
          ${localize(`bill.sheet.${key}`)}
        </button>
      </div>
    </dialog>`;
  }

  private async change(isFreezing: boolean): Promise<void> {
    const { hass, entry, asked, source } = this;
    this.isBusy = true;
    this.error = undefined;
    try {
      await (isFreezing ? freezeBill : unfreezeBill)(hass, entry, asked);
      await this.untilChanged(source, isFreezing);
      this.said = this.localize(
        isFreezing ? "bill.sheet.is_frozen" : "bill.sheet.is_open",
      );
      // It stays in sight whether or not it would be folded by itself.
      this.isOpen = true;
      this.dispatchEvent(new CustomEvent("saved"));
    } catch (error) {
      this.error = error;
    } finally {
      this.isBusy = false;
    }
  }

  /** Options that change load the site anew; for a moment nobody answers. */
  private async untilChanged(
    source: Source<Bills> | undefined,
    isFrozen: boolean,
  ): Promise<void> {
    for (let count = 0; source && count < MOST_POLLS; count += 1) {
      await source.refresh();
      const { value, error } = source.state;
      const isKept = value?.bills[0]?.status === "frozen";
      if (error === undefined && isKept === isFrozen) return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  static override styles = [baseStyles, messageStyles, billSheetStyles];
}

/** Days are made anew with every drawing. */
function isOther(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}
