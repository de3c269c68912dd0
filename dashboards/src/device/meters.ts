/** What a device counts, and the sign that stands for it. */

import {
  mdiElectricSwitch,
  mdiEvStation,
  mdiFireCircle,
  mdiFlash,
  mdiHelp,
  mdiImport,
  mdiWater,
} from "@mdi/js";
import type { Device, Fluid } from "../backend/types";

const COUNTERS: readonly (readonly [Fluid, string])[] = [
  ["electricity", "active_energy_import"],
  ["electricity_export", "active_energy_export"],
  ["gas", "gas_volume"],
  ["water", "water_volume"],
];

/** The fluids of a device's own histogram; none where it counts nothing. */
export function fluidsOfDevice({ quantities }: Device): Fluid[] {
  return COUNTERS.filter(([, counter]) => quantities.includes(counter)).map(
    ([fluid]) => fluid,
  );
}

const FLUID_ICONS: Readonly<Record<string, string>> = {
  electricity: mdiFlash,
  electricity_export: mdiFlash,
  gas: mdiFireCircle,
  water: mdiWater,
};

/** What a device is at first sight: a meter, a station, a switch, a signal. */
export function deviceIcon(device: Device): string {
  const { quantities } = device;
  if (quantities.includes("station_state")) return mdiEvStation;
  if (!quantities.some((quantity) => COUNTERS.some(([, one]) => one === quantity))) {
    if (/breaker_state|contact_state/.test(quantities.join())) return mdiElectricSwitch;
    if (/input_|output_/.test(quantities.join())) return mdiImport;
  }
  return FLUID_ICONS[device.fluid ?? ""] ?? mdiHelp;
}
