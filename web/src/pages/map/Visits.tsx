import { Link } from "react-router";

import { useActivity } from "@/api/activities/activities";
import { usePreferences } from "@/api/session";
import type { TileState } from "@/api/types";
import { sportName } from "@/lib/activity/sports";
import { classes } from "@/lib/classes";
import { day } from "@/lib/dates";
import type { Tile } from "@/lib/geo/tiles";
import { routes } from "@/lib/routes";
import { IconButton } from "@/ui/controls/Button";
import { many, t } from "./text";

/** When the chosen tile was visited first, and with what. */
export function ChosenTile({ tile, tiles, onClose }: { tile: Tile; tiles: TileState; onClose: () => void }) {
  const wish = usePreferences();
  const at = tiles.x.findIndex((x, i) => x === tile.x && tiles.y[i] === tile.y);
  const first = tiles.first[at];
  const [on, activity] = first === undefined ? [undefined, undefined] : [tiles.days[first], tiles.activities[first]];
  return (
    <div
      role="status"
      data-testid="tile"
      className={classes(
        "card rise absolute bottom-10 left-2 flex max-w-[calc(100%-5rem)] items-start gap-2 py-2 pr-1",
        "pl-4 shadow-float",
      )}
    >
      <div className="min-w-0 py-1">
        <p className="label">{t("places.tile", { ...tile })}</p>
        <p className="font-semibold">
          {on === undefined ? t("places.tile_none") : t("places.tile_first", { day: day(on, wish) })}
        </p>
        {activity !== undefined && (
          <p className="text-sm">
            <ActivityLink id={activity} />
          </p>
        )}
      </div>
      <IconButton name={t("app.close")} icon="close" onClick={onClose} />
    </div>
  );
}

/** The last activities that led somewhere new. */
export function Newest({ tiles }: { tiles: TileState }) {
  const wish = usePreferences();
  if (tiles.newest.length === 0) return null;
  return (
    <section aria-labelledby="newest" className="card py-3">
      <h2 id="newest" className="px-4 pb-1 font-semibold">
        {t("places.newest")}
      </h2>
      <ul>
        {tiles.newest.map(({ activity, day: on, tiles: count }) => (
          <li key={activity} className="flex items-baseline justify-between gap-3 px-4 py-1 text-sm">
            <span className="min-w-0">
              <ActivityLink id={activity} />
              <span className="label block">{day(on, wish, "plain")}</span>
            </span>
            <span className="whitespace-nowrap text-ink-2">{many("places.new", count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ActivityLink({ id }: { id: string }) {
  const { data } = useActivity(id);
  return (
    <Link
      to={routes.activity(id)}
      className="touch block truncate font-medium text-accent underline-offset-4 hover:underline"
    >
      {data ? (data.name ?? sportName(data.sport)) : t("places.tile_open")}
    </Link>
  );
}
