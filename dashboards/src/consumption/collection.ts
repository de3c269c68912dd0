/**
 * One period for all cards of a page, and one answer for all that ask the same:
 * whoever turns the page of one card turns it for all.
 */

import { fetchConsumption, subscribeSamples } from "../backend/commands";
import { type Listener, NOTHING_YET, Source } from "../backend/loadable";
import type { Compare, Consumption, ConsumptionQuery, Fluid } from "../backend/types";
import type { Connection, HomeAssistant, Unsubscribe } from "../hass/types";
import type { Selection } from "./period";

/** What is shown, shared by the cards of one collection. */
export class Page {
  selection: Selection = { period: "day", day: null };
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
}

export function queryOf(scope: Scope, page: Page): ConsumptionQuery {
  const { level, by, compare } = scope;
  const { period, day } = page.selection;
  const fluid = scope.fluid ?? page.fluid;
  const query = { level, by, fluid, period, compare };
  return day === null ? query : { ...query, date: day };
}

/** The answer to the page's selection, kept fresh while somebody uses it. */
export class ConsumptionSource extends Source<Consumption> {
  private users = 0;
  private leave: (() => void) | undefined;
  private samples: Promise<Unsubscribe | undefined> | undefined;
  private fluid: Fluid;

  constructor(
    private hass: HomeAssistant,
    private readonly entry: string | undefined,
    private readonly scope: Scope,
    readonly page: Page,
  ) {
    super(() => fetchConsumption(this.hass, entry, queryOf(scope, page)));
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
    const stops = [
      this.page.listen(() => this.turn()),
      // A site that was not running refused the subscription as well.
      this.listen(() => {
        if (this.state.error === undefined && !this.state.isLoading) this.subscribe();
      }),
    ];
    this.leave = () => {
      for (const stop of stops) stop();
      void this.samples?.then((unsubscribe) => unsubscribe?.());
      this.samples = undefined;
    };
    void this.refresh();
  }

  private subscribe(): void {
    this.samples ??= subscribeSamples(this.hass, this.entry, () => {
      if (this.page.selection.day === null) void this.refresh();
    }).catch(() => {
      this.samples = undefined;
      return undefined;
    });
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

/** The source that all cards with this collection and scope share. */
export function consumptionSource(
  hass: HomeAssistant,
  entry: string | undefined,
  collection: string,
  scope: Scope,
): ConsumptionSource {
  let known = shared.get(hass.connection);
  if (!known) {
    known = { pages: new Map(), sources: new Map() };
    shared.set(hass.connection, known);
  }
  const pageKey = JSON.stringify([entry ?? null, collection]);
  const page = known.pages.get(pageKey) ?? new Page();
  known.pages.set(pageKey, page);
  const sourceKey = pageKey + JSON.stringify(scope);
  const source =
    known.sources.get(sourceKey) ?? new ConsumptionSource(hass, entry, scope, page);
  known.sources.set(sourceKey, source);
  return source;
}
