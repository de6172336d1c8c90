import { clock, weekday } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";

export type Stage = "deep" | "light" | "rem" | "awake" | "unmeasured";

/** A stretch of one stage of sleep, ms UTC. */
export interface StageSpan {
  start_ms: number;
  end_ms: number;
  stage: Stage;
}

/** The stages from top to bottom of a hypnogram. */
export const STAGES: readonly Stage[] = ["awake", "rem", "light", "deep"];

/** The local time of an instant as `2026-11-20T07:30:00`. */
export const localTime = (at_ms: number, offset_s: number): string =>
  new Date(at_ms + offset_s * 1000).toISOString().slice(0, 19);

/** From when to when a night lasted, in local times: `Mon 23:40 – Tue 06:30`. */
export function nightSpan(start: string, end: string, wish: Preferences): string {
  const side = (at: string): string => `${weekday(at.slice(0, 10))} ${clock(at, wish)}`;
  return `${side(start)} – ${side(end)}`;
}

/** The stage at an instant; null between the stages. */
export const stageAt = (stages: readonly StageSpan[], at_ms: number): Stage | null =>
  stages.find(({ start_ms, end_ms }) => at_ms >= start_ms && at_ms < end_ms)?.stage ?? null;
