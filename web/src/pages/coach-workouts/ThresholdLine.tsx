import { Link } from "react-router";

import type { WorkoutWhole } from "@/api/coach/workouts";
import { usePreferences } from "@/api/session";
import { known } from "@/lib/text";
import { routes } from "@/lib/routes";
import { told, type Measure } from "@/lib/units";
import { t } from "./text";
import { lookOf } from "./words";

const OF: Record<string, { key: string; measure: Measure }> = {
  ride: { key: "ftp_w", measure: "power" },
  brick: { key: "ftp_w", measure: "power" },
  run: { key: "threshold_speed_mps", measure: "speed" },
  walk: { key: "threshold_speed_mps", measure: "speed" },
  hike: { key: "threshold_speed_mps", measure: "speed" },
  row: { key: "threshold_speed_mps", measure: "speed" },
  ski: { key: "threshold_speed_mps", measure: "speed" },
  swim: { key: "css_mps", measure: "speed" },
};

/** Which threshold a workout's per cent are of, and where to set it if it is not known. */
export function ThresholdLine({ workout }: { workout: Pick<WorkoutWhole, "sport" | "thresholds"> }) {
  const wish = usePreferences();
  const of = OF[workout.sport];
  if (!of) return null;
  const value = workout.thresholds[of.key as "ftp_w" | "threshold_speed_mps" | "css_mps"];
  const threshold = known("threshold", of.key) ?? of.key;
  return (
    <p className="mb-3 text-sm text-ink-2">
      {value === null ? (
        <>
          {`${t("workouts.threshold_unknown", { threshold })} `}
          <Link to={routes.settings("athlete")} className="text-accent underline underline-offset-4">
            {t("workouts.set_threshold")}
          </Link>
        </>
      ) : (
        t("workouts.based_on", { threshold, value: told(of.measure, value, wish, lookOf(workout.sport)) })
      )}
    </p>
  );
}
