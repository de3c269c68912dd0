/**
 * One period for all cards of a page, and one answer for all that ask the same:
 * whoever turns the page of one card turns it for all.
 */

import { fetchConsumption, subscribeSamples } from "../backend/commands";
import { type Listener, NOTHING_YET, Source } from "../backend/loadable";
import { Subscription } from "../backend/subscription";
import { fetchCosts } from "../backend/tariff-commands";
import type { Compare, Consumption, ConsumptionQuery, Fluid } from "../backend/types";
import type { Connection, HomeAssistant } from "../hass/types";
import { paidOf } from "./costs";
import { type Selection, selectionOf } from "./period";

/** What is shown, shared by the cards of one collection. */
export class Page {
  selection: Selection = selectionOf(new URLSearchParams(globalThis.location?.search));
  fluid: Fluid = "electricity";
  private readonly listeners = new Set<Listener>();

  show(selection: Selection): void {
    this.selection = selection;
    for (const listener of [...this.listeners]) listener();
  }

  showFluid(fluid: Fluid): void {
    this.fluid = fluid;
    for (const listener of [...this.listeners]) listener();
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }
}

/** What a card asks for beside the page. */
export interface Scope {
  level: string;
  by: string;
  compare: Compare;
  /** Set where a card shows one fluid whatever the page shows. */
  fluid: Fluid | undefined;
  /** Objects of the level; left out: all. */
  ids?: readonly number[] | undefined;
  load?: number | undefined;
  group?: number | undefined;
  /** Set where a period is shown whatever the page shows: any day in it. */
  date?: string | undefined;
  /** What was paid is asked for, not what was consumed. */
  isMoney?: boolean | undefined;
}

export function queryOf(scope: Scope, page: Page): ConsumptionQuery {
  const { level, by, compare } = scope;
  const { period, day } = page.selection;
  const fluid = scope.fluid ?? page.fluid;
  const { ids, load, group, date = day } = scope;
  return {
    ...{ level, by, fluid, period, compare },
    ...(ids ? { ids: [...ids] } : {}),
    ...(load === undefined ? {} : { load }),
    ...(group === undefined ? {} : { group }),
    ...(date === null ? {} : { date }),
  };
}

/** The answer to the page's selection, kept fresh while somebody uses it. */
export class ConsumptionSource extends Source<Consumption> {
  private users = 0;
  private leave: (() => void) | undefined;
  private fluid: Fluid;

  constructor(
    private hass: HomeAssistant,
    private readonly entry: string | undefined,
    readonly scope: Scope,
    readonly page: Page,
  ) {
    super(async () => {
      const query = queryOf(scope, page);
      if (scope.isMoney) return paidOf(await fetchCosts(this.hass, entry, query));
      return fetchConsumption(this.hass, entry, query);
    });
    this.fluid = scope.fluid ?? page.fluid;
  }

  update(hass: HomeAssistant): void {
    this.hass = hass;
  }

  /** Use the source until the returned function is called. */
  use(listener: Listener): () => void {
    const stop = this.listen(listener);
    this.users += 1;
    if (this.users === 1) this.enter();
    return () => {
      stop();
      this.users -= 1;
      if (this.users === 0) this.leave?.();
    };
  }

  private enter(): void {
    const stop = this.page.listen(() => this.turn());
    let hasStood = false;
    const samples = new Subscription(this.hass.connection, async () => {
      const release = await subscribeSamples(this.hass, this.entry, () => {
        if (this.page.selection.day === null) void this.refresh();
      });
      // What was recorded while nobody could tell of it.
      if (hasStood) void this.refresh();
      hasStood = true;
      return release;
    });
    this.leave = () => {
      stop();
      samples.close();
    };
    this.turn();
  }

  private turn(): void {
    const fluid = this.scope.fluid ?? this.page.fluid;
    // Kilowatt-hours must not stand there as litres while the answer is under way.
    if (fluid !== this.fluid) this.state = NOTHING_YET;
    this.fluid = fluid;
    void this.refresh();
  }
}

interface Shared {
  pages: Map<string, Page>;
  sources: Map<string, ConsumptionSource>;
}

const shared = new WeakMap<Connection, Shared>();

function sharedOf(hass: HomeAssistant): Shared {
  const known = shared.get(hass.connection) ?? { pages: new Map(), sources: new Map() };
  shared.set(hass.connection, known);
  return known;
}

const keyOf = (entry: string | undefined, collection: string) =>
  JSON.stringify([entry ?? null, collection]);

/** The page that all cards of a collection share. */
export function pageOf(
  hass: HomeAssistant,
  entry: string | undefined,
  collection: string,
): Page {
  const { pages } = sharedOf(hass);
  const key = keyOf(entry, collection);
  const page = pages.get(key) ?? new Page();
  pages.set(key, page);
  return page;
}

/** The source that all cards with this collection and scope share. */
export function consumptionSource(
  hass: HomeAssistant,
  entry: string | undefined,
  collection: string,
  scope: Scope,
): ConsumptionSource {
  const { sources } = sharedOf(hass);
  const page = pageOf(hass, entry, collection);
  const key = keyOf(entry, collection) + JSON.stringify(scope);
  const source = sources.get(key) ?? new ConsumptionSource(hass, entry, scope, page);
  sources.set(key, source);
  return source;
}
