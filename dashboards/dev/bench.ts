/**
 * Shows the cards with a made-up site. The address chooses what:
 * `?card=board|consumption&dark&fr&rtl&loading&error&empty&gap&period=month`.
 */

import "../src/legrand-ews";
import type { ConsumptionQuery, Period } from "../src/backend/types";
import { consumptionSource } from "../src/consumption/collection";
import { dayOf } from "../src/format/civil";
import type { CardConfig, HomeAssistant } from "../src/hass/types";
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
  const query = message as unknown as ConsumptionQuery;
  const when = wishes.has("empty") ? new Date(0) : now;
  return consumption(query, dayOf(now, site.time_zone), when, wishes.has("gap"));
}

const language = wishes.has("fr") ? "fr" : "en";
const hass: HomeAssistant = {
  states,
  devices: {},
  locale: { language, number_format: "language", time_format: "language" },
  language,
  user: { is_admin: true },
  connection: { subscribeMessage: async () => () => undefined },
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

if (wishes.get("card") !== "consumption") add("legrand-ews-panel-board", {});
if (wishes.get("card") !== "board") add("legrand-ews-consumption", {});
