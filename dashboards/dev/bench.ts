/**
 * Shows the cards with a made-up site. The address chooses what:
 * `?card=board|consumption|greenup&dark&fr&rtl&loading&error&empty&gap&period=month`.
 */

import "../src/legrand-ews";
import type { ConsumptionQuery, Period } from "../src/backend/types";
import { consumptionSource } from "../src/consumption/collection";
import { dayOf } from "../src/format/civil";
import type { CardConfig, HomeAssistant } from "../src/hass/types";
import { charging, course, sessions } from "./charging";
import { consumption } from "./consumption";
import { site, states } from "./site";

class Card extends HTMLElement {
  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.innerHTML = `<style>:host{display:block;position:relative;border-radius:12px;
      background:var(--card-background-color);border:1px solid var(--divider-color)}
      </style><slot></slot>`;
  }
}
customElements.define("ha-card", Card);

const wishes = new URLSearchParams(location.search);
document.documentElement.classList.toggle("dark", wishes.has("dark"));
document.documentElement.dir = wishes.has("rtl") ? "rtl" : "ltr";
document.documentElement.lang = wishes.has("fr") ? "fr" : "en";

const now = new Date();

async function answer(message: Record<string, unknown>): Promise<unknown> {
  if (wishes.has("loading")) return new Promise(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 150));
  if (wishes.has("error"))
    throw { code: "unknown_error", message: "The archive is locked." };
  if (message["type"] === "legrand_ews/site") {
    return wishes.has("empty") ? { ...site, devices: [] } : site;
  }
  if (message["type"] === "legrand_ews/get_charging") {
    return wishes.has("empty") ? { ...charging, is_set_up: false } : shownCharging();
  }
  if (message["type"] === "legrand_ews/get_charging_course") return course();
  if (message["type"] === "legrand_ews/get_charging_sessions") return { sessions };
  const query = message as unknown as ConsumptionQuery;
  const when = wishes.has("empty") ? new Date(0) : now;
  return consumption(query, dayOf(now, site.time_zone), when, wishes.has("gap"));
}

/** `&lost` takes the meter away, `&off` the management. */
function shownCharging(): typeof charging {
  const circuits = charging.circuits.map((circuit) => ({
    ...circuit,
    meter: circuit.meter && { ...circuit.meter, is_lost: wishes.has("lost") },
    lines: circuit.lines.map((line) => ({ ...line, is_known: !wishes.has("lost") })),
  }));
  return { ...charging, circuits, is_enabled: !wishes.has("off") };
}

const language = wishes.has("fr") ? "fr" : "en";
const hass: HomeAssistant = {
  states,
  devices: {},
  locale: { language, number_format: "language", time_format: "language" },
  language,
  user: { is_admin: true },
  connection: {
    subscribeMessage: async () => () => undefined,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  },
  themes: { darkMode: wishes.has("dark") },
  callService: async () => undefined,
  callWS: (message) => answer(message) as Promise<never>,
  localize: () => "",
  loadBackendTranslation: async () => undefined,
};

type CardElement = HTMLElement & {
  hass: HomeAssistant;
  setConfig(config: CardConfig): void;
};

function add(type: string, config: Record<string, unknown>): void {
  const card = document.createElement(type) as CardElement;
  card.setConfig({ type: `custom:${type}`, ...config });
  card.hass = hass;
  document.querySelector("main")?.append(card);
}

const scope = {
  level: "site",
  by: "load",
  compare: "previous",
  fluid: undefined,
} as const;
const { page } = consumptionSource(hass, undefined, "", scope);
page.selection = {
  period: (wishes.get("period") ?? "day") as Period,
  day: wishes.get("day"),
};

const card = wishes.get("card");
if (!card || card === "board") add("legrand-ews-panel-board", {});
if (!card || card === "consumption") add("legrand-ews-consumption", {});
if (card === "greenup") add("legrand-ews-greenup", {});
