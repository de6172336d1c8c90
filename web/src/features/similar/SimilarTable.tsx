import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { SimilarActivity } from "@/api/types";
import { sportLook } from "@/lib/activity/sports";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { duration, told } from "@/lib/units";
import { Table, type ColumnOf } from "@/ui/values/Table";
import { t } from "./text";

const FIRST = 5;

/** Activities like one, why they are, and a link that lays each beside it. */
export function SimilarTable({
  activity,
  sport,
  items,
  to = (id) => routes.activityCompare(activity, id),
}: {
  activity: string;
  sport: string;
  items: SimilarActivity[];
  /** Where one is compared with it. */
  to?: (id: string) => string;
}) {
  const wish = usePreferences();
  const some = (field: "avg_hr_bpm" | "avg_power_w"): boolean => items.some((item) => item[field] !== null);
  const columns: ColumnOf<SimilarActivity>[] = [
    {
      head: t("similar.activity"),
      words: true,
      cell: (item) => (
        <Link
          to={routes.activity(item.activity)}
          className="touch inline-flex max-w-56 flex-col justify-center underline-offset-4 hover:underline"
        >
          <span className="truncate font-medium">{item.name}</span>
          <span className="label">{day(item.day, wish, "plain")}</span>
        </Link>
      ),
    },
    {
      head: t("similar.compare"),
      cell: (item) => (
        <Link
          to={to(item.activity)}
          aria-label={t("similar.compare_with", { name: item.name, day: day(item.day, wish, "plain") })}
          className="touch inline-flex items-center font-medium text-accent underline-offset-4 hover:underline"
        >
          {t("similar.compare")}
        </Link>
      ),
    },
    { head: t("total.moving"), cell: ({ moving_s }) => <span className="font-semibold">{duration(moving_s)}</span> },
    {
      head: t(sportLook(sport).pace === "speed" ? "total.speed" : "total.pace"),
      cell: ({ avg_speed_mps }) => told("speed", avg_speed_mps, wish, sport),
    },
    { head: t("total.distance"), cell: ({ distance_m }) => told("distance", distance_m, wish, sport) },
    { head: t("total.ascent"), cell: ({ ascent_m }) => told("elevation", ascent_m, wish) },
    ...(some("avg_hr_bpm")
      ? [{ head: t("total.heart_rate"), cell: (item: SimilarActivity) => told("heart_rate", item.avg_hr_bpm, wish) }]
      : []),
    ...(some("avg_power_w")
      ? [{ head: t("total.power"), cell: (item: SimilarActivity) => told("power", item.avg_power_w, wish) }]
      : []),
    {
      head: t("similar.why"),
      words: true,
      cell: ({ why }) => (why === "route" ? t("similar.route") : t("similar.place")),
    },
  ];
  return (
    <Table label={t("similar.table")} rows={items} columns={columns} keyOf={(item) => item.activity} first={FIRST} />
  );
}
