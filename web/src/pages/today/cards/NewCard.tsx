import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { Today } from "@/api/types";
import { effortValue, sizeName } from "@/lib/activity/records";
import { day as dayWords } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { duration, told } from "@/lib/units";
import { ButtonLink } from "@/ui/controls/Button";
import { SportIcon } from "@/ui/pictures/Sport";
import { many, t } from "@/pages/today/text";
import { Frame } from "./Frame";

const ROW = "touch flex min-w-0 items-center gap-2.5 rounded-lg py-1 hover:bg-sunken/60";

/** Records and explorer tiles of the last two weeks. */
export function NewCard({ things }: { things: Today["new"] }) {
  const wish = usePreferences();
  return (
    <Frame of="new" to={routes.records}>
      {things.length === 0 && (
        <div className="flex flex-wrap items-center gap-3 text-sm text-ink-2">
          {t("new.none")}
          <ButtonLink to={routes.records}>{t("new.open")}</ButtonLink>
        </div>
      )}
      <ul>
        {things.map((thing) => (
          <li key={`${thing.activity}${thing.kind}${thing.effort ?? ""}${thing.size ?? ""}`}>
            <Link to={routes.activity(thing.activity)} className={ROW}>
              <SportIcon sport={thing.sport} size={18} />
              <span className="min-w-0 flex-1">
                <span className="block truncate text-sm font-medium">{thingWords(thing)}</span>
                <span className="label block truncate">
                  {[dayWords(thing.day, wish, "short"), thing.name].join(" · ")}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Frame>
  );

  function thingWords({ kind, effort, size, value, sport }: Today["new"][number]): string {
    if (kind === "tiles" || effort === null || size === null) return many("new.tiles", value);
    return t("new.record", { size: sizeName(effort, size), value: effortValue(effort, value, wish, sport) });
  }
}

/** What was done on this day in earlier years. */
export function MemoriesCard({ memories }: { memories: Today["on_this_day"] }) {
  const wish = usePreferences();
  return (
    <Frame of="memories">
      {memories.length === 0 && (
        <div className="flex flex-wrap items-center gap-3 text-sm text-ink-2">
          {t("memories.none")}
          <ButtonLink to={routes.calendar("year")}>{t("week.open")}</ButtonLink>
        </div>
      )}
      <ul>
        {memories.map((one) => (
          <li key={one.id}>
            <Link to={routes.activity(one.id)} className={ROW}>
              <SportIcon sport={one.sport} size={18} />
              <span className="min-w-0 flex-1">
                <span className="block truncate text-sm font-medium">{one.name}</span>
                <span className="label block truncate">
                  {[
                    many("memories.years", one.years),
                    ...(one.distance_m === null ? [] : [told("distance", one.distance_m, wish, one.sport)]),
                    ...(one.moving_s === null ? [] : [duration(one.moving_s)]),
                  ].join(" · ")}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Frame>
  );
}
