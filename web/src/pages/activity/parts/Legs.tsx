import { Link } from "react-router";

import { useActivity } from "@/api/activities/activities";
import { usePreferences } from "@/api/session";
import { routes } from "@/lib/routes";
import { duration, told } from "@/lib/units";
import { t } from "@/pages/activity/text";
import { Section } from "@/ui/layout/Page";
import { SportTag } from "@/ui/pictures/Sport";
import { TrackPicture } from "@/ui/pictures/Track";

/** The legs of a multisport activity, each a page of its own. */
export function Legs({ legs }: { legs: string[] }) {
  if (legs.length === 0) return null;
  return (
    <Section title={t("activity.legs")}>
      <ol className="card divide-y divide-line">
        {legs.map((id) => (
          <li key={id}>
            <Leg id={id} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Leg({ id }: { id: string }) {
  const wish = usePreferences();
  const { data } = useActivity(id);
  if (!data) return <div className="m-3 skeleton h-11" />;
  return (
    <Link to={routes.activity(id)} className="flex items-center gap-4 px-4 py-2.5 hover:bg-sunken/60">
      <TrackPicture thumb={data.thumb} sport={data.sport} />
      <span className="min-w-0 flex-1 truncate font-medium">
        <SportTag sport={data.sport} />
      </span>
      <span>{told("distance", data.distance_m, wish, data.sport)}</span>
      <span className="w-20 text-right">{duration(data.moving_s ?? data.elapsed_s)}</span>
      <span className="w-24 text-right max-sm:hidden">{told("speed", data.avg_speed_mps, wish, data.sport)}</span>
    </Link>
  );
}
