/** What stands for a zone, a station's state and an event, beside its colour. */

import {
  mdiAccountClock,
  mdiAlertCircle,
  mdiAlertOctagon,
  mdiAlertOutline,
  mdiArrowDownBold,
  mdiArrowUpBold,
  mdiBatteryCheck,
  mdiCarElectric,
  mdiCheckCircle,
  mdiClockOutline,
  mdiEvStation,
  mdiHelpCircleOutline,
  mdiLanDisconnect,
  mdiPause,
  mdiPlay,
  mdiPowerPlugOutline,
  mdiPowerStandby,
  mdiSignalVariant,
  mdiSwapVertical,
  mdiTimerSand,
} from "@mdi/js";
import type { StationState } from "./stations";
import type { ShownZone } from "./zones";

export const ZONE_ICONS: Readonly<Record<ShownZone, string>> = {
  green: mdiCheckCircle,
  yellow: mdiAlertOutline,
  red: mdiAlertOctagon,
  unknown: mdiHelpCircleOutline,
};

export const STATION_ICONS: Readonly<Record<StationState, string>> = {
  available: mdiEvStation,
  charging: mdiCarElectric,
  starting: mdiPlay,
  waiting: mdiTimerSand,
  held: mdiAccountClock,
  suspended: mdiPause,
  finished: mdiBatteryCheck,
  connected: mdiPowerPlugOutline,
  fault: mdiAlertCircle,
  lost: mdiLanDisconnect,
  off: mdiPowerStandby,
  unknown: mdiHelpCircleOutline,
};

const EVENT_ICONS: readonly (readonly [RegExp, string])[] = [
  [/^zone_changed$/, mdiSwapVertical],
  [/^(raised|resumed|started|released_by_user)$/, mdiArrowUpBold],
  [/reduced|capped|fallback|last_resort/, mdiArrowDownBold],
  [/stopped|gave_way|held_by_user/, mdiPause],
  [/lost|refused|ignored|management_off/, mdiAlertCircle],
  [/^session_/, mdiPowerPlugOutline],
  [/back|followed|repeated/, mdiSignalVariant],
];

export function eventIcon(kind: string): string {
  return EVENT_ICONS.find(([pattern]) => pattern.test(kind))?.[1] ?? mdiClockOutline;
}
