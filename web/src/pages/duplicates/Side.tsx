import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { QuestionSide } from "@/api/types";
import { Provenance } from "@/features/Provenance";
import { formatName } from "@/lib/activity/merging";
import { kindName } from "@/lib/activity/sports";
import { classes } from "@/lib/classes";
import { clock, day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { duration, told } from "@/lib/units";
import { SportTag } from "@/ui/pictures/Sport";
import { TrackPicture } from "@/ui/pictures/Track";
import { t } from "./text";

/** One of two recordings that may be one workout; what differs from the other one stands out. */
export function Side({ side, other, label }: { side: QuestionSide; other: QuestionSide; label: string }) {
  const wish = usePreferences();
  const { activity, sport, elapsed_s, distance_m, date_only } = side;
  const kind = kindName(activity.sub_sport);
  const at = (one: QuestionSide): string =>
    one.date_only ? t("duplicates.day_only") : clock(one.activity.start_local, wish);
  const rows = [
    {
      name: t("column.date"),
      value: day(activity.start_local, wish),
      differs: activity.start_local.slice(0, 10) !== other.activity.start_local.slice(0, 10),
    },
    { name: t("add.start"), value: at(side), differs: at(side) !== at(other) },
    {
      name: t("total.elapsed"),
      value: date_only && elapsed_s === 0 ? duration(null) : duration(elapsed_s),
      differs: elapsed_s !== other.elapsed_s,
    },
    {
      name: t("total.distance"),
      value: told("distance", distance_m, wish, sport),
      differs: distance_m !== other.distance_m,
    },
  ];
  return (
    <article aria-label={label} className="card min-w-0 p-4">
      <div className="flex items-start gap-3">
        <TrackPicture thumb={activity.thumb} sport={sport} width={96} height={72} />
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold break-words">
            <Link to={routes.activity(activity.id)} className="underline-offset-4 hover:underline">
              {side.name ?? activity.name}
            </Link>
          </h2>
          <p
            className={classes(
              "mt-0.5 flex flex-wrap items-center gap-x-1.5 text-sm",
              sport === other.sport && activity.sub_sport === other.activity.sub_sport ? "text-ink-2" : "font-medium",
            )}
          >
            <SportTag sport={sport} />
            {kind !== null && <span>· {kind}</span>}
          </p>
          <div className="mt-2 flex flex-wrap items-center gap-1.5">
            <span className="rounded-md bg-sunken px-2 py-0.5 font-mono text-xs font-semibold">
              {formatName(side.format)}
            </span>
            {side.sources.length > 0 && <Provenance sources={side.sources} />}
          </div>
        </div>
      </div>
      <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-2 text-sm sm:grid-cols-4">
        {rows.map(({ name, value, differs }) => (
          <div key={name} className="min-w-0">
            <dt className="label">{name}</dt>
            <dd className={differs ? "font-semibold" : "text-ink-2"}>{value}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
