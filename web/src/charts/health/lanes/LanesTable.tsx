import { useMemo } from "react";

import { usePreferences } from "@/api/session";
import { DataDialog } from "@/charts/frames/DataDialog";
import { clock } from "@/lib/dates";
import { valueNear } from "@/lib/health/courses";
import { localTime, stageAt, type StageSpan } from "@/lib/health/night";
import { NOTHING } from "@/lib/units";
import type { Lane, Window } from "./lane";
import { stageName } from "./stages";
import { t } from "@/charts/health/text";

const STEP_MS = 900_000;

/** Courses as a table, a row for each quarter of an hour. */
export function LanesTable({
  title,
  lanes,
  window: { start_ms, end_ms, offset_s },
  stages,
  onClose,
}: {
  title: string;
  lanes: readonly Lane[];
  window: Window;
  stages: readonly StageSpan[];
  onClose: () => void;
}) {
  const wish = usePreferences();
  const rows = useMemo(() => {
    const cell = ({ course, scale }: Lane, at: number): string => {
      const value = valueNear(course, at);
      return value === null ? NOTHING : scale.format(scale.of(value));
    };
    const made: string[][] = [];
    for (let at = start_ms; at <= end_ms; at += STEP_MS) {
      const stage = stageAt(stages, at);
      made.push([
        clock(localTime(at, offset_s), wish),
        ...(stages.length > 0 ? [stage ? stageName(stage) : NOTHING] : []),
        ...lanes.map((lane) => cell(lane, at)),
      ]);
    }
    return made;
  }, [lanes, stages, start_ms, end_ms, offset_s, wish]);
  const heads = [
    t("health_chart.at"),
    ...(stages.length > 0 ? [t("health_chart.stage")] : []),
    ...lanes.map(({ name, scale: { unit } }) => (unit === "" ? name : `${name} (${unit})`)),
  ];
  return <DataDialog title={title} label={title} heads={heads} rows={rows} onClose={onClose} />;
}
