/** The load management while a page about it is open. */

import type { HomeAssistant } from "../hass/types";
import { fetchCharging, subscribeCharging } from "./charging-commands";
import type { Charging } from "./charging-types";
import { type Listener, type Loadable, NOTHING_YET } from "./loadable";
import { Subscription } from "./subscription";

/** Told of the management until it is closed. */
export class ChargingSource {
  state: Loadable<Charging> = NOTHING_YET;
  private isClosed = false;
  private readonly subscription: Subscription;

  constructor(
    hass: HomeAssistant,
    entry: string | undefined,
    private readonly listener: Listener,
  ) {
    this.subscription = new Subscription(
      hass.connection,
      async () => {
        this.take(await fetchCharging(hass, entry));
        return subscribeCharging(hass, entry, (charging) => this.take(charging));
      },
      (error) => this.set({ ...this.state, isLoading: false, error }),
    );
  }

  /** Try again at once. */
  again(): void {
    if (this.subscription.isOpen || this.isClosed) return;
    this.set({ ...this.state, isLoading: true });
    this.subscription.open();
  }

  close(): void {
    this.isClosed = true;
    this.subscription.close();
  }

  private take(value: Charging): void {
    this.set({ isLoading: false, value, error: undefined });
  }

  private set(state: Loadable<Charging>): void {
    if (this.isClosed) return;
    this.state = state;
    this.listener();
  }
}
