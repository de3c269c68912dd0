import { mdiAlertOutline, mdiChartBarStacked } from "@mdi/js";
import { css, html, nothing, type PropertyValues } from "lit";
import { state } from "lit/decorators.js";
import type { Compare, Consumption, Fluid, Site } from "../backend/types";
import { type ConsumptionSource, consumptionSource } from "../consumption/collection";
import { type PeriodNames, periodNames } from "../consumption/names";
import type { Selection } from "../consumption/period";
import { type Summary, summarize } from "../consumption/summary";
import { errorMessage, icon, message } from "../elements/parts";
import { baseStyles, messageStyles } from "../elements/styles";
import { dayOf } from "../format/civil";
import type { ConfigForm, HomeAssistant } from "../hass/types";
import { SiteCard, type SiteCardConfig } from "./context";
import { consumptionForm } from "./editors";

export interface ConsumptionCardConfig extends SiteCardConfig {
  title?: string;
  /** What one series is made of when `by` is left out (default `site`). */
  level?: string;
  by?: string;
  /** Left out: the reader chooses among what the site measures. */
  fluid?: Fluid;
  compare?: Compare;
  /** Cards with the same name share the period. */
  collection?: string;
}

const CHOSEN_FLUIDS: readonly Fluid[] = ["electricity", "gas", "water"];
const UNITS: Record<Fluid, string> = {
  electricity: "Wh",
  electricity_export: "Wh",
  gas: "dm³",
  gas_kwh: "Wh",
  water: "dm³",
};

/** The fluids that the site's devices measure, electricity first. */
export function fluidsOf(site: Site): Fluid[] {
  return CHOSEN_FLUIDS.filter((fluid) => site.devices.some((d) => d.fluid === fluid));
}

/** Histogram, totals and legend of a site's consumption (S160-S164). */
export class ConsumptionCard extends SiteCard<ConsumptionCardConfig> {
  @state() private hiddenKeys: ReadonlySet<string> = new Set();
  @state() private pointed: string | null = null;
  private source: ConsumptionSource | undefined;
  private leave: (() => void) | undefined;

  static getStubConfig(): Partial<ConsumptionCardConfig> {
    return { level: "site", by: "load" };
  }

  static getConfigForm(): ConfigForm {
    return consumptionForm();
  }

  getCardSize(): number {
    return 10;
  }

  getGridOptions(): Record<string, unknown> {
    return { columns: 12, min_columns: 6 };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave?.();
    this.leave = undefined;
    this.source = undefined;
  }

  protected concerns(before: HomeAssistant): boolean {
    return (
      before.locale !== this.hass.locale ||
      before.devices !== this.hass.devices ||
      before.themes !== this.hass.themes
    );
  }

  protected override willUpdate(changes: PropertyValues): void {
    super.willUpdate(changes);
    const { config, hass } = this;
    if (!config || !this.isConnected) return;
    const source = consumptionSource(
      hass,
      config.config_entry_id,
      config.collection ?? "",
      {
        level: config.level ?? "site",
        by: config.by ?? "load",
        compare: this.compare,
        fluid: config.fluid,
      },
    );
    source.update(hass);
    if (source === this.source) return;
    this.leave?.();
    this.source = source;
    this.leave = source.use(() => this.tell());
  }

  private get compare(): Compare {
    return this.config?.compare ?? "previous";
  }

  override render() {
    const { source, config, hass, localize } = this;
    const site = this.store?.state.value;
    if (!source || !config) return nothing;
    const zone = site?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const now = new Date();
    const today = dayOf(now, zone);
    const { selection } = source.page;
    const answer = site ? source.state.value : undefined;
    const summary = answer && summarize(answer, now, hass.locale, zone, localize);
    const names = periodNames(
      selection,
      answer,
      this.compare,
      today,
      zone,
      hass.locale,
      localize,
    );
    const error = site ? source.state.error : this.store?.state.error;
    const heading = config.title ?? localize("consumption.grand_total");
    return html`<ha-card>
      <header>
        <h2>${heading}</h2>
        ${this.fluids(source, site)}
      </header>
      <legrand-ews-period-bar
        .selection=${selection}
        .today=${today}
        .locale=${hass.locale}
        .localize=${localize}
        @select=${(event: CustomEvent<Selection>) => source.page.show(event.detail)}
      ></legrand-ews-period-bar>
      ${
        error !== undefined
          ? html`<div class="body">
              ${errorMessage(error, hass, localize, () => this.retry())}
            </div>`
          : this.body(source, answer, summary, { ...names, heading, zone })
      }
    </ha-card>`;
  }

  private fluids(source: ConsumptionSource, site: Site | undefined) {
    const fluids = site && !this.config?.fluid ? fluidsOf(site) : [];
    if (fluids.length < 2) return nothing;
    return html`<legrand-ews-segmented
      .options=${fluids.map((value) => ({
        value,
        label: this.localize(`fluids.${value}`),
      }))}
      .value=${source.page.fluid}
      .label=${this.localize("consumption.fluid")}
      @change=${(event: CustomEvent<Fluid>) => source.page.showFluid(event.detail)}
    ></legrand-ews-segmented>`;
  }

  private body(
    source: ConsumptionSource,
    answer: Consumption | undefined,
    summary: Summary | undefined,
    texts: PeriodNames & { heading: string; zone: string },
  ) {
    const { hass, localize } = this;
    const unit = answer?.unit ?? UNITS[this.config?.fluid ?? source.page.fluid];
    const isEmpty = summary?.isEmpty && !summary.hasPrevious;
    return html`
      <div
        class="body ${source.state.isLoading && answer ? "stale" : ""}"
        aria-busy=${source.state.isLoading}
      >
        <legrand-ews-total-tiles
          .summary=${summary}
          .unit=${unit}
          .period=${texts.period}
          .name=${texts.current}
          .previousName=${texts.previous}
          .zone=${texts.zone}
          .compares=${this.compare !== "none"}
          .locale=${hass.locale}
          .localize=${localize}
        ></legrand-ews-total-tiles>
        ${
          summary && !summary.isComplete && !summary.isEmpty
            ? html`<p class="notice">
                ${icon(mdiAlertOutline)} ${localize("consumption.incomplete")}
              </p>`
            : nothing
        }
        <div class="figure">
          ${
            isEmpty
              ? html`<div class="nothing">
                  ${message({
                    path: mdiChartBarStacked,
                    title: localize("consumption.empty"),
                    ...(summary.isRunning
                      ? { text: localize("consumption.empty_hint") }
                      : {}),
                  })}
                </div>`
              : html`<legrand-ews-consumption-chart
                    .summary=${summary}
                    .hiddenKeys=${this.hiddenKeys}
                    .pointed=${this.pointed}
                    .unit=${unit}
                    .heading=${texts.heading}
                    .name=${texts.current}
                    .previousName=${texts.previous}
                    .isDark=${hass.themes?.darkMode ?? false}
                    .locale=${hass.locale}
                    .localize=${localize}
                  ></legrand-ews-consumption-chart>
                  <legrand-ews-series-legend
                    .summary=${summary}
                    .hiddenKeys=${this.hiddenKeys}
                    .unit=${unit}
                    .previousName=${texts.previous}
                    .locale=${hass.locale}
                    .localize=${localize}
                    @toggle=${(event: CustomEvent<string>) => this.toggle(event.detail)}
                    @point=${(event: CustomEvent<string | null>) => {
                      this.pointed = event.detail;
                    }}
                  ></legrand-ews-series-legend>`
          }
        </div>
      </div>
    `;
  }

  private toggle(key: string): void {
    const keys = new Set(this.hiddenKeys);
    if (!keys.delete(key)) keys.add(key);
    this.hiddenKeys = keys;
  }

  private retry(): void {
    if (!this.store?.state.value) void this.store?.refresh();
    void this.source?.refresh();
  }

  static override styles = [
    baseStyles,
    messageStyles,
    css`
      ha-card {
        display: block;
        padding: var(--ews-space-4);
        container-type: inline-size;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--ews-space-2) var(--ews-space-4);
        min-height: 40px;
        margin-bottom: var(--ews-space-3);
      }
      h2 {
        margin: 0;
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: var(--ews-medium-weight);
      }
      .body {
        display: grid;
        gap: var(--ews-space-4);
        margin-top: var(--ews-space-4);
        transition: opacity 200ms 150ms;
      }
      .stale {
        opacity: 0.55;
      }
      .notice {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        margin: 0;
        padding: var(--ews-space-2) var(--ews-space-3);
        border-radius: var(--ews-radius-small);
        background: color-mix(in srgb, var(--ews-warn) 14%, transparent);
      }
      .notice svg {
        color: var(--ews-warn);
      }
      .figure {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ews-space-4);
        align-items: start;
      }
      .nothing {
        display: grid;
        min-height: var(--ews-chart-height, 340px);
      }
      @container (min-width: 820px) {
        .figure:has(legrand-ews-series-legend) {
          grid-template-columns: minmax(0, 1fr) 300px;
          gap: var(--ews-space-6);
        }
        .figure {
          --ews-chart-height: 400px;
        }
      }
      @container (max-width: 520px) {
        .figure {
          --ews-chart-height: 280px;
        }
      }
    `,
  ];
}
