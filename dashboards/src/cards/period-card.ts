import {
  mdiChartBar,
  mdiDownload,
  mdiFullscreen,
  mdiFullscreenExit,
  mdiTable,
} from "@mdi/js";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { fetchDatalogger } from "../backend/commands";
import type { Compare, Consumption, Fluid, Site } from "../backend/types";
import {
  type ConsumptionSource,
  consumptionSource,
  type Page,
  pageOf,
  queryOf,
  type Scope,
} from "../consumption/collection";
import { FILE_NAME, save } from "../consumption/csv";
import { type PeriodNames, periodNames } from "../consumption/names";
import { changePeriod, type Selection } from "../consumption/period";
import { errorMessage, icon } from "../elements/parts";
import { dayOf } from "../format/civil";
import { amountText } from "../format/numbers";
import { download } from "../hass/actions";
import type { HomeAssistant } from "../hass/types";
import { SiteCard, type SiteCardConfig } from "./context";
import { FullScreen, isKiosk } from "./full-screen";

export interface PeriodCardConfig extends SiteCardConfig {
  title?: string;
  compare?: Compare;
  /** Cards with the same name share the period. */
  collection?: string;
}

export const UNITS: Record<Fluid, string> = {
  electricity: "Wh",
  electricity_export: "Wh",
  gas: "dm³",
  gas_kwh: "Wh",
  water: "dm³",
};

/** What a drawing needs to know of the moment. */
export interface Moment {
  site: Site | undefined;
  zone: string;
  now: Date;
  today: string;
}

/**
 * A card about one period: turns its pages, asks for what it shows, draws heading,
 * tools, errors and the full screen. What it shows say `scopes` and `content`.
 */
export abstract class PeriodCard<
  Config extends PeriodCardConfig,
> extends SiteCard<Config> {
  @state() protected isTable = false;
  protected sources: readonly ConsumptionSource[] = [];
  protected page: Page | undefined;
  private readonly leaves = new Map<ConsumptionSource, () => void>();
  private stopPage: (() => void) | undefined;
  protected readonly full = new FullScreen(this);

  getCardSize(): number {
    return 10;
  }

  getGridOptions(): Record<string, unknown> {
    return { columns: 12, min_columns: 6 };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.isFirstOfPage() && isKiosk(location.search)) {
      void this.updateComplete.then(() => this.full.enter(false));
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const leave of this.leaves.values()) leave();
    this.leaves.clear();
    this.sources = [];
    this.stopPage?.();
    this.stopPage = undefined;
    this.page = undefined;
  }

  /** In a dashboard with several cards only one may cover the screen. */
  private isFirstOfPage(): boolean {
    return document.querySelector(":popover-open") === null;
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
    const entry = config.config_entry_id;
    const collection = config.collection ?? "";
    if (!this.page) {
      this.page = pageOf(hass, entry, collection);
      this.stopPage = this.page.listen(() => this.tell());
    }
    const wanted = this.scopes(this.store?.state.value).map((scope) =>
      consumptionSource(hass, entry, collection, scope),
    );
    for (const source of wanted) {
      source.update(hass);
      if (!this.leaves.has(source)) {
        this.leaves.set(
          source,
          source.use(() => this.tell()),
        );
      }
    }
    for (const [source, leave] of this.leaves) {
      if (wanted.includes(source)) continue;
      leave();
      this.leaves.delete(source);
    }
    this.sources = wanted;
  }

  /** What is asked for; nothing while there is nothing to ask. */
  protected abstract scopes(site: Site | undefined): Scope[];

  /** Everything below heading and period. */
  protected abstract content(
    source: ConsumptionSource | undefined,
    moment: Moment,
  ): unknown;

  protected abstract get heading(): string;

  /** Choices beside the heading. */
  protected choices(_moment: Moment): unknown {
    return nothing;
  }

  /** The file with what is shown; undefined where nothing is. */
  protected csv(_moment: Moment): string | undefined {
    return undefined;
  }

  /** Whether what is drawn can be shown as a table instead. */
  protected get hasTable(): boolean {
    return true;
  }

  /** What stands above the card. */
  protected above(_moment: Moment): unknown {
    return nothing;
  }

  /** What stands below the card. */
  protected below(_moment: Moment): unknown {
    return nothing;
  }

  /** There is nothing that the card could ever show. */
  protected get isEmptyCard(): boolean {
    return false;
  }

  protected get compare(): Compare {
    return this.config?.compare ?? "previous";
  }

  protected get fluid(): Fluid {
    return this.page?.fluid ?? "electricity";
  }

  override render() {
    const { page, config } = this;
    if (!page || !config) return nothing;
    const site = this.store?.state.value;
    const zone = site?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const now = new Date();
    const moment: Moment = { site, zone, now, today: dayOf(now, zone) };
    const above = this.full.isOn ? nothing : this.above(moment);
    if (this.isEmptyCard) return above;
    return html`${above}
      <ha-card>
        <header>
          <div class="heading">
            <h2>${this.heading}</h2>
            ${this.headline(moment)}
          </div>
          ${this.choices(moment)} ${this.tools(moment)}
        </header>
        <legrand-ews-period-bar
          .selection=${page.selection}
          .today=${moment.today}
          .first=${this.firstDay(zone)}
          .locale=${this.hass.locale}
          .localize=${this.localize}
          @select=${(event: CustomEvent<Selection>) => page.show(event.detail)}
        ></legrand-ews-period-bar>
        ${this.body(moment)}
      </ha-card>
      ${this.full.isOn ? nothing : this.below(moment)}`;
  }

  private body(moment: Moment) {
    const { site } = moment;
    const failed = this.sources.find((source) => source.state.error !== undefined);
    const error = site ? failed?.state.error : this.store?.state.error;
    if (error !== undefined) {
      return html`<div class="body">
        ${errorMessage(error, this.hass, this.localize, () => this.retry())}
      </div>`;
    }
    const isLoading = this.sources.some((source) => source.state.isLoading);
    const isStale = isLoading && this.sources.some((source) => source.state.value);
    return html`<div class="body ${isStale ? "stale" : ""}" aria-busy=${isLoading}>
      ${this.content(this.sources[0], moment)}
    </div>`;
  }

  /** Date and energy of the period (S178); said aloud whenever they change. */
  private headline(moment: Moment) {
    const answer = moment.site && this.sources[0]?.state.value;
    const text = answer ? this.sum(answer, this.names(answer, moment)) : "";
    return html`<p class="headline" role="status">${text}</p>`;
  }

  /** The headline of an answer. */
  protected sum(answer: Consumption, names: PeriodNames): string {
    const { total, unit } = answer;
    const amount =
      total === null
        ? this.localize("consumption.missing")
        : amountText(total, unit, this.hass.locale);
    return `${names.current} · ${amount}`;
  }

  protected names(answer: Consumption | undefined, moment: Moment): PeriodNames {
    const selection = this.page?.selection ?? { period: "day", day: null };
    const { hass, localize } = this;
    return periodNames(
      selection,
      answer,
      this.compare,
      moment.today,
      moment.zone,
      hass.locale,
      localize,
    );
  }

  private firstDay(zone: string): string | undefined {
    const starts = this.sources
      .map((source) => source.state.value?.recorded?.start)
      .filter((start) => start !== null && start !== undefined)
      .sort();
    return starts[0] ? dayOf(new Date(starts[0]), zone) : undefined;
  }

  private tools(moment: Moment) {
    const { localize, full } = this;
    const file = this.csv(moment);
    const tool = (path: string, label: string, act: () => void, isOn?: boolean) =>
      html`<button
        class="icon-button"
        aria-label=${label}
        title=${label}
        aria-pressed=${isOn ?? nothing}
        @click=${act}
      >
        ${icon(path)}
      </button>`;
    const table = this.isTable ? "tools.chart" : "tools.table";
    return html`<div class="tools" role="toolbar" aria-label=${localize("tools.title")}>
      ${
        file === undefined
          ? nothing
          : html`${
              !this.hasTable
                ? nothing
                : tool(this.isTable ? mdiChartBar : mdiTable, localize(table), () => {
                    this.isTable = !this.isTable;
                  })
            }
            ${tool(mdiDownload, localize("tools.download"), () => void this.download(file))}`
      }
      ${
        full.isOn
          ? tool(mdiFullscreenExit, localize("tools.leave_full"), () => full.leave())
          : tool(mdiFullscreen, localize("tools.full"), () => full.enter(true))
      }
    </div>`;
  }

  /** The site's own file of the one chart, else what is shown here. */
  private async download(shown: string): Promise<void> {
    const [source, other] = this.sources;
    if (!source || other || source.scope.isMoney) {
      save(shown, FILE_NAME);
      return;
    }
    try {
      const query = queryOf(source.scope, source.page);
      const entry = this.config?.config_entry_id;
      const { url, file } = await fetchDatalogger(this.hass, entry, query);
      download(url, file);
    } catch {
      save(shown, FILE_NAME);
    }
  }

  /** A choice among fluids, where there is one. */
  protected fluids(
    fluids: readonly Fluid[],
    chosen: Fluid,
    choose = (fluid: Fluid) => this.page?.showFluid(fluid),
  ): unknown {
    if (fluids.length < 2) return nothing;
    return html`<legrand-ews-segmented
      .options=${fluids.map((value) => ({
        value,
        label: this.localize(`fluids.${value}`),
      }))}
      .value=${chosen}
      .label=${this.localize("consumption.fluid")}
      @change=${(event: CustomEvent<Fluid>) => choose(event.detail)}
    ></legrand-ews-segmented>`;
  }

  /** Turn to the period that a bar stands for. */
  protected open(period: Selection["period"], day: string, today: string): void {
    this.page?.show(changePeriod({ period, day }, period, today));
  }

  private retry(): void {
    if (!this.store?.state.value) void this.store?.refresh();
    for (const source of this.sources) void source.refresh();
  }

  /** A placeholder of the same height while something is under way. */
  protected bone(width: string, height: number): TemplateResult {
    return html`<span class="bone" style="width:${width};height:${height}px"></span>`;
  }
}
