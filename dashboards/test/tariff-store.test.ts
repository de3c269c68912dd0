import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Segment } from "../src/backend/tariff-types";
import type { HomeAssistant } from "../src/hass/types";
import { tariffStore } from "../src/tariffs/store";
import { EN } from "./examples";

/** A Home Assistant whose tariff changes at an instant; `asked` counts the questions. */
function fakeHass(end: () => string | null) {
  const asked: Record<string, unknown>[] = [];
  const hass = {
    ...{ states: {}, devices: {}, locale: EN, language: "en" },
    connection: { subscribeMessage: async () => () => undefined },
    async callWS(message: Record<string, unknown>) {
      asked.push(message);
      const active: Segment = {
        ...{ start: "2026-11-23T07:00:00+01:00", end: end() },
        ...{ rule: 0, tariff: 1, price: "0.2" },
      };
      return { fluid: message["fluid"], tariffs: [], active };
    },
  } as unknown as HomeAssistant;
  return { hass, asked };
}

const TODAY = "2026-11-23";

describe("the plan of a fluid", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date("2026-11-23T21:58:00+01:00") });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is one for all cards of a page, and that of gas for its energy, too", () => {
    const { hass } = fakeHass(() => null);
    const gas = tariffStore(hass, "01A", "gas", TODAY);
    expect(tariffStore(hass, "01A", "gas_kwh", TODAY)).toBe(gas);
    expect(tariffStore(hass, "01A", "water", TODAY)).not.toBe(gas);
    expect(tariffStore(hass, "02B", "gas", TODAY)).not.toBe(gas);
  });

  it("is asked for with a year of days, and anew when the tariff changes", async () => {
    const { hass, asked } = fakeHass(() => "2026-11-23T22:00:00+01:00");
    const stop = tariffStore(hass, "01A", "electricity", TODAY).listen(() => undefined);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toMatchObject([
      {
        ...{ type: "legrand_ews/get_tariffs", config_entry_id: "01A" },
        ...{ fluid: "electricity", start: "2025-12-29", end: "2027-01-10" },
      },
    ]);
    await vi.advanceTimersByTimeAsync(119_000);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(4000);
    expect(asked.length).toBeGreaterThan(1);
    stop();
  });

  it("is asked for by who looks again, and by nobody who has gone", async () => {
    const { hass, asked } = fakeHass(() => null);
    const store = tariffStore(hass, "01A", "water", TODAY);
    const stop = store.listen(() => undefined);
    await vi.advanceTimersByTimeAsync(0);
    stop();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked).toHaveLength(1);
    store.listen(() => undefined)();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toHaveLength(2);
  });
});
