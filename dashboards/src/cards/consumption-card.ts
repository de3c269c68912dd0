import { mdiAlertOutline, mdiChartBarStacked } from "@mdi/js";
import { html, nothing } from "lit";
import { state } from "lit/decorators.js";
import type { Consumption, Fluid, Site } from "../backend/types";
import type { ConsumptionSource, Scope } from "../consumption/collection";
import { csvOf } from "../consumption/csv";
import { fluidChoices } from "../consumption/parts";
import { periodOfBar } from "../consumption/period";
import { type Column, type Summary, summarize } from "../consumption/summary";
import { icon, message } from "../elements/parts";
import { baseStyles, messageStyles } from "../elements/styles";
import type { ConfigForm } from "../hass/types";
import { consumptionForm } from "./editors";
import { type Moment, PeriodCard, type PeriodCardConfig, UNITS } from "./period-card";
import { periodCardStyles } from "./period-card-styles";

export interface ConsumptionCardConfig extends PeriodCardConfig {
  /** What one series is made of when `by` is left out (default `site`). */
  level?: string;
  by?: string;
  /** Left out: the reader chooses among what the site measures. */
  fluid?: Fluid;
}

/** Histogram, totals and legend of a site's consumption (S160-S164). */
export class ConsumptionCard<
  Config extends ConsumptionCardConfig = ConsumptionCardConfig,
> extends PeriodCard<Config> {
  @state() protected hiddenKeys: ReadonlySet<string> = new Set();
  @state() private pointed: string | null = null;
  /** Series stand side by side and are not added up. */
  protected isGrouped = false;

  static getStubConfig(): Partial<ConsumptionCardConfig> {
    return { level: "site", by: "load" };
  }

  static getConfigForm(): ConfigForm {
    return consumptionForm();
  }

  protected scopes(_site: Site | undefined): Scope[] {
    const { config } = this;
    return [
      {
        level: config?.level ?? "site",
        by: config?.by ?? "load",
        compare: this.compare,
        fluid: config?.fluid,
      },
    ];
  }

  protected get heading(): string {
    return this.config?.title ?? this.localize("consumption.grand_total");
  }

  protected override choices({ site }: Moment): unknown {
    return site && !this.config?.fluid
      ? this.fluids(fluidChoices(site), this.fluid)
      : nothing;
  }

  /** What is shown; undefined while it is under way. */
  protected answer({ site }: Moment): Consumption | undefined {
    return site && this.sources[0]?.state.value;
  }

  /** The answer as this card shows it. */
  protected summary(answer: Consumption, { now, zone }: Moment): Summary {
    return summarize(answer, now, this.hass.locale, zone, this.localize);
  }

  protected override csv(moment: Moment): string | undefined {
    const answer = this.answer(moment);
    if (!answer) return undefined;
    const { rows, isEmpty } = this.summary(answer, moment);
    if (isEmpty) return undefined;
    return csvOf(answer, rows, moment.zone, moment.now);
  }

  protected override content(
    _: ConsumptionSource | undefined,
    moment: Moment,
  ): unknown {
    const { hass, localize } = this;
    const answer = this.answer(moment);
    const summary = answer && this.summary(answer, moment);
    const unit = answer?.unit ?? UNITS[this.config?.fluid ?? this.fluid];
    const names = this.names(answer, moment);
    return html`
      <legrand-ews-total-tiles
        .summary=${summary}
        .unit=${unit}
        .period=${names.period}
        .name=${names.current}
        .previousName=${names.previous}
        .zone=${moment.zone}
        .compares=${this.compare !== "none"}
        .isYield=${answer?.fluid === "electricity_export"}
        .locale=${hass.locale}
        .localize=${localize}
      ></legrand-ews-total-tiles>
      ${this.notice(summary)} ${this.figure(answer, summary, moment)}
    `;
  }

  protected notice(summary: Summary | undefined): unknown {
    if (!summary || summary.isComplete || summary.isEmpty) return nothing;
    return html`<p class="notice">
      ${icon(mdiAlertOutline)} ${this.localize("consumption.incomplete")}
    </p>`;
  }

  /** Why there is nothing to draw. */
  protected emptiness({ isToCome, isRunning }: Summary): unknown {
    const { localize } = this;
    return html`<div class="nothing">
      ${message({
        path: mdiChartBarStacked,
        title: localize(isToCome ? "consumption.to_come" : "consumption.empty"),
        ...(isRunning ? { text: localize("consumption.empty_hint") } : {}),
      })}
    </div>`;
  }

  /** Chart and legend, or why there is nothing to draw. */
  protected figure(
    answer: Consumption | undefined,
    summary: Summary | undefined,
    moment: Moment,
  ): unknown {
    const { hass, localize } = this;
    if (summary?.isEmpty && !summary.hasPrevious) {
      return html`<div class="figure">${this.emptiness(summary)}</div>`;
    }
    const unit = answer?.unit ?? UNITS[this.config?.fluid ?? this.fluid];
    const names = this.names(answer, moment);
    const opened = answer && periodOfBar(answer.bucket);
    return html`<div class="figure">
      <legrand-ews-consumption-chart
        .summary=${summary}
        .hiddenKeys=${this.hiddenKeys}
        .pointed=${this.pointed}
        .unit=${unit}
        .heading=${this.heading}
        .name=${names.current}
        .previousName=${names.previous}
        .isDark=${hass.themes?.darkMode ?? false}
        .isGrouped=${this.isGrouped}
        .isOpening=${opened !== undefined}
        .isTable=${this.isTable}
        .locale=${hass.locale}
        .localize=${localize}
        @drill=${({ detail: { day } }: CustomEvent<Column>) =>
          opened && day <= moment.today && this.open(opened, day, moment.today)}
      ></legrand-ews-consumption-chart>
      <legrand-ews-series-legend
        .summary=${summary}
        .hiddenKeys=${this.hiddenKeys}
        .unit=${unit}
        .previousName=${names.previous}
        .locale=${hass.locale}
        .localize=${localize}
        @toggle=${(event: CustomEvent<string>) => this.toggle(event.detail)}
        @point=${(event: CustomEvent<string | null>) => {
          this.pointed = event.detail;
        }}
      ></legrand-ews-series-legend>
    </div>`;
  }

  protected toggle(key: string): void {
    const keys = new Set(this.hiddenKeys);
    if (!keys.delete(key)) keys.add(key);
    this.hiddenKeys = keys;
  }

  static override styles = [baseStyles, messageStyles, periodCardStyles];
}
