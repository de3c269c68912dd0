/** The load management while a page about it is open. */

import type { HomeAssistant, Unsubscribe } from "../hass/types";
import { fetchCharging, subscribeCharging } from "./charging-commands";
import type { Charging } from "./charging-types";
import { type Listener, type Loadable, NOTHING_YET } from "./loadable";

/** A site that is being loaded anew refuses for a while. */
const RETRY_MS = 5000;

/** Subscribes to the management, and again after a failure, until it is closed. */
export class ChargingSource {
  state: Loadable<Charging> = NOTHING_YET;
  private isClosed = false;
  private release: Unsubscribe | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly hass: HomeAssistant,
    private readonly entry: string | undefined,
    private readonly listener: Listener,
  ) {
    void this.open();
  }

  private async open(): Promise<void> {
    clearTimeout(this.retry);
    try {
      this.take(await fetchCharging(this.hass, this.entry));
      const release = await subscribeCharging(this.hass, this.entry, (charging) =>
        this.take(charging),
      );
      if (this.isClosed) await release();
      else this.release = release;
    } catch (error) {
      if (this.isClosed) return;
      this.set({ ...this.state, isLoading: false, error });
      this.retry = setTimeout(() => void this.open(), RETRY_MS);
    }
  }

  /** Try again at once. */
  again(): void {
    if (this.release || this.isClosed) return;
    this.set({ ...this.state, isLoading: true });
    void this.open();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.retry);
    // The connection may have gone, and the subscription with it.
    void Promise.resolve(this.release?.()).catch(() => undefined);
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
