import { Link } from "react-router";

import type { PlannedSession } from "@/api/coach/plans";
import { usePreferences } from "@/api/session";
import type { ActivityItem } from "@/api/types";
import { sportLook, sportName } from "@/lib/activity/sports";
import type { Preferences } from "@/lib/preferences";
import { routes } from "@/lib/routes";
import { span, told } from "@/lib/units";
import { Icon } from "@/ui/pictures/Icon";
import { t } from "@/pages/calendar/text";

/** How long an activity took and how far it went, in few words. */
export function briefly(item: ActivityItem, wish: Preferences): string {
  const seconds = item.moving_s ?? item.elapsed_s;
  const swum = sportLook(item.sport).pace === "swim";
  return [
    seconds === null ? null : span(seconds),
    item.distance_m === null || item.distance_m <= 0
      ? null
      : told("distance", item.distance_m, wish, item.sport, swum ? 0 : 1),
  ]
    .filter((words) => words !== null)
    .join(" · ");
}

/** That an activity did what was planned. */
export function PlannedMark({ session }: { session: PlannedSession }) {
  const words = [t("calendar.did", { title: session.title }), session.label].filter(Boolean).join(", ");
  return (
    <span title={words} className="shrink-0 text-accent">
      <Icon name="check" size={14} />
      <span className="sr-only">{words}</span>
    </span>
  );
}

/** One activity within a day: its sport's icon and colour, its name, its time and distance. */
export function Chip({ item, session }: { item: ActivityItem; session: PlannedSession | undefined }) {
  const wish = usePreferences();
  const { icon, colour } = sportLook(item.sport);
  const name = item.name ?? sportName(item.sport);
  const aside = briefly(item, wish);
  return (
    <Link
      to={routes.activity(item.id)}
      tabIndex={-1}
      data-tone={colour}
      title={aside === "" ? name : `${name} · ${aside}`}
      className="block min-w-0 rounded-md border-l-3 border-(--tone) bg-sunken px-1.5 py-0.5 text-xs hover:bg-line"
    >
      <span className="flex min-w-0 items-center gap-1">
        <span className="text-(--tone)">
          <Icon name={icon} size={14} />
        </span>
        <span className="sr-only">{sportName(item.sport)}</span>
        <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
        {session && <PlannedMark session={session} />}
      </span>
      {aside !== "" && <span className="block truncate text-ink-2">{aside}</span>}
    </Link>
  );
}
