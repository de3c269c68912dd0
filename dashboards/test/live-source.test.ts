import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveSource } from "../src/backend/live-source";
import type { DeviceValues } from "../src/backend/types";
import type { HomeAssistant } from "../src/hass/types";

const VALUES: DeviceValues = {
  status: "on",
  error: null,
  read_at: "2026-11-23T12:00:00+00:00",
  values: { active_power: 1200 },
};

/** A connection that refuses as often as it is told to. */
function connection(refusals = 0) {
  const open: { message: Record<string, unknown>; send: (v: DeviceValues) => void }[] =
    [];
  let left = refusals;
  const back = new Set<() => void>();
  const hass = {
    connection: {
      addEventListener: (_: string, listener: () => void) => back.add(listener),
      removeEventListener: (_: string, listener: () => void) => back.delete(listener),
      async subscribeMessage(
        send: (values: DeviceValues) => void,
        message: Record<string, unknown>,
      ) {
        if (left > 0) {
          left -= 1;
          throw { code: "home_assistant_error" };
        }
        const entry = { message, send };
        open.push(entry);
        return () => {
          open.splice(open.indexOf(entry), 1);
        };
      },
    },
  } as unknown as HomeAssistant;
  /** The connection goes, and comes back while Home Assistant still starts. */
  const restart = (refused: number) => {
    open.splice(0);
    left = refused;
    for (const listener of back) listener();
  };
  return { hass, open, back, restart };
}

describe("the values of a device whose page is open", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("are subscribed to by number and site, and told", async () => {
    const { hass, open } = connection();
    const told = vi.fn();
    const source = new LiveSource(hass, "entry", 7, told);
    await vi.advanceTimersByTimeAsync(0);
    expect(open[0]?.message).toEqual({
      type: "legrand_ews/values",
      device: 7,
      config_entry_id: "entry",
    });
    open[0]?.send(VALUES);
    expect(told).toHaveBeenCalledOnce();
    expect(source.value).toBe(VALUES);
  });

  it("are asked for again while the site is loaded anew", async () => {
    const { hass, open } = connection(2);
    new LiveSource(hass, undefined, 7, vi.fn());
    await vi.advanceTimersByTimeAsync(4_000);
    expect(open).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(7_000);
    expect(open).toHaveLength(1);
  });

  it("are asked for again after a restart of Home Assistant", async () => {
    const { hass, open, restart } = connection();
    const source = new LiveSource(hass, undefined, 7, vi.fn());
    await vi.advanceTimersByTimeAsync(0);
    restart(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(open).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(open).toHaveLength(1);
    open[0]?.send(VALUES);
    expect(source.value).toBe(VALUES);
  });

  it("are asked for once when the connection comes and goes quickly", async () => {
    const { hass, open, restart } = connection();
    new LiveSource(hass, undefined, 7, vi.fn());
    await vi.advanceTimersByTimeAsync(0);
    restart(1);
    restart(1);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(open).toHaveLength(1);
  });

  it("are given back when the page is closed, also before they were there", async () => {
    const { hass, open, back } = connection();
    const told = vi.fn();
    const first = new LiveSource(hass, undefined, 7, told);
    await vi.advanceTimersByTimeAsync(0);
    const second = new LiveSource(hass, undefined, 8, told);
    first.close();
    second.close();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(open).toHaveLength(0);
    expect(told).not.toHaveBeenCalled();
    expect(back.size).toBe(0);
  });
});
