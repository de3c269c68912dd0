/** How devices and gateways are doing, from their status entities (S84). */

import type { Device, Gateway } from "../backend/types";
import type { States } from "../hass/types";

export type DeviceStatus =
  | "on"
  | "off"
  | "communication_error"
  | "configuration"
  | "failure"
  | "unknown";

export const DEVICE_STATUSES: readonly DeviceStatus[] = [
  "on",
  "communication_error",
  "failure",
  "configuration",
  "off",
  "unknown",
];

/** A device's status; one that is switched off in its settings needs no entity. */
export function deviceStatus(device: Device, states: States): DeviceStatus {
  if (!device.enabled) return "off";
  if (device.model === null) return "configuration";
  const state = device.status_entity ? states[device.status_entity]?.state : undefined;
  const known = DEVICE_STATUSES.find((status) => status === state);
  return known ?? "unknown";
}

export type GatewayStatus = "connected" | "unreachable" | "off" | "unknown";

const GATEWAY_STATES: Readonly<Record<string, GatewayStatus>> = {
  on: "connected",
  connected: "connected",
  off: "unreachable",
  communication_error: "unreachable",
};

/** Whether a gateway answers. */
export function gatewayStatus(gateway: Gateway, states: States): GatewayStatus {
  if (!gateway.enabled) return "off";
  const entity = gateway.status_entity;
  return GATEWAY_STATES[(entity && states[entity]?.state) || ""] ?? "unknown";
}

const UNVERIFIED = ["recalled", "assumed"];

/** Whether no document and no observation stands behind the register map (D9). */
export function isUnverified(device: Device): boolean {
  return device.provenance !== null && UNVERIFIED.includes(device.provenance);
}
