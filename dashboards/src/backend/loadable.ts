/** Something that is fetched: what is shown meanwhile, and what when it failed. */

export interface Loadable<T> {
  isLoading: boolean;
  /** The newest answer; kept while a newer one is under way, or has failed. */
  value: T | undefined;
  /** Why the newest question has no answer. */
  error: unknown;
}

export const NOTHING_YET: Loadable<never> = {
  isLoading: true,
  value: undefined,
  error: undefined,
};

export type Listener = () => void;

/** Home Assistant may be restarting, or the site be loaded anew. */
const RETRY_MS = 10_000;

/**
 * Fetches on demand and tells its listeners. Of overlapping requests only the
 * one that started last counts. After a failure it tries again by itself as
 * long as somebody listens.
 */
export class Source<T> {
  state: Loadable<T> = NOTHING_YET;
  private readonly listeners = new Set<Listener>();
  private newest = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly fetcher: () => Promise<T>) {}

  async refresh(): Promise<void> {
    this.newest += 1;
    const mine = this.newest;
    clearTimeout(this.retry);
    this.set({ ...this.state, isLoading: true });
    try {
      const value = await this.fetcher();
      if (mine === this.newest) {
        this.set({ isLoading: false, value, error: undefined });
      }
    } catch (error) {
      if (mine === this.newest) {
        this.set({ ...this.state, isLoading: false, error });
        this.retry = setTimeout(() => {
          if (this.hasListeners) void this.refresh();
        }, RETRY_MS);
      }
    }
  }

  get hasListeners(): boolean {
    return this.listeners.size > 0;
  }

  /** Be told of changes, until the returned function is called. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  private set(state: Loadable<T>): void {
    this.state = state;
    for (const listener of [...this.listeners]) listener();
  }
}
