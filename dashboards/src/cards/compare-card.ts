import { mdiClose, mdiCompareHorizontal, mdiSwapHorizontal } from "@mdi/js";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import type { Compare, Consumption, Site } from "../backend/types";
import type { ConsumptionSource, Scope } from "../consumption/collection";
import {
  type Beside,
  besideDay,
  commonFluid,
  fluidsOfItem,
  type Item,
  inOrder,
  itemOf,
  itemsOf,
  keyOfItem,
  nameOfItem,
  scopesOf,
  sideBySide,
} from "../consumption/compared";
import type { PeriodNames } from "../consumption/names";
import { meters } from "../consumption/parts";
import { type Summary, summarize } from "../consumption/summary";
import { icon, message } from "../elements/parts";
import type { Choice } from "../elements/picker";
import { baseStyles, messageStyles } from "../elements/styles";
import { periodName } from "../format/buckets";
import { dayOf } from "../format/civil";
import type { ConfigForm } from "../hass/types";
import { compareStyles } from "./compare-card-styles";
import { ConsumptionCard, type ConsumptionCardConfig } from "./consumption-card";
import { compareForm } from "./editors";
import type { Moment } from "./period-card";
import { periodCardStyles } from "./period-card-styles";

export interface CompareCardConfig extends ConsumptionCardConfig {
  /** Numbers of the objects that are compared at first. */
  devices?: number[];
  loads?: number[];
  groups?: number[];
}

type Mode = "total" | "details";
type Measure = "quantity" | "money";

const MEASURES: readonly Measure[] = ["quantity", "money"];

const MODES: readonly Mode[] = ["total", "details"];
const BESIDES: readonly Beside[] = ["none", "previous", "last_year", "other"];
/** More bars side by side cannot be told apart. */
const MOST = 8;

/**
 * Two and more objects side by side, in one period or in two: their totals, or bucket
 * by bucket (S167).
 */
export class CompareCard extends ConsumptionCard<CompareCardConfig> {
  @state() private items: readonly Item[] | undefined;
  @state() private beside: Beside = "none";
  @state() private other = "";
  @state() private mode: Mode = "total";
  @state() private measure: Measure = "quantity";
  protected override isGrouped = true;

  static override getStubConfig(): Partial<CompareCardConfig> {
    return {};
  }

  static override getConfigForm(): ConfigForm {
    return compareForm();
  }

  /** The devices side by side are the comparison. */
  protected override get compare(): Compare {
    return "none";
  }

  protected override get heading(): string {
    return this.config?.title ?? this.localize("compare.title");
  }

  private chosen(site: Site): Item[] {
    const { config } = this;
    const items = this.items ?? [
      ...(config?.loads ?? []).map((id): Item => ({ level: "load", id })),
      ...(config?.groups ?? []).map((id): Item => ({ level: "group", id })),
      ...(config?.devices ?? []).map((id): Item => ({ level: "device", id })),
    ];
    if (this.items || items.length > 0) {
      return items.filter((item) => fluidsOfItem(item, site).length > 0);
    }
    // Something to look at: the first two that can be compared.
    const counted = meters(site.devices)
      .filter((device) => !device.excluded_from_totals)
      .map(({ id }): Item => ({ level: "device", id }));
    const [first] = counted;
    return counted
      .filter((item) => first && commonFluid([item, first], site) !== undefined)
      .slice(0, 2);
  }

  /** A day in the period beside; undefined where there is none. */
  private besideDay(site: Site): string | undefined {
    const { selection } = this.page ?? {};
    const today = dayOf(new Date(), site.time_zone);
    const day = selection?.day ?? today;
    return besideDay(this.beside, this.other, selection?.period ?? "day", day);
  }

  protected override scopes(site: Site | undefined): Scope[] {
    if (!site) return [];
    const items = this.chosen(site);
    const isMoney = this.measure === "money";
    const date = this.besideDay(site);
    return [
      ...scopesOf(items, site, isMoney),
      ...(date === undefined ? [] : scopesOf(items, site, isMoney, date)),
    ];
  }

  /** The answers to all questions as one. */
  protected override answer({ site, zone }: Moment): Consumption | undefined {
    const asked = this.sources.map(({ scope, state: { value } }) => ({ scope, value }));
    if (!site || asked.some(({ value }) => value === undefined)) return undefined;
    const of = (isBeside: boolean) =>
      asked
        .filter(({ scope }) => (scope.date !== undefined) === isBeside)
        .flatMap(({ value }) => value ?? []);
    return sideBySide(of(false), of(true), this.hass.locale, zone);
  }

  private besideName(site: Site): string {
    const date = this.besideDay(site);
    const period = this.page?.selection.period ?? "day";
    return date ? periodName(period, date, this.hass.locale, "short") : "";
  }

  protected override summary(answer: Consumption, moment: Moment): Summary {
    const { now, zone } = moment;
    const summary = summarize(answer, now, this.hass.locale, zone, this.localize);
    const { site } = moment;
    if (!site) return summary;
    const rows = inOrder(
      summary.rows,
      this.chosen(site),
      (item) => this.nameOf(item, site),
      this.besideName(site),
    );
    return { ...summary, rows };
  }

  /** Sums over devices that are compared would say nothing. */
  protected override sum(_answer: Consumption, names: PeriodNames): string {
    return names.current;
  }

  protected override choices({ site }: Moment): unknown {
    const { localize } = this;
    return html`<div class="choices">
      <legrand-ews-segmented
        .options=${MODES.map((value) => ({ value, label: localize(`compare.${value}`) }))}
        .value=${this.mode}
        .label=${localize("compare.mode")}
        @change=${(event: CustomEvent<Mode>) => {
          this.mode = event.detail;
        }}
      ></legrand-ews-segmented>
      <legrand-ews-segmented
        .options=${MEASURES.map((value) => ({
          value,
          label: localize(`measures.${value}`),
        }))}
        .value=${this.measure}
        .label=${localize("measures.title")}
        @change=${(event: CustomEvent<Measure>) => {
          this.measure = event.detail;
        }}
      ></legrand-ews-segmented>
      ${site ? this.adder(site) : nothing} ${this.besides()}
    </div>`;
  }

  private adder(site: Site) {
    const { localize } = this;
    const chosen = this.chosen(site);
    if (chosen.length >= MOST) return nothing;
    const gateways = new Map(site.gateways.map((one) => [one.id, one.name]));
    const taken = chosen.map(keyOfItem);
    const parts = itemsOf(site).map(
      (item): Choice => ({
        value: keyOfItem(item),
        label: this.nameOf(item, site),
        group: item.level === "site" ? "" : localize(`editor.levels.${item.level}`),
      }),
    );
    const devices = meters(site.devices).map(
      ({ id, name, gateway }): Choice => ({
        value: keyOfItem({ level: "device", id }),
        label: name,
        group: gateways.get(gateway) ?? "",
      }),
    );
    return html`<legrand-ews-picker
      .options=${[...parts, ...devices].filter(({ value }) => !taken.includes(value))}
      .value=${""}
      .placeholder=${localize("compare.add")}
      @change=${(event: CustomEvent<string>) => {
        const item = itemOf(event.detail);
        if (item) this.items = [...chosen, item];
      }}
    ></legrand-ews-picker>`;
  }

  /** The second period. */
  private besides() {
    const { localize } = this;
    const today = dayOf(new Date(), this.store?.state.value?.time_zone ?? "UTC");
    return html`<legrand-ews-picker
        .options=${BESIDES.map((value) => ({
          value,
          label: localize(`compare.besides.${value}`),
        }))}
        .value=${this.beside}
        .label=${localize("compare.beside")}
        @change=${(event: CustomEvent<Beside>) => {
          this.beside = event.detail;
        }}
      ></legrand-ews-picker>
      ${
        this.beside === "other"
          ? html`<input
              type="date"
              max=${today}
              .value=${this.other}
              aria-label=${localize("compare.day")}
              title=${localize("compare.day")}
              @change=${({ target }: Event) => {
                this.other = (target as HTMLInputElement).value;
              }}
            />`
          : nothing
      }`;
  }

  private nameOf(item: Item, site: Site): string {
    const whole = this.localize("editor.levels.site");
    return nameOfItem(item, site, whole) ?? "";
  }

  protected override content(
    _: ConsumptionSource | undefined,
    moment: Moment,
  ): unknown {
    const { localize } = this;
    const { site } = moment;
    const items = site ? this.chosen(site) : [];
    const isAlone = items.length < (site && this.besideDay(site) ? 1 : 2);
    const answer = this.answer(moment);
    const summary = answer && this.summary(answer, moment);
    return html`${site ? this.chips(items, site, summary) : nothing}
    ${
      site && isAlone
        ? this.say(mdiCompareHorizontal, localize("compare.few"))
        : site && this.measure === "quantity" && !commonFluid(items, site)
          ? this.say(
              mdiSwapHorizontal,
              localize("compare.fluids"),
              localize("compare.fluids_why"),
              html`<button
                class="tonal"
                @click=${() => {
                  this.measure = "money";
                }}
              >
                ${localize("compare.in_money")}
              </button>`,
            )
          : html`${this.notice(summary)}
            ${
              this.measure === "money"
                ? html`<p class="about">${localize("compare.energy_only")}</p>`
                : nothing
            }
            ${
              this.mode === "total" && !this.isTable && !summary?.isEmpty
                ? this.totals(answer, summary)
                : this.figure(answer, summary, moment)
            }`
    }`;
  }

  private say(path: string, title: string, text?: string, action?: TemplateResult) {
    return html`<div class="nothing">
      ${message({ path, title, ...(text ? { text } : {}), ...(action ? { action } : {}) })}
    </div>`;
  }

  private chips(items: readonly Item[], site: Site, summary: Summary | undefined) {
    const color = (item: Item) =>
      summary?.rows.find((row) => row.key === keyOfItem(item))?.color;
    return html`<ul class="chips" aria-label=${this.localize("compare.chosen")}>
      ${items.map((item) => {
        const name = this.nameOf(item, site);
        const remove = this.localize("compare.remove", { name });
        return html`<li>
          <i style="background:${color(item) ?? "var(--ews-track-strong)"}"></i>
          <span>${name}</span>
          <button
            class="icon-button"
            aria-label=${remove}
            title=${remove}
            @click=${() => {
              this.items = items.filter((one) => one !== item);
            }}
          >
            ${icon(mdiClose)}
          </button>
        </li>`;
      })}
    </ul>`;
  }

  private totals(answer: Consumption | undefined, summary: Summary | undefined) {
    return html`<legrand-ews-total-bars
      .summary=${summary}
      .unit=${answer?.unit ?? ""}
      .locale=${this.hass.locale}
      .localize=${this.localize}
    ></legrand-ews-total-bars>`;
  }

  static override styles = [baseStyles, messageStyles, periodCardStyles, compareStyles];
}
