import type { ReactNode } from "react";

import { useChart } from "@/api/numbers";
import type { ChartQuery } from "@/api/numbers";
import type { NamedDays } from "@/charts/health/trend/trend";
import type { FrameBody } from "@/lib/charts/frames";
import { useNarrow } from "@/ui/hooks/media";
import { Failure, Waiting } from "@/ui/layout/States";
import { FrameChart, roomFor } from "./FrameChart";

/** A chart of the server, asked for and drawn; `children` stand between its choices and its picture. */
export function ChartOf({
  chart,
  query,
  title,
  sport,
  hide,
  notes,
  empty,
  height,
  plots = 1,
  children,
}: {
  chart: string;
  query: ChartQuery;
  title: string;
  sport?: string;
  hide?: readonly string[];
  /** What was noted of its days. */
  notes?: readonly NamedDays[];
  empty?: ReactNode;
  height?: number;
  /** How many plots stand below each other in it. */
  plots?: number;
  children?: (frame: FrameBody) => ReactNode;
}) {
  const { data, error, refetch } = useChart(chart, query);
  const narrow = useNarrow();
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <Waiting>
        <div className="skeleton" style={{ height: roomFor(plots, narrow, height) }} />
      </Waiting>
    );
  return (
    <>
      {children?.(data)}
      <FrameChart
        frame={data}
        title={title}
        {...(sport && { sport })}
        {...(hide && { hide })}
        {...(notes && { notes })}
        {...(empty !== undefined && { empty })}
        {...(height && { height })}
      />
    </>
  );
}
