import { useMemo, useState } from "react";

import { usePreferences, useSession } from "@/api/session";
import { Cursor } from "@/charts/channels/cursor";
import { sportLook, sportOfFamily } from "@/lib/activity/sports";
import { decodePolyline } from "@/lib/geo/polyline";
import { bareLine } from "@/lib/geo/track";
import { TrackMap } from "./TrackMap";

/** A course on a map, without any charts that belong to it. */
export function PlainMap({
  line,
  family,
  className = "h-72 md:h-80",
}: {
  line: string;
  family: string;
  className?: string;
}) {
  const wish = usePreferences();
  const { data: session } = useSession();
  const [cursor] = useState(() => new Cursor());
  const track = useMemo(() => bareLine(decodePolyline(line)), [line]);
  if (!session || track.time.length < 2) return null;
  return (
    <div className={`card relative overflow-hidden ${className}`}>
      <TrackMap
        line={track}
        tone={`sport-${sportLook(sportOfFamily(family)).colour}`}
        setting={session.map}
        stretch={null}
        cursor={cursor}
        imperial={wish.units === "imperial"}
      />
    </div>
  );
}
