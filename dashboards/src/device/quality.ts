/** What last week's power quality was, from the sensor of the weekly check (S88). */

import { mdiSineWave } from "@mdi/js";
import type { Device } from "../backend/types";
import type { States } from "../hass/types";
import type { Key } from "../localize";
import type { Tone } from "./states";

const TONES = { ok: "good", ko: "bad", incomplete: "warn" } as const;

/** A verdict as its sensor has it, or `none` before the first check. */
export type Verdict = keyof typeof TONES | "none";

export interface WeekCheck {
  entityId: string;
  verdict: Verdict;
  tone: Tone;
  icon: string;
  text: Key;
  /** The week as `2026-W47`; empty before the first check. */
  week: string;
}

function isVerdict(state: string): state is keyof typeof TONES {
  return Object.hasOwn(TONES, state);
}

/** The last check of a power-quality device; undefined for every other device. */
export function weekCheckOf(device: Device, states: States): WeekCheck | undefined {
  const entityId = device.power_quality_entity;
  const entity = entityId ? states[entityId] : undefined;
  if (!entity || entity.state === "unavailable") return undefined;
  const verdict = isVerdict(entity.state) ? entity.state : "none";
  const { week } = entity.attributes;
  return {
    entityId: entity.entity_id,
    verdict,
    tone: verdict === "none" ? "calm" : TONES[verdict],
    icon: mdiSineWave,
    text: `week_check.${verdict}`,
    week: typeof week === "string" ? week : "",
  };
}
