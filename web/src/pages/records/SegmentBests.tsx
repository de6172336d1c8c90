import { useMemo } from "react";
import { Link } from "react-router";

import { useSegments } from "@/api/places/segments";
import { usePreferences } from "@/api/session";
import { sportOfFamily } from "@/lib/activity/sports";
import { familyName } from "@/lib/charts/frames";
import { routes } from "@/lib/routes";
import { duration, told } from "@/lib/units";
import { ButtonLink } from "@/ui/controls/Button";
import { Section } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { TrackPicture } from "@/ui/pictures/Track";
import { many, t } from "./text";

/** The best time on every segment that was done, sport by sport. */
export function SegmentBests() {
  const wish = usePreferences();
  const { data, error, refetch } = useSegments();
  const done = useMemo(
    () => (data ?? []).filter(({ best_s }) => best_s !== null).sort((a, b) => a.name.localeCompare(b.name)),
    [data],
  );
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <Waiting>
        <div className="skeleton h-64" />
      </Waiting>
    );
  if (done.length === 0) {
    return (
      <div className="card">
        <Empty icon="segment" title={t("segments.none")} hint={t("records.segments_none")}>
          <ButtonLink to={routes.segments}>{t("segments.title")}</ButtonLink>
        </Empty>
      </div>
    );
  }
  return [...new Set(done.map(({ family }) => family))].sort().map((family) => (
    <Section key={family} title={familyName(family)}>
      <ul className="card divide-y divide-line">
        {done
          .filter((segment) => segment.family === family)
          .map(({ id, name, line, length_m, efforts, best_s }) => (
            <li key={id}>
              <Link to={routes.segment(id)} className="flex items-center gap-4 px-4 py-2 hover:bg-sunken/60">
                <TrackPicture thumb={line} sport={sportOfFamily(family)} />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{name}</span>
                  <span className="label block">
                    {[told("distance", length_m, wish), many("segments.times", efforts)].join(" · ")}
                  </span>
                </span>
                <span className="text-right">
                  <span className="block font-semibold">{duration(best_s)}</span>
                  <span className="label block">
                    {told("speed", length_m / (best_s ?? 1), wish, sportOfFamily(family))}
                  </span>
                </span>
              </Link>
            </li>
          ))}
      </ul>
    </Section>
  ));
}
