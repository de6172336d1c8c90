import { lazy, Suspense, useMemo, useState } from "react";

import { usePreferences, useSession } from "@/api/session";
import { decodePolyline } from "@/lib/polyline";
import { sportLook, sportOfFamily } from "@/lib/sports";
import { Cursor } from "./cursor";
import { bareLine } from "./track";

const TrackMap = lazy(() => import("./TrackMap"));

/** A course on a map, without any charts that belong to it. */
export function PlainMap({ line, family, className = "h-72 md:h-80" }: { line: string; family: string; className?: string }) {
  const wish = usePreferences();
  const { data: session } = useSession();
  const [cursor] = useState(() => new Cursor());
  const track = useMemo(() => bareLine(decodePolyline(line)), [line]);
  if (!session || track.time.length < 2) return null;
  return (
    <div className={`card relative overflow-hidden ${className}`}>
      <Suspense fallback={<div className="skeleton h-full" />}>
        <TrackMap
          line={track} tone={`sport-${sportLook(sportOfFamily(family)).colour}`} setting={session.map} stretch={null}
          cursor={cursor} imperial={wish.units === "imperial"}
        />
      </Suspense>
    </div>
  );
}
