/** The plan of each fluid, fetched once a page and shared by its cards. */

import { type Listener, Source } from "../backend/loadable";
import { fetchTariffs } from "../backend/tariff-commands";
import type { Tariffs } from "../backend/tariff-types";
import type { Fluid } from "../backend/types";
import type { Connection, HomeAssistant } from "../hass/types";
import { previewDays } from "./calendar";

/** What applies now is looked at this often at least. */
const LONGEST_MS = 15 * 60_000;
/** The clocks of browser and server need not agree to the second. */
const GRACE_MS = 2000;
const AGAIN_MS = 30_000;

export class TariffStore extends Source<Tariffs> {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private hass: HomeAssistant,
    readonly entry: string | undefined,
    readonly fluid: Fluid,
    private today: string,
  ) {
    super(() => fetchTariffs(this.hass, entry, this.fluid, previewDays(this.today)));
  }

  update(hass: HomeAssistant, today: string): void {
    this.hass = hass;
    const isNextYear = today.slice(0, 4) !== this.today.slice(0, 4);
    this.today = today;
    if (isNextYear) void this.refresh();
  }

  override listen(listener: Listener): () => void {
    // Who comes back to the page may have changed the plan elsewhere.
    const isFirst = !this.hasListeners;
    const stop = super.listen(listener);
    if (isFirst) void this.refresh();
    return () => {
      stop();
      if (this.hasListeners) return;
      clearTimeout(this.timer);
      this.timer = undefined;
    };
  }

  override async refresh(): Promise<void> {
    await super.refresh();
    if (this.hasListeners) this.wait();
  }

  /** Until the next change of the tariff. */
  private wait(): void {
    clearTimeout(this.timer);
    const end = this.state.value?.active?.end;
    const left = end ? Date.parse(end) - Date.now() : LONGEST_MS;
    // A browser whose clock is ahead asks too early.
    const wait = left > 0 ? left + GRACE_MS : AGAIN_MS;
    this.timer = setTimeout(() => void this.refresh(), Math.min(LONGEST_MS, wait));
  }
}

const stores = new WeakMap<Connection, Map<string, TariffStore>>();

/** The store of a fluid's plan, in the user's language. */
export function tariffStore(
  hass: HomeAssistant,
  entry: string | undefined,
  fluid: Fluid,
  today: string,
): TariffStore {
  const known = stores.get(hass.connection) ?? new Map<string, TariffStore>();
  stores.set(hass.connection, known);
  // What gas costs is told by its volume.
  const priced = fluid === "gas_kwh" ? "gas" : fluid;
  const key = JSON.stringify([entry ?? null, priced, hass.locale.language]);
  const store = known.get(key) ?? new TariffStore(hass, entry, priced, today);
  known.set(key, store);
  return store;
}
