import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { orderProcess } from "../src/backend/charging-commands";
import { ChargingSource } from "../src/backend/charging-source";
import type { Charging } from "../src/backend/charging-types";
import { eventIcon } from "../src/charging/icons";
import { pageOfAddress } from "../src/charging/pages";
import {
  busiestCircuit,
  hasVehicle,
  placeInQueue,
  sectionsOfStations,
  stateOfStation,
  toneOfStation,
} from "../src/charging/stations";
import {
  ampereText,
  clockText,
  costText,
  durationText,
  momentText,
  totalCost,
} from "../src/charging/texts";
import { worstOfAll, worstZone, zoneBar } from "../src/charging/zones";
import type { FrontendLocale, HomeAssistant } from "../src/hass/types";
import { charging, circuit, line, session, station } from "./charging-examples";
import { EN, ZONE } from "./examples";

const FR: FrontendLocale = { ...EN, language: "fr" };

describe("a list of stations", () => {
  const left = station({ id: 3, address: "12-1", group_ids: [1] });
  const right = station({ id: 2, address: "12-2", is_priority: true });
  const ninth = station({ id: 1, address: "9", group_ids: [1, 2] });
  const other = station({ id: 4, address: null, gateway: null });
  const all = [right, other, left, ninth];
  const groups = [
    { id: 1, name: "Visitors", description: "", enabled: true },
    { id: 2, name: "Staff", description: "", enabled: true },
    { id: 3, name: "Nobody", description: "", enabled: true },
  ];
  const shown = (by: "priority" | "group" | "all") =>
    sectionsOfStations(all, by, groups).map(({ key, stations }) => [
      key,
      stations.map(({ id }) => id),
    ]);

  it("is ordered by address, other makes last", () => {
    expect(shown("all")).toEqual([["all", [1, 3, 2, 4]]]);
  });

  it("puts those that go first on top (S185)", () => {
    expect(shown("priority")).toEqual([
      ["priority", [2]],
      ["normal", [1, 3, 4]],
    ]);
  });

  it("goes by the running process where there is one (S187)", () => {
    const asked = station({ id: 5, session: session(true) });
    const sunk = station({ id: 6, is_priority: true, session: session(false) });
    const sections = sectionsOfStations([asked, sunk], "priority", []);
    expect(sections.map(({ key, stations }) => [key, stations[0]?.id])).toEqual([
      ["priority", 5],
      ["normal", 6],
    ]);
  });

  it("shows a station in each of its groups, and leaves out empty ones (S184)", () => {
    expect(shown("group")).toEqual([
      ["group:1", [1, 3]],
      ["group:2", [1]],
      ["group:none", [2, 4]],
    ]);
  });

  it("is looked at where most stations hang", () => {
    const feeder = circuit({ id: 4 });
    const [one, two] = [station({ id: 1, circuit_id: 4 }), station({ id: 2 })];
    const of = (...stations: ReturnType<typeof station>[]) =>
      busiestCircuit(charging({ circuits: [circuit(), feeder], stations }));
    expect([of(one), of(one, two), of()]).toEqual([4, 0, 0]);
  });

  it("knows the places of the queue", () => {
    const waiting = charging({ queue: [7, 3] });
    expect([7, 3, 5].map((id) => placeInQueue(waiting, id))).toEqual([1, 2, undefined]);
  });
});

describe("the state of a station (S189, S190)", () => {
  it.each([
    [{ charge: "no_vehicle", progress: null }, "available", "good"],
    [{ charge: "charging" }, "charging", "busy"],
    [{ charge: "connected" }, "starting", "busy"],
    [{ charge: "connected", progress: "waiting" }, "waiting", "warn"],
    [{ charge: "suspended", progress: "held" }, "held", "warn"],
    [{ charge: "suspended" }, "suspended", "calm"],
    [{ charge: "finished" }, "finished", "good"],
    [{ charge: "connected", progress: null }, "connected", "calm"],
    [{ charge: "fault" }, "fault", "bad"],
    [{ status: "failure" }, "fault", "bad"],
    [{ status: "communication_error" }, "lost", "bad"],
    [{ status: "off" }, "off", "calm"],
    [{ charge: null }, "unknown", "calm"],
  ] as const)("of %j is %s", (overrides, state, tone) => {
    const shown = stateOfStation(station({ id: 1, ...overrides }));
    expect([shown, toneOfStation(shown)]).toEqual([state, tone]);
  });
});

describe("a phase's bar", () => {
  it("reaches beyond the maximum, and shows both thresholds", () => {
    const bar = zoneBar(circuit(), line(1, "green", 115));
    expect(bar.full).toBeCloseTo(287.5);
    expect(bar.load).toBeCloseTo(40);
    expect(bar.charging).toBeCloseTo(80);
    expect(bar.maximum).toBeCloseTo(86.96);
    expect(bar.bands).toEqual([]);
  });

  it("shows below each threshold where the zone is kept (S121)", () => {
    const { bands } = zoneBar(
      circuit({ hysteresis_percent: 10 }),
      line(1, "green", 50),
    );
    expect(bands.map(({ from, to }) => [Math.round(from), Math.round(to)])).toEqual([
      [71, 80],
      [78, 87],
    ]);
  });

  it("has one band where both thresholds are one (image 2)", () => {
    const feeder = circuit({ charging_a: 250, hysteresis_percent: 10 });
    expect(zoneBar(feeder, line(1, "green", 50)).bands).toHaveLength(1);
  });

  it("grows with an overload", () => {
    const over = circuit({ lines: [line(1, "red", 400)] });
    expect(zoneBar(over, line(1, "red", 400)).full).toBeCloseTo(420);
  });

  it("is empty while nothing is measured", () => {
    expect(zoneBar(circuit(), line(1, "green", 99, false)).load).toBe(0);
  });

  it("belongs to a circuit whose worst phase decides", () => {
    const lines = [line(1, "green", 1), line(2, "red", 260), line(3, "yellow", 240)];
    expect(worstZone(circuit({ lines }))).toBe("red");
    expect(worstZone(circuit({ lines: [] }))).toBeUndefined();
  });

  it("is not told green where nothing is measured", () => {
    const [green, red] = [line(1, "green", 1), line(2, "red", 260)];
    const silent = line(3, "green", 0, false);
    expect(worstZone(circuit({ lines: [green, silent] }))).toBe("unknown");
    expect(worstZone(circuit({ lines: [silent, red] }))).toBe("red");
    const circuits = [circuit({ lines: [green] }), circuit({ lines: [silent] })];
    expect(worstOfAll(charging({ circuits }))).toBe("unknown");
    expect(worstOfAll(charging({ circuits: [] }))).toBeUndefined();
  });
});

describe("a vehicle at a station", () => {
  it("is seen also where nobody manages it", () => {
    const free = station({ id: 1, charge: "no_vehicle" });
    const other = station({ id: 2, charge: "charging", is_managed: false });
    const lost = station({ id: 3, charge: null, session: session(false) });
    const silent = station({ id: 4, charge: null });
    expect([free, other, lost, silent].filter(hasVehicle)).toEqual([other, lost]);
  });
});

describe("events of the management", () => {
  it("have signs that tell up from down from trouble", () => {
    const signs = ["raised", "reduced_in_red", "gave_way", "meter_lost"].map(eventIcon);
    expect(new Set(signs).size).toBe(4);
    expect(eventIcon("hard_limit_reduced")).toBe(eventIcon("reduced_to_share"));
  });
});

describe("what a user reads", () => {
  it.each([
    [15.84, 1, "15.8 A", "15,8 A"],
    [16, 0, "16 A", "16 A"],
    [null, 1, "–", "–"],
  ])("a current of %d", (current, digits, english, french) => {
    const plain = (locale: FrontendLocale) =>
      ampereText(current, locale, digits).replaceAll("\u00a0", " ");
    expect([plain(EN), plain(FR)]).toEqual([english, french]);
  });

  it.each([
    [59, "0 min"],
    [2_700, "45 min"],
    [7_500, "2 h 05 min"],
  ])("a duration of %d s", (seconds, text) => {
    expect(durationText(seconds, EN).replaceAll("\u00a0", " ")).toBe(text);
  });

  it.each([
    ["2.41", "€2.41"],
    ["0.00005", "€0.00"],
    ["0.1296", "€0.13"],
    [null, ""],
  ])("a cost of %s", (cost, text) => {
    expect(costText(cost, "EUR", EN)).toBe(text);
  });

  it.each([
    [[], null, null],
    [
      [
        ["0.1", "EUR"],
        [null, null],
        ["0.2", "EUR"],
      ],
      "0.3",
      "EUR",
    ],
    [
      [
        ["1", "EUR"],
        ["2", "CHF"],
      ],
      null,
      "EUR",
    ],
  ])("what sessions cost together: %j", (rows, cost, currency) => {
    const sessions = rows.map(([one, own]) => ({
      cost: one ?? null,
      currency: own ?? null,
    }));
    expect(totalCost(sessions)).toEqual({ cost, currency });
  });

  it("when a vehicle leaves", () => {
    const moment = momentText("2026-11-24T06:30:00Z", EN, ZONE);
    expect(moment).toBe("Tue 07:30");
  });

  it("the time on the site's clocks", () => {
    expect(clockText("2026-11-23T12:00:05Z", EN, ZONE)).toBe("13:00:05");
  });
});

describe("an order to the running process", () => {
  it.each([
    ["start", { type: "legrand_ews/start_charging", device: 31 }],
    ["wait", { type: "legrand_ews/wait_charging", device: 31 }],
    [
      "priority",
      {
        type: "legrand_ews/set_charging_priority",
        device: 31,
        priority: "priority",
        scope: "session",
      },
    ],
  ] as const)("%s leaves the defaults alone (S188)", async (order, message) => {
    const callWS = vi.fn(async () => undefined);
    const hass = { callWS } as unknown as HomeAssistant;
    await orderProcess(hass, undefined, 31, order);
    expect(callWS).toHaveBeenCalledExactlyOnceWith(message);
  });
});

describe("the management while its page is open", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function connection(refusals = 0) {
    const open: ((value: Charging) => void)[] = [];
    let left = refusals;
    const hass = {
      locale: EN,
      async callWS() {
        if (left > 0) {
          left -= 1;
          throw { code: "home_assistant_error" };
        }
        return charging();
      },
      connection: {
        addEventListener: () => undefined,
        removeEventListener: () => undefined,
        async subscribeMessage(send: (value: Charging) => void) {
          open.push(send);
          return () => {
            open.splice(open.indexOf(send), 1);
          };
        },
      },
    } as unknown as HomeAssistant;
    return { hass, open };
  }

  it("is there at once, and told of every change", async () => {
    const { hass, open } = connection();
    const told = vi.fn();
    const source = new ChargingSource(hass, "entry", told);
    await vi.advanceTimersByTimeAsync(0);
    expect(source.state.value?.zone).toBe("green");
    open[0]?.(charging({ zone: "red" }));
    expect(source.state.value?.zone).toBe("red");
    expect(told).toHaveBeenCalledTimes(2);
  });

  it("says why it cannot be shown, and tries again by itself", async () => {
    const { hass, open } = connection(1);
    const source = new ChargingSource(hass, undefined, vi.fn());
    await vi.advanceTimersByTimeAsync(0);
    expect(source.state.error).toEqual({ code: "home_assistant_error" });
    await vi.advanceTimersByTimeAsync(6_000);
    expect(source.state.error).toBeUndefined();
    expect(open).toHaveLength(1);
  });

  it("is given back when the page is closed, also before it was there", async () => {
    const { hass, open } = connection();
    const told = vi.fn();
    const source = new ChargingSource(hass, undefined, told);
    source.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(open).toHaveLength(0);
    expect(told).not.toHaveBeenCalled();
  });
});

describe("the address of the page", () => {
  it.each([
    ["?page=live", "live"],
    ["?page=sessions&kiosk", "sessions"],
    ["?page=nonsense", undefined],
    ["", undefined],
  ])("%s", (address, page) => {
    expect(pageOfAddress(address)).toBe(page);
  });
});
