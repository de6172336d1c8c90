import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { RouteItem, SegmentTime } from "@/api/types";
import type { Stretch } from "@/charts/channels/frame";
import { routes } from "@/lib/routes";
import { duration, told } from "@/lib/units";
import { showStretch } from "@/pages/activity/picture/stretch";
import { many, t } from "@/pages/activity/text";
import { IconButton } from "@/ui/controls/Button";
import { Section } from "@/ui/layout/Page";
import { Icon } from "@/ui/pictures/Icon";
import { Medal } from "@/ui/values/Medal";

const MEDALS = 3;

/** The route that the activity followed, and how often it was followed. */
export function RouteLine({ route }: { route: RouteItem | null }) {
  if (route === null) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2 px-1 text-sm" data-testid="route">
      <Icon name="route" size={18} className="text-ink-3" />
      <span className="text-ink-2">{t("courses.of_activity")}</span>
      <Link to={routes.route(route.id)} className="font-medium text-accent underline-offset-4 hover:underline">
        {route.name}
      </Link>
      <span className="text-ink-2">{many("segments.times", route.times)}</span>
    </p>
  );
}

/** The segments that the activity went along: how fast, and how that ranks. */
export function SegmentTimes({ times, onSelect }: { times: SegmentTime[]; onSelect: (stretch: Stretch) => void }) {
  const wish = usePreferences();
  if (times.length === 0) return null;
  return (
    <Section title={t("segments.of_activity")} id="segments">
      <ul className="card divide-y divide-line">
        {times.map((time) => (
          <li key={`${time.segment} ${time.start_s}`} className="flex items-center gap-3 px-4 py-2">
            <span className="w-6 shrink-0">
              {time.rank !== null && time.rank <= MEDALS && (
                <Medal
                  rank={time.rank}
                  title={
                    time.rank === 1 ? t("segments.pr") : t("segments.rank_of", { rank: time.rank, count: time.of })
                  }
                />
              )}
            </span>
            <span className="min-w-0 flex-1">
              <Link
                to={routes.segment(time.segment)}
                className="touch block truncate font-medium underline-offset-4 hover:underline"
              >
                {time.name}
              </Link>
              <span className="label block">{standing(time)}</span>
            </span>
            <span className="text-right">
              <span className="block font-semibold">{duration(time.elapsed_s)}</span>
              <span className="label block">
                {[
                  time.avg_power_w === null ? null : told("power", time.avg_power_w, wish),
                  time.avg_hr_bpm === null ? null : told("heart_rate", time.avg_hr_bpm, wish),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
            <IconButton
              name={t("segments.show", { name: time.name })}
              icon="fit"
              onClick={() => {
                showStretch(onSelect, { from: time.start_s, to: time.start_s + time.elapsed_s });
              }}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function standing({ rank, of, rank_year, elapsed_s, best_s }: SegmentTime): string {
  const late = elapsed_s - best_s;
  return [
    rank === 1 ? t("segments.pr") : null,
    rank === null ? null : t("segments.rank_of", { rank, count: of }),
    rank_year !== null && rank !== null && rank_year <= MEDALS && rank > rank_year
      ? t("segments.rank_year", { rank: rank_year })
      : null,
    late >= 0.5 ? t("segments.behind_best", { time: duration(late) }) : null,
  ]
    .filter(Boolean)
    .join(" · ");
}
