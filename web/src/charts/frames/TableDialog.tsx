import { useMemo, useState } from "react";

import { usePreferences } from "@/api/session";
import type { Frame } from "@/charts/channels/frame";
import { many, t } from "@/charts/text";
import type { ChannelLook } from "@/lib/activity/channels";
import { nearest, type Range } from "@/lib/activity/series";
import { duration, NOTHING, scaleOf } from "@/lib/units";
import { Pick } from "@/ui/controls/Field";
import { DataDialog } from "./DataDialog";

const STEPS_S = [10, 60, 300, 600];
const MOST_ROWS = 400;

/** A chart as a table: for ears, for reading off, and for pasting elsewhere. */
export function TableDialog({
  look,
  y,
  frame,
  range,
  onClose,
}: {
  look: ChannelLook;
  y: (number | null)[];
  frame: Frame;
  range: Range;
  onClose: () => void;
}) {
  const wish = usePreferences();
  const { time, distance } = frame;
  const [first, last] = [time[range.from] ?? 0, time[range.to] ?? 0];
  const [step, setStep] = useState(() => STEPS_S.find((seconds) => (last - first) / seconds <= 120) ?? 600);
  const scale = scaleOf("distance", wish);
  const rows = useMemo(() => {
    const out: string[][] = [];
    for (let at = first; at <= last && out.length < MOST_ROWS; at += step) {
      const i = nearest(time, at);
      const value = y[i];
      out.push([
        duration(at),
        ...(distance ? [scale.format(scale.of(distance[i] ?? 0))] : []),
        value === null || value === undefined ? NOTHING : look.scale.format(value),
      ]);
    }
    return out;
  }, [first, last, step, time, distance, y, look, scale]);
  const heads = [
    t("chart.time"),
    ...(distance ? [`${t("chart.distance")} (${scale.unit})`] : []),
    `${look.label} (${look.scale.unit})`,
  ];
  return (
    <DataDialog
      title={t("chart.table", { channel: look.label })}
      label={look.label}
      heads={heads}
      rows={rows}
      onClose={onClose}
    >
      <Pick
        name={t("chart.every")}
        value={step}
        onChange={(event) => {
          setStep(Number(event.target.value));
        }}
      >
        {STEPS_S.map((seconds) => (
          <option key={seconds} value={seconds}>
            {seconds < 60 ? t("chart.seconds", { count: seconds }) : many("chart.minutes", seconds / 60)}
          </option>
        ))}
      </Pick>
    </DataDialog>
  );
}
