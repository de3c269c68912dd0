/** A made-up company building: 3 gateways, 28 devices, loads, groups and boards. */

import type { Device, Load, Site } from "../src/backend/types";
import type { EntityState } from "../src/hass/types";

const LOADS: [string, string][] = [
  ["heating", "#d9534f"],
  ["cooling", "#4aa3df"],
  ["hot_water", "#e8853d"],
  ["lighting", "#f4c542"],
  ["sockets", "#5cb85c"],
  ["ventilation", "#8e7cc3"],
  ["others", "#9aa5b1"],
  ["gas", "#2e9e6b"],
  ["water", "#2f7ed8"],
];

const names: Record<string, string> = {
  heating: "Heating",
  cooling: "Cooling",
  hot_water: "Domestic hot water",
  lighting: "Lighting",
  sockets: "Power sockets",
  ventilation: "Ventilation",
  others: "Other",
  gas: "Gas",
  water: "Water",
};

const loads: Load[] = LOADS.map(([key, color], index) => ({
  id: index + 1,
  key,
  name: names[key] ?? key,
  color,
  enabled: true,
}));
loads.push({ id: 10, key: null, name: "Workshop", color: "#b5651d", enabled: true });

type Plan = [
  name: string,
  gateway: number,
  address: string,
  model: number,
  load: number | null,
  power: number | null,
  extra?: Partial<Device> & { state?: string },
];

const MODELS: [string, string, string, string][] = [
  ["412053", "4 120 53", "EMDX³ three-phase multifunction meter, MID", "documented"],
  ["412068", "4 120 68", "EMDX³ single-phase meter, 63 A", "documented"],
  ["414918", "4 149 18", "EMS CX³ measuring module, 3 × 63 A", "inferred"],
  ["004687", "0 046 87", "Pulse concentrator, input", "documented"],
  ["x_generic_modbus", "", "Generic Modbus meter", "documented"],
  ["421234", "4 212 34", "DPX³ 250 electronic breaker with measuring", "assumed"],
];

const PLANS: Plan[] = [
  ["Main supply", 1, "1", 0, null, 38400, { excluded_from_totals: true }],
  ["Heat pump", 1, "2", 0, 1, 14250],
  ["Chiller", 1, "3", 0, 2, 3120],
  ["Hot water tanks", 1, "4", 1, 3, 4480],
  ["Lighting ground floor", 1, "5", 1, 4, 1830],
  ["Lighting first floor", 1, "6", 1, 4, 1210],
  ["Sockets reception", 1, "7", 1, 5, 640],
  ["Sockets open-plan office", 1, "8", 1, 5, 2870],
  ["Server room", 1, "9", 0, 7, 4310],
  ["Air handling unit", 1, "10", 0, 6, 2950],
  ["Kitchen", 1, "11", 2, 7, 1190],
  ["Lift", 1, "12", 2, 7, 85],
  ["Workshop board", 2, "1", 0, 10, 6240],
  ["Compressor", 2, "2", 2, 10, 3890],
  ["Milling machine", 2, "3", 2, 10, 0],
  ["Workshop lighting", 2, "4", 1, 4, 920],
  ["Workshop heaters", 2, "5", 1, 1, 2100],
  ["Dust extraction", 2, "6", 1, 6, 740],
  ["Loading bay door", 2, "7", 4, 7, 12],
  ["Supplier's breaker", 2, "8", 5, 10, 1510],
  ["Spare meter", 2, "9", 1, null, null, { enabled: false }],
  [
    "New meter",
    2,
    "14",
    1,
    null,
    null,
    { model: null, printed: null, description: null },
  ],
  ["Annexe supply", 3, "1", 0, null, null, { state: "communication_error" }],
  ["Annexe sockets", 3, "2", 1, 5, null, { state: "communication_error" }],
  ["Gas boiler", 3, "20-1", 3, 8, null, { fluid: "gas" }],
  ["Water main", 3, "20-2", 3, 9, null, { fluid: "water" }],
  ["Water garden", 3, "20-3", 3, 9, null, { fluid: "water" }],
  ["Car park lighting, pulse output of the neighbour's meter", 3, "20-4", 3, 4, null],
];

export const states: Record<string, EntityState> = {};

function entity(id: string, state: string | number, unit?: string): string {
  const attributes = unit ? { unit_of_measurement: unit } : {};
  states[id] = { entity_id: id, state: String(state), attributes };
  return id;
}

const devices: Device[] = PLANS.map((plan, index) => {
  const [name, gateway, address, modelIndex, load, power, extra = {}] = plan;
  const { state, ...overrides } = extra;
  const [model, printed, description, provenance] = MODELS[modelIndex] ?? [
    "",
    "",
    "",
    "",
  ];
  const slug = `device_${index + 1}`;
  const status = state ?? (overrides.model === null ? "configuration" : "on");
  const entities: Record<string, string> = {};
  const fluid = overrides.fluid ?? "electricity";
  const isKnown = status === "on" && overrides.enabled !== false;
  if (power !== null && isKnown) {
    entities["active_power"] = entity(`sensor.${slug}_power`, power, "W");
    const phases = [0, 2].includes(modelIndex) ? ["l1", "l2", "l3"] : ["l1"];
    for (const [n, phase] of phases.entries()) {
      entities[`voltage_${phase}`] = entity(
        `sensor.${slug}_u_${phase}`,
        229.4 + n * 1.3,
        "V",
      );
      const current = power / phases.length / 230 + n * 0.3;
      entities[`current_${phase}`] = entity(
        `sensor.${slug}_i_${phase}`,
        current.toFixed(2),
        "A",
      );
    }
  }
  if (isKnown) {
    const wh = 1_240_000 + index * 8_765_432;
    if (fluid === "electricity") {
      entities["active_energy_import"] = entity(
        `sensor.${slug}_energy`,
        wh / 1000,
        "kWh",
      );
    } else {
      entities[`${fluid}_volume`] = entity(
        `sensor.${slug}_volume`,
        (wh / 1e6).toFixed(3),
        "m³",
      );
    }
  }
  return {
    id: index + 1,
    name,
    gateway,
    address,
    family: "meter",
    family_name: "Meters",
    model: model || null,
    printed: printed || null,
    description: description || null,
    load,
    groups: [],
    board: gateway === 3 ? null : gateway,
    fluid,
    provenance: provenance || null,
    confidence: "medium",
    enabled: true,
    excluded_from_totals: false,
    functions: ["measure"],
    map_confirmed: false,
    channels: {},
    has_harmonics: false,
    quantities: Object.keys(entities),
    known_commands: [],
    waiting_commands: [],
    commands: {},
    device_id: `ha-${index + 1}`,
    status_entity: entity(`sensor.${slug}_status`, status),
    entities,
    ...overrides,
  };
});

const gateway = (
  id: number,
  name: string,
  address: string,
  text: string,
  state: string,
) => ({
  id,
  name,
  description: text,
  address,
  board: id === 3 ? null : id,
  enabled: true,
  device_id: `ha-gateway-${id}`,
  status_entity: entity(`binary_sensor.gateway_${id}`, state),
});

export const site: Site = {
  config_entry_id: "made-up",
  name: "Bergmann & Fils",
  currency: "EUR",
  time_zone: "Europe/Brussels",
  sample_length: 600,
  gateways: [
    gateway(1, "Main distribution board", "192.168.1.20:502", "Technical room", "on"),
    gateway(2, "Workshop", "192.168.1.21:502", "RTU over TCP", "on"),
    gateway(3, "Annexe", "/dev/ttyUSB0 19200 8E1", "", "off"),
  ],
  boards: [
    {
      id: 1,
      name: "MDB",
      description: "Main distribution board",
      enabled: true,
      device_id: null,
    },
    { id: 2, name: "SB 2", description: "Workshop", enabled: true, device_id: null },
  ],
  loads,
  groups: [],
  devices,
  quantities: {},
};
