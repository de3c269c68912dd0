/** The values of one device while its page is open. */

import type { HomeAssistant } from "../hass/types";
import { subscribeValues } from "./commands";
import type { Listener } from "./loadable";
import { Subscription } from "./subscription";
import type { DeviceValues } from "./types";

/** Told of a device's values until it is closed. */
export class LiveSource {
  value: DeviceValues | undefined;
  private isClosed = false;
  private readonly subscription: Subscription;

  constructor(
    hass: HomeAssistant,
    entry: string | undefined,
    readonly device: number,
    listener: Listener,
  ) {
    this.subscription = new Subscription(hass.connection, () =>
      subscribeValues(hass, entry, device, (value) => {
        if (this.isClosed) return;
        this.value = value;
        listener();
      }),
    );
  }

  close(): void {
    this.isClosed = true;
    this.subscription.close();
  }
}
