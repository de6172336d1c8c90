import type { ReactNode } from "react";

import { usePreferences } from "@/api/session";
import type { CorrectionChart, CorrectionPreview } from "@/api/types";
import { humanise } from "@/lib/activity/sports";
import { rangeOf } from "@/lib/charts/axis";
import { known } from "@/lib/text";
import { duration, told, type Measure } from "@/lib/units";
import { t } from "@/pages/activity/text";
import { Table } from "@/ui/values/Table";

const WIDTH = 600;
const HEIGHT = 120;
const MEASURES: [end: string, measure: Measure][] = [
  ["hr_bpm", "heart_rate"],
  ["power_w", "power"],
  ["cadence_rpm", "cadence"],
  ["speed_mps", "speed"],
  ["temperature_c", "temperature"],
  ["calories_kcal", "energy"],
  ["distance_m", "distance"],
  ["cent_m", "elevation"],
];

interface Props {
  preview: CorrectionPreview;
  sport: string;
  /** What lies over the chart, given the first and the last second of it. */
  over?: ((first: number, last: number) => ReactNode) | undefined;
}

/** What a correction would change: a channel, and the totals that differ, of both parts where it makes two. */
export function BeforeAfter({ preview, sport, over }: Props) {
  const wish = usePreferences();
  const shown = (key: string, value: number | null | undefined): string => {
    const measure = MEASURES.find(([end]) => key.endsWith(end))?.[1];
    return measure === undefined ? duration(value) : told(measure, value, wish, sport);
  };
  const nothing = !preview.is_changed || preview.changes.length === 0;
  const { rest } = preview;
  return (
    <div className="flex flex-col gap-4" data-testid="before-after">
      {preview.chart && (preview.is_changed || over) && (
        <Chart chart={preview.chart} isSplit={rest !== null} over={over} />
      )}
      {nothing ? (
        <p className="text-sm text-ink-2">{t(preview.is_changed ? "tools.same" : "tools.nothing")}</p>
      ) : (
        <Table
          label={t("tools.title")}
          rows={preview.changes}
          keyOf={(key) => key}
          columns={[
            { head: t("tools.figure"), words: true, cell: (key) => humanise(known("field", key) ?? key) },
            ...(rest ? [] : [{ head: t("tools.before"), cell: (key: string) => shown(key, preview.before[key]) }]),
            { head: t(rest ? "tools.first" : "tools.after"), cell: (key) => shown(key, preview.after[key]) },
            ...(rest ? [{ head: t("tools.second"), cell: (key: string) => shown(key, rest[key]) }] : []),
          ]}
        />
      )}
    </div>
  );
}

/** A channel over time, as it was in grey and as it would be on top. */
function Chart({ chart, isSplit, over }: { chart: CorrectionChart; isSplit: boolean; over: Props["over"] }) {
  const range = rangeOf([...chart.before, ...chart.after], 0);
  const [first, last] = [chart.time_s[0] ?? 0, chart.time_s.at(-1) ?? 0];
  if (!range || first === last) return null;
  const [bottom, top] = range[0] === range[1] ? [range[0] - 1, range[1] + 1] : range;
  const line = (values: readonly (number | null)[]): string =>
    values
      .map((value, at) => {
        if (value === null) return "";
        const x = (WIDTH * ((chart.time_s[at] ?? 0) - first)) / (last - first);
        const y = HEIGHT - (HEIGHT * (value - bottom)) / (top - bottom);
        const before = at === 0 ? null : values[at - 1];
        return `${before === null || before === undefined ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
      })
      .join("");
  const channel = known("channel", chart.channel) ?? humanise(chart.channel);
  const stroke = { fill: "none", strokeLinejoin: "round" as const, vectorEffect: "non-scaling-stroke" as const };
  return (
    <figure>
      <figcaption className="mb-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <span className="font-medium">{channel}</span>
        <Key colour="var(--ink-3)" name={t(isSplit ? "tools.second" : "tools.before")} />
        <Key colour="var(--accent)" name={t(isSplit ? "tools.first" : "tools.after")} />
      </figcaption>
      <div className="relative">
        <svg
          role="img"
          aria-label={t("tools.chart", { channel })}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="block h-32 w-full overflow-visible rounded-lg bg-sunken"
        >
          <path d={line(chart.before)} stroke="var(--ink-3)" strokeWidth={1.2} {...stroke} />
          <path d={line(chart.after)} stroke="var(--accent)" strokeWidth={1.8} {...stroke} />
        </svg>
        {over?.(first, last)}
      </div>
    </figure>
  );
}

function Key({ colour, name }: { colour: string; name: string }) {
  return (
    <span className="label inline-flex items-center gap-1.5">
      <span className="h-0.5 w-4" style={{ background: colour }} aria-hidden />
      {name}
    </span>
  );
}
