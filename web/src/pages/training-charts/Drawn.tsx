import { usePreferences } from "@/api/session";
import { useCustomChart, type ChartDefinition } from "@/api/training/charts";
import { FrameChart, roomFor } from "@/charts/frames/FrameChart";
import { sportOfFamily } from "@/lib/activity/sports";
import { useNarrow } from "@/ui/hooks/media";
import { Failure, Waiting } from "@/ui/layout/States";
import { inUnits } from "./definition";
import { t } from "./text";

/** What a definition shows. */
export function Drawn({ definition, title }: { definition: ChartDefinition; title: string }) {
  const wish = usePreferences();
  const narrow = useNarrow();
  const { data, error, refetch } = useCustomChart(definition);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <Waiting>
        <div className="skeleton" style={{ height: roomFor(1, narrow) }} />
      </Waiting>
    );
  const frame = inUnits(data, definition.sport, wish);
  const below = frame.x.scale === "linear" && frame.x.unit !== "";
  return (
    <>
      <FrameChart
        key={JSON.stringify(definition)}
        frame={frame}
        title={title}
        {...(definition.sport !== null && { sport: sportOfFamily(definition.sport) })}
        empty={t("charts.empty")}
      />
      {frame.x.scale === "linear" && frame.x.values.length > 0 && (
        <p className="pb-1 text-center text-xs text-ink-2">
          {below ? t("charts.axis", { name: frame.x.label, unit: frame.x.unit }) : frame.x.label}
        </p>
      )}
    </>
  );
}
