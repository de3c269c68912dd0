import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { errorText } from "../src/backend/errors";
import { Lease } from "../src/backend/lease";
import { Source } from "../src/backend/loadable";
import { siteStore } from "../src/backend/site-store";
import { consumptionSource, type Scope } from "../src/consumption/collection";
import type { HomeAssistant } from "../src/hass/types";
import { localizer } from "../src/localize";
import { EN, site } from "./examples";

/** A Home Assistant that records what it is asked. */
function fakeHass(answer: (message: Record<string, unknown>) => unknown) {
  const asked: Record<string, unknown>[] = [];
  const subscriptions: { type: unknown; send: () => void }[] = [];
  const back: (() => void)[] = [];
  const hass: HomeAssistant = {
    states: {},
    devices: {},
    locale: EN,
    language: "en",
    connection: {
      async subscribeMessage(callback, message) {
        const entry = { type: message["type"], send: () => callback({} as never) };
        subscriptions.push(entry);
        return () => {
          subscriptions.splice(subscriptions.indexOf(entry), 1);
        };
      },
      addEventListener: (_, listener) => {
        back.push(listener);
      },
      removeEventListener: (_, listener) => {
        back.splice(back.indexOf(listener), 1);
      },
    },
    callService: async () => undefined,
    async callWS(message) {
      asked.push(message);
      return (await answer(message)) as never;
    },
    localize: (key, values) =>
      key === "component.legrand_ews.exceptions.not_found.message"
        ? `No site ${values?.["site"]}`
        : "",
    loadBackendTranslation: async () => undefined,
  };
  return { hass, asked, subscriptions, back };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("something that is fetched", () => {
  it("keeps the old answer while a new one is under way", async () => {
    let count = 0;
    const source = new Source(async () => {
      count += 1;
      return count;
    });
    await source.refresh();
    const second = source.refresh();
    expect(source.state).toEqual({ isLoading: true, value: 1, error: undefined });
    await second;
    expect(source.state).toEqual({ isLoading: false, value: 2, error: undefined });
  });

  it("drops the answer to an older question", async () => {
    const answers: ((value: string) => void)[] = [];
    const source = new Source(() => new Promise<string>((done) => answers.push(done)));
    const both = [source.refresh(), source.refresh()];
    answers[1]?.("new");
    answers[0]?.("old");
    await Promise.all(both);
    expect(source.state.value).toBe("new");
  });

  it("tells its listeners of a failure, and of the recovery", async () => {
    const outcomes = [() => Promise.reject("down"), () => Promise.resolve("up")];
    const source = new Source<string>(() =>
      (outcomes.shift() as () => Promise<string>)(),
    );
    const seen: unknown[] = [];
    source.listen(() => seen.push([source.state.error, source.state.value]));
    await source.refresh();
    await source.refresh();
    expect(seen).toContainEqual(["down", undefined]);
    expect(seen.at(-1)).toEqual([undefined, "up"]);
  });
});

describe("something that could not be fetched", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Answers 1, then fails, then answers 3. */
  const failing = () => {
    const asked: number[] = [];
    const source = new Source(async () => {
      asked.push(asked.length + 1);
      if (asked.length === 2) throw "down";
      return asked.length;
    });
    return { source, asked };
  };

  it("leaves the last answer, and is tried again", async () => {
    const { source } = failing();
    source.listen(() => undefined);
    await source.refresh();
    await source.refresh();
    expect(source.state).toEqual({ isLoading: false, value: 1, error: "down" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(source.state).toEqual({ isLoading: false, value: 3, error: undefined });
  });

  it("is left alone when nobody looks any more", async () => {
    const { source, asked } = failing();
    await source.refresh();
    await source.refresh();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual([1, 2]);
  });
});

describe("the structure of a site", () => {
  it("is asked for once a page and language", async () => {
    const { hass, asked } = fakeHass(() => site({}));
    const store = siteStore(hass, undefined);
    await settled();
    expect(siteStore(hass, undefined)).toBe(store);
    expect(asked).toEqual([{ type: "legrand_ews/site", language: "en" }]);
    const french = { ...hass, locale: { ...EN, language: "fr" } };
    expect(siteStore(french, undefined)).not.toBe(store);
  });
});

describe("the cards of one page", () => {
  const scope: Scope = {
    level: "site",
    by: "load",
    compare: "previous",
    fluid: undefined,
  };

  it("share the answer", async () => {
    const { hass, asked } = fakeHass(() => ({}));
    const source = consumptionSource(hass, "a", "page", scope);
    expect(consumptionSource(hass, "a", "page", { ...scope })).toBe(source);
    source.use(() => undefined);
    source.use(() => undefined);
    await settled();
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      type: "legrand_ews/get_consumption",
      config_entry_id: "a",
      level: "site",
      by: "load",
      fluid: "electricity",
      period: "day",
      compare: "previous",
    });
    expect(asked[0]).not.toHaveProperty("date");
  });

  it("share the period even when they show different things", async () => {
    const { hass, asked } = fakeHass(() => ({}));
    const one = consumptionSource(hass, "a", "page", scope);
    const other = consumptionSource(hass, "a", "page", { ...scope, by: "group" });
    const apart = consumptionSource(hass, "a", "another page", scope);
    one.use(() => undefined);
    other.use(() => undefined);
    one.page.show({ period: "month", day: "2026-03-01" });
    await settled();
    expect(
      asked.filter(({ date }) => date === "2026-03-01").map(({ by }) => by),
    ).toEqual(["load", "group"]);
    expect(apart.page.selection.period).toBe("day");
  });

  it("follow new samples while the running period is shown, and only then", async () => {
    const { hass, asked, subscriptions } = fakeHass(() => ({}));
    const source = consumptionSource(hass, "a", "page", scope);
    const leave = source.use(() => undefined);
    await settled();
    subscriptions[0]?.send();
    await settled();
    expect(asked).toHaveLength(2);
    source.page.show({ period: "day", day: "2026-03-01" });
    await settled();
    subscriptions[0]?.send();
    await settled();
    expect(asked).toHaveLength(3);
    leave();
    await settled();
    expect(subscriptions).toEqual([]);
  });

  it("ask and listen again when the connection is back", async () => {
    const { hass, asked, subscriptions, back } = fakeHass(() => ({}));
    const leave = consumptionSource(hass, "a", "page", scope).use(() => undefined);
    await settled();
    // The connection went, and what was subscribed to with it.
    subscriptions.splice(0);
    for (const listener of back) listener();
    await settled();
    expect(asked).toHaveLength(2);
    expect(subscriptions.map(({ type }) => type)).toEqual([
      "legrand_ews/subscribe_samples",
    ]);
    leave();
    await settled();
    expect([subscriptions, back]).toEqual([[], []]);
  });

  it("never show one fluid's amounts as another's", async () => {
    const { hass } = fakeHass(() => ({}));
    const source = consumptionSource(hass, "a", "page", scope);
    source.use(() => undefined);
    await settled();
    expect(source.state.value).toBeDefined();
    source.page.showFluid("water");
    expect(source.state.value).toBeUndefined();
  });
});

describe("the lease of fast polling (S148)", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function leases() {
    const log: string[] = [];
    const lease = new Lease(async (devices) => {
      log.push(`+${devices.join()}`);
      return () => {
        log.push(`-${devices.join()}`);
      };
    }, 100);
    const wait = () => vi.advanceTimersByTimeAsync(100);
    return { lease, log, wait };
  }

  it("waits until scrolling has settled, then asks once", async () => {
    const { lease, log, wait } = leases();
    lease.set([1]);
    lease.set([1, 2]);
    lease.set([3, 2, 1]);
    await wait();
    expect(log).toEqual(["+1,2,3"]);
  });

  it("takes the new one before it gives the old one back", async () => {
    const { lease, log, wait } = leases();
    lease.set([1]);
    await wait();
    lease.set([2]);
    await wait();
    expect(log).toEqual(["+1", "+2", "-1"]);
  });

  it("is left alone while the same devices are on screen", async () => {
    const { lease, log, wait } = leases();
    lease.set([1, 2]);
    await wait();
    lease.set([2, 1]);
    await wait();
    expect(log).toEqual(["+1,2"]);
  });

  it("is given back when the page is hidden or left", async () => {
    const { lease, log, wait } = leases();
    lease.set([1]);
    await wait();
    lease.set([]);
    await wait();
    lease.set([1]);
    await wait();
    await lease.close();
    expect(log).toEqual(["+1", "-1", "+1", "-1"]);
  });

  it("is tried again after a refusal, when something changes", async () => {
    const asked: string[] = [];
    const lease = new Lease(async (devices) => {
      asked.push(devices.join());
      if (asked.length === 1) throw new Error("refused");
      return () => undefined;
    }, 100);
    lease.set([1]);
    await vi.advanceTimersByTimeAsync(100);
    lease.set([1]);
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toEqual(["1", "1"]);
  });
});

describe("an error in words", () => {
  const { hass } = fakeHass(() => undefined);
  const text = (error: unknown) => errorText(error, hass, localizer("en"));

  it("is the integration's own sentence", () => {
    const error = {
      code: "home_assistant_error",
      message: "raw",
      translation_key: "not_found",
      translation_placeholders: { site: "A" },
    };
    expect(text(error)).toBe("No site A");
  });

  it("says that the connection was lost, as the connection does not", () => {
    const error = { code: 3, message: "Connection lost" };
    expect(text(error)).toBe("The connection to Home Assistant was lost.");
  });

  it("says that the integration is not running", () => {
    expect(text({ code: "unknown_command" })).toContain("not running");
  });

  it.each([
    [{ message: "Broken" }, "Broken"],
    [{ message: "Broken", translation_key: "unheard_of" }, "Broken"],
    [undefined, "Home Assistant did not say why."],
    ["text", "Home Assistant did not say why."],
  ])("falls back: %j", (error, expected) => {
    expect(text(error)).toBe(expected);
  });
});
