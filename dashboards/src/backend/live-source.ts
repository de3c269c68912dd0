/** The values of one device while its page is open. */

import type { HomeAssistant, Unsubscribe } from "../hass/types";
import { subscribeValues } from "./commands";
import type { Listener } from "./loadable";
import type { DeviceValues } from "./types";

/** A site that is being loaded anew refuses for a while. */
const RETRY_MS = 5000;

/** Subscribes to a device, and again after a failure, until it is closed. */
export class LiveSource {
  value: DeviceValues | undefined;
  private isClosed = false;
  private release: Unsubscribe | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly hass: HomeAssistant,
    private readonly entry: string | undefined,
    readonly device: number,
    private readonly listener: Listener,
  ) {
    void this.open();
  }

  private async open(): Promise<void> {
    try {
      const release = await subscribeValues(
        this.hass,
        this.entry,
        this.device,
        (value) => {
          if (this.isClosed) return;
          this.value = value;
          this.listener();
        },
      );
      if (this.isClosed) await release();
      else this.release = release;
    } catch {
      if (!this.isClosed) this.retry = setTimeout(() => void this.open(), RETRY_MS);
    }
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.retry);
    // The connection may have gone, and the subscription with it.
    void Promise.resolve(this.release?.()).catch(() => undefined);
  }
}
