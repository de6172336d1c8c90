import { STAGES, type StageSpan } from "@/lib/health/night";
import { span } from "@/lib/units";
import { STAGE_TONES, stageName } from "./stages";
import { t } from "@/charts/health/text";

/** The stages of a night, a row each, between two instants; stages that follow each other are joined by a thin line. */
export function Hypnogram({
  stages,
  start_ms,
  end_ms,
  rowHeight = 18,
}: {
  stages: readonly StageSpan[];
  start_ms: number;
  end_ms: number;
  rowHeight?: number;
}) {
  const height = rowHeight * STAGES.length;
  const share = (at: number): number => (100 * (at - start_ms)) / (end_ms - start_ms);
  const middle = (stage: StageSpan): number => (STAGES.indexOf(stage.stage) + 0.5) * rowHeight;
  const rows = stages.filter(({ stage }) => stage !== "unmeasured");
  return (
    <svg
      role="img"
      aria-label={t("health_chart.hypnogram", { stages: sumOfStages(rows) })}
      viewBox={`0 0 100 ${height}`}
      preserveAspectRatio="none"
      className="block w-full"
      style={{ height }}
    >
      {STAGES.map((stage, row) => (
        <rect
          key={stage}
          width={100}
          height={rowHeight}
          y={row * rowHeight}
          fill={row % 2 === 0 ? "var(--band)" : "none"}
        />
      ))}
      {rows.slice(1).map((next, i) => {
        const last = rows[i];
        if (!last || last.end_ms !== next.start_ms) return null;
        return (
          <line
            key={next.start_ms}
            x1={share(next.start_ms)}
            x2={share(next.start_ms)}
            y1={middle(last)}
            y2={middle(next)}
            stroke="var(--line-strong)"
            vectorEffect="non-scaling-stroke"
          />
        );
      })}
      {rows.map((stage) => (
        <rect
          key={stage.start_ms}
          x={share(stage.start_ms)}
          width={share(stage.end_ms) - share(stage.start_ms)}
          y={STAGES.indexOf(stage.stage) * rowHeight + 0.15 * rowHeight}
          height={0.7 * rowHeight}
          fill={STAGE_TONES[stage.stage]}
        />
      ))}
    </svg>
  );
}

/** How long each stage lasted, in words. */
function sumOfStages(stages: readonly StageSpan[]): string {
  const sums = STAGES.map((stage) => {
    const parts = stages.filter((one) => one.stage === stage);
    return [stage, parts.reduce((sum, { start_ms, end_ms }) => sum + (end_ms - start_ms) / 1000, 0)] as const;
  });
  return sums
    .filter(([, seconds]) => seconds > 0)
    .map(([stage, seconds]) => `${stageName(stage)} ${span(seconds)}`)
    .join(", ");
}
