import { memo } from "react";

import { sportLook } from "@/lib/activity/sports";
import { decodePolyline, trackPath } from "@/lib/geo/polyline";
import { Icon } from "./Icon";

/** A small picture of a track; the sport's icon where there is none. */
export const TrackPicture = memo(function TrackPicture({
  thumb,
  sport,
  width = 56,
  height = 44,
}: {
  thumb: string | null;
  sport: string;
  width?: number;
  height?: number;
}) {
  const { colour, icon } = sportLook(sport);
  const path = thumb === null ? "" : trackPath(decodePolyline(thumb), width, height, 5);
  return (
    <span
      data-tone={colour}
      aria-hidden="true"
      className="grid shrink-0 place-items-center overflow-hidden rounded-lg bg-sunken text-(--tone)"
      style={{ width, height }}
    >
      {path === "" ? (
        <Icon name={icon} size={22} />
      ) : (
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} fill="none">
          <path d={path} stroke="currentColor" strokeWidth={1.6} strokeLinejoin="round" strokeLinecap="round" />
        </svg>
      )}
    </span>
  );
});
