import type { ReactNode } from "react";

import { useChart } from "@/api/numbers";
import type { ChartQuery } from "@/api/numbers";
import type { FrameBody } from "@/lib/frames";
import { Failure, Waiting } from "@/ui/States";
import { FrameChart } from "./FrameChart";

/** A chart of the server, asked for and drawn; `children` stand between its choices and its picture. */
export function ChartOf({ chart, query, title, sport, hide, empty, height, children }: {
  chart: string;
  query: ChartQuery;
  title: string;
  sport?: string;
  hide?: readonly string[];
  empty?: ReactNode;
  height?: number;
  children?: (frame: FrameBody) => ReactNode;
}) {
  const { data, error, refetch } = useChart(chart, query);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting><div className="skeleton h-72" /></Waiting>;
  return (
    <>
      {children?.(data)}
      <FrameChart frame={data} title={title} {...(sport && { sport })} {...(hide && { hide })} {...(empty !== undefined && { empty })} {...(height && { height })} />
    </>
  );
}
