/** Which devices are looked at: parts of a site. */

import type { Device, Fluid, Site } from "../backend/types";
import { fluidsOfDevice } from "../device/meters";

/** Whether a device counts in the parts chosen; null stands for all (S166). */
export function isPart(
  device: Device,
  group: number | null,
  load: number | null,
): boolean {
  return (
    (group === null || device.groups.includes(group)) &&
    (load === null || device.load === load)
  );
}

/** The devices that count something. */
export function meters(devices: readonly Device[]): Device[] {
  return devices.filter((device) => fluidsOfDevice(device).length > 0);
}

const FLUIDS: readonly Fluid[] = ["electricity", "gas", "water"];

/** The fluids that the site's devices measure, electricity first. */
export function fluidsOf(site: Site): Fluid[] {
  return FLUIDS.filter((fluid) => site.devices.some((d) => d.fluid === fluid));
}

/** The same, and gas in kilowatt-hours where the site knows its factor (S163). */
export function fluidChoices(site: Site): Fluid[] {
  return fluidsOf(site).flatMap((fluid): Fluid[] =>
    fluid === "gas" && site.has_gas_factor ? ["gas", "gas_kwh"] : [fluid],
  );
}

/** All that a table of the site tells: what is fed in, too, and the energy of gas. */
export function toldFluids(site: Site): Fluid[] {
  return pricedFluids(site).flatMap((fluid): Fluid[] =>
    fluid === "gas" && site.has_gas_factor ? ["gas", "gas_kwh"] : [fluid],
  );
}

/** The fluids that have a price of their own, also what is fed in. */
export function pricedFluids(site: Site): Fluid[] {
  const feeds = site.devices.some((device) =>
    fluidsOfDevice(device).includes("electricity_export"),
  );
  return fluidsOf(site).flatMap((fluid): Fluid[] =>
    fluid === "electricity" && feeds ? [fluid, "electricity_export"] : [fluid],
  );
}
