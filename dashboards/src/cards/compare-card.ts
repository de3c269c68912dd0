import { mdiClose, mdiCompareHorizontal, mdiSwapHorizontal } from "@mdi/js";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import type { Compare, Consumption, Device, Fluid, Site } from "../backend/types";
import type { ConsumptionSource, Scope } from "../consumption/collection";
import type { PeriodNames } from "../consumption/names";
import { commonFluid, meters } from "../consumption/parts";
import { type Summary, summarize } from "../consumption/summary";
import { fluidsOfDevice } from "../device/meters";
import { icon, message } from "../elements/parts";
import { baseStyles, messageStyles } from "../elements/styles";
import type { ConfigForm } from "../hass/types";
import { compareStyles } from "./compare-card-styles";
import { ConsumptionCard, type ConsumptionCardConfig } from "./consumption-card";
import { compareForm } from "./editors";
import type { Moment } from "./period-card";
import { periodCardStyles } from "./period-card-styles";

export interface CompareCardConfig extends ConsumptionCardConfig {
  /** Numbers of the devices that are compared at first. */
  devices?: number[];
}

type Mode = "total" | "details";
type Measure = "quantity" | "money";

const MEASURES: readonly Measure[] = ["quantity", "money"];

const MODES: readonly Mode[] = ["total", "details"];
/** More bars side by side cannot be told apart. */
const MOST = 8;

/** Two and more devices side by side: their totals, or bucket by bucket (S167). */
export class CompareCard extends ConsumptionCard<CompareCardConfig> {
  @state() private ids: readonly number[] | undefined;
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

  private chosen(site: Site): Device[] {
    const known = meters(site.devices);
    const ids = this.ids ?? this.config?.devices;
    if (ids) {
      return ids
        .map((id) => known.find((device) => device.id === id))
        .filter((device) => device !== undefined);
    }
    // Something to look at: the first two that can be compared.
    const counted = known.filter((device) => !device.excluded_from_totals);
    const [first] = counted;
    return counted
      .filter((device) => first && commonFluid([device, first]) !== undefined)
      .slice(0, 2);
  }

  protected override scopes(site: Site | undefined): Scope[] {
    const devices = site ? this.chosen(site) : [];
    const common = { level: "device", by: "device", compare: "none" } as const;
    if (this.measure === "quantity") {
      const fluid = commonFluid(devices);
      const ids = devices.map((device) => device.id);
      return fluid ? [{ ...common, fluid, ids }] : [];
    }
    // Money alone compares different fluids (S168).
    const byFluid = new Map<Fluid, number[]>();
    for (const device of devices) {
      const [fluid] = fluidsOfDevice(device);
      if (fluid) byFluid.set(fluid, [...(byFluid.get(fluid) ?? []), device.id]);
    }
    return [...byFluid].map(([fluid, ids]) => ({
      ...{ ...common, fluid, ids, isMoney: true },
    }));
  }

  /** Answers of several fluids stand side by side as one. */
  protected override answer(moment: Moment): Consumption | undefined {
    const first = super.answer(moment);
    const answers = this.sources.map(({ state: { value } }) => value);
    if (!first || answers.length < 2) return first;
    const known = answers.filter((one) => one !== undefined);
    if (known.length < answers.length) return undefined;
    return {
      ...first,
      series: known.flatMap(({ series }) => series),
      complete: known.every(({ complete }) => complete),
    };
  }

  protected override summary(answer: Consumption, moment: Moment): Summary {
    const { now, zone } = moment;
    const summary = summarize(answer, now, this.hass.locale, zone, this.localize);
    // In the order in which they were chosen.
    const order = moment.site
      ? this.chosen(moment.site).map((d) => `device:${d.id}`)
      : [];
    const rows = summary.rows
      .filter((row) => order.includes(row.key))
      .sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
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
      ${site ? this.adder(site) : nothing}
    </div>`;
  }

  private adder(site: Site) {
    const chosen = this.chosen(site);
    if (chosen.length >= MOST) return nothing;
    const gateways = new Map(site.gateways.map((one) => [one.id, one.name]));
    const options = meters(site.devices)
      .filter((device) => !chosen.includes(device))
      .map((device) => ({
        value: String(device.id),
        label: device.name,
        group: gateways.get(device.gateway) ?? "",
      }));
    return html`<legrand-ews-picker
      .options=${options}
      .value=${""}
      .placeholder=${this.localize("compare.add")}
      @change=${(event: CustomEvent<string>) => {
        this.ids = [...chosen.map((device) => device.id), Number(event.detail)];
      }}
    ></legrand-ews-picker>`;
  }

  protected override content(
    _: ConsumptionSource | undefined,
    moment: Moment,
  ): unknown {
    const { localize } = this;
    const devices = moment.site ? this.chosen(moment.site) : [];
    const answer = this.answer(moment);
    const summary = answer && this.summary(answer, moment);
    return html`${moment.site ? this.chips(devices, summary) : nothing}
    ${
      moment.site && devices.length < 2
        ? this.say(mdiCompareHorizontal, localize("compare.few"))
        : moment.site && this.measure === "quantity" && !commonFluid(devices)
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
              this.mode === "total" && !this.isTable
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

  private chips(devices: readonly Device[], summary: Summary | undefined) {
    const color = (device: Device) =>
      summary?.rows.find((row) => row.key === `device:${device.id}`)?.color;
    return html`<ul class="chips" aria-label=${this.localize("compare.chosen")}>
      ${devices.map(
        (device) => html`<li>
          <i style="background:${color(device) ?? "var(--ews-track-strong)"}"></i>
          <span>${device.name}</span>
          <button
            class="icon-button"
            aria-label=${this.localize("compare.remove", { name: device.name })}
            title=${this.localize("compare.remove", { name: device.name })}
            @click=${() => {
              this.ids = devices.filter((d) => d !== device).map((d) => d.id);
            }}
          >
            ${icon(mdiClose)}
          </button>
        </li>`,
      )}
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
