import type { HealthCourse } from "@/api/types";
import type { Lane, LaneShape } from "@/charts/health/lanes/lane";
import { healthScale } from "@/lib/health/values";
import type { Preferences } from "@/lib/preferences";

interface Look {
  shape: LaneShape;
  tone: string;
  ends?: [low: number, high: number];
}

/** How courses are drawn, by their kind; others are not drawn. */
const LOOKS: Record<string, Look> = {
  body_battery: { shape: "area", tone: "var(--accent)", ends: [0, 100] },
  stress: { shape: "bars", tone: "var(--chart-cadence)", ends: [0, 100] },
  heart_rate_bpm: { shape: "line", tone: "var(--chart-heart-rate)" },
  hrv_ms: { shape: "line", tone: "var(--chart-power)" },
  steps: { shape: "bars", tone: "var(--sport-walk)" },
  respiration_brpm: { shape: "line", tone: "var(--chart-temperature)" },
  spo2_pct: { shape: "dots", tone: "var(--chart-speed)" },
};

/** The courses of these kinds as lanes, in the order of the kinds. */
export function lanesOf(courses: readonly HealthCourse[], kinds: readonly string[], wish: Preferences): Lane[] {
  return kinds.flatMap((kind) => {
    const course = courses.find(({ key, values }) => key === kind && values.some((value) => value !== null));
    const look = LOOKS[kind];
    if (!course || !look) return [];
    return [{ key: kind, name: course.name, scale: healthScale(course, wish), course, ...look }];
  });
}
