import type { Zones } from "@/api/types";
import type { Scale } from "@/lib/units";
import { t } from "@/pages/activity/text";

export interface ZoneRow {
  /** From 1 the easiest; 0 is what lies below the first. */
  zone: number;
  range: string;
  seconds: number;
  share: { ofAll: number; ofMost: number };
}

/** Zones as rows: their bounds in the athlete's units, and their share of the total time and of the fullest zone. */
export function zoneRows(
  { bounds, seconds, below }: Pick<Zones, "bounds" | "seconds" | "below">,
  scale: Scale,
): ZoneRow[] {
  const times = [...(below >= 1 ? [[0, below] as const] : []), ...seconds.map((value, at) => [at + 1, value] as const)];
  const whole = times.reduce((sum, [, value]) => sum + value, 0) || 1;
  const most = Math.max(...times.map(([, value]) => value), 1);
  return times.map(([zone, value]) => ({
    zone,
    range: rangeOf(bounds, zone, scale),
    seconds: value,
    share: { ofAll: value / whole, ofMost: value / most },
  }));
}

function rangeOf(bounds: number[], zone: number, scale: Scale): string {
  const say = (at: number): string => scale.format(scale.of(bounds[at] ?? 0));
  if (zone === 0 || (zone === 1 && bounds[0] === 0)) return t("zones.under", { to: say(zone) });
  if (zone === bounds.length) return t("zones.over", { from: say(zone - 1) });
  return t("zones.between", { from: say(zone - 1), to: say(zone) });
}
