import type { HealthNight } from "@/api/types";
import { STAGE_TONES, stageName } from "@/charts/health/lanes/stages";
import type { Stage } from "@/lib/health/night";
import { span } from "@/lib/units";

/** How long each stage of a night lasted; stages that its source does not have are left out. */
export function StageSums({ stages }: { stages: HealthNight["stages"] }) {
  const sums: [stage: Stage, seconds: number | null][] = [
    ["deep", stages.deep_s],
    ["light", stages.light_s],
    ["rem", stages.rem_s],
    ["awake", stages.awake_s],
  ];
  return (
    <dl className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {sums.map(
        ([stage, seconds]) =>
          seconds !== null && (
            <div key={stage} className="flex items-center gap-1.5">
              <span aria-hidden="true" className="size-2.5 rounded-xs" style={{ background: STAGE_TONES[stage] }} />
              <dt className="text-ink-2">{stageName(stage)}</dt>
              <dd className="font-medium">{span(seconds)}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
