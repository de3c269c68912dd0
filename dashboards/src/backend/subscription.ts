/** A subscription that outlives a restart of Home Assistant. */

import type { Connection, Unsubscribe } from "../hass/types";

/** A site that is being loaded anew refuses for a while. */
const RETRY_MS = 5000;

/**
 * Subscribes at once, again after a failure, and again whenever the connection is back:
 * what the connection renews by itself is lost where the integration is not up yet.
 * What is given must subscribe without `resubscribe`.
 */
export class Subscription {
  isOpen = false;
  private isClosed = false;
  private newest = 0;
  private release: Unsubscribe | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly subscribe: () => Promise<Unsubscribe>,
    private readonly failed: (error: unknown) => void = () => undefined,
  ) {
    connection.addEventListener("ready", this.open);
    this.open();
  }

  /** Subscribe, now. */
  readonly open = (): void => {
    clearTimeout(this.retry);
    this.newest += 1;
    this.isOpen = false;
    // What stood before has gone with its connection.
    this.release = undefined;
    void this.ask(this.newest);
  };

  private async ask(mine: number): Promise<void> {
    try {
      const release = await this.subscribe();
      if (this.isClosed) await release();
      else if (mine === this.newest) {
        this.release = release;
        this.isOpen = true;
      }
    } catch (error) {
      if (this.isClosed || mine !== this.newest) return;
      this.failed(error);
      this.retry = setTimeout(this.open, RETRY_MS);
    }
  }

  close(): void {
    this.isClosed = true;
    this.connection.removeEventListener("ready", this.open);
    clearTimeout(this.retry);
    // The connection may have gone, and the subscription with it.
    void Promise.resolve(this.release?.()).catch(() => undefined);
  }
}
