/** Keeps the devices that are on screen polled fast, and only those. */

import type { Unsubscribe } from "../hass/types";

export type Watch = (devices: readonly number[]) => Promise<Unsubscribe>;

/**
 * Holds at most one lease. Changes wait for `settleMs`, so that scrolling does
 * not ask for a lease a row; the old lease is given back only after the new
 * one holds. A refused lease is dropped: values still come, only slower.
 */
export class Lease {
  private wanted: readonly number[] = [];
  private held: readonly number[] = [];
  private release: Unsubscribe | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly watch: Watch,
    private readonly settleMs = 400,
  ) {}

  /** Ask for exactly these devices; none gives the lease back. */
  set(devices: Iterable<number>): void {
    this.wanted = [...new Set(devices)].sort((a, b) => a - b);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.work = this.work.then(() => this.settle());
    }, this.settleMs);
  }

  /** Give the lease back at once. */
  close(): Promise<void> {
    clearTimeout(this.timer);
    this.wanted = [];
    this.work = this.work.then(() => this.settle());
    return this.work;
  }

  private async settle(): Promise<void> {
    const wanted = this.wanted;
    if (wanted.join() === this.held.join()) return;
    const old = this.release;
    this.release = undefined;
    this.held = [];
    if (wanted.length > 0) {
      try {
        this.release = await this.watch(wanted);
        this.held = wanted;
      } catch {
        this.release = undefined;
      }
    }
    try {
      await old?.();
    } catch {
      // The connection has gone, and the lease with it.
    }
  }
}
