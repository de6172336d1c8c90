import { useState } from "react";
import { Link } from "react-router";

import { useFoundActivities } from "@/api/activities/search";
import { useSimilar } from "@/api/activities/beside";
import { usePreferences } from "@/api/session";
import type { Activity, ListedActivity } from "@/api/types";
import { SimilarTable } from "@/features/similar/SimilarTable";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { duration, told } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { SearchBox } from "@/ui/controls/Field";
import { useLater } from "@/ui/hooks/later";
import { Section } from "@/ui/layout/Page";
import { SportIcon } from "@/ui/pictures/Sport";
import { t } from "./text";

const MOST = 12;
const QUIET_MS = 200;

/** The activities to compare one with, besides those chosen already: those like it, or any other one by its name. */
export function Choose({
  activity,
  beside,
  search,
}: {
  activity: Activity;
  beside: readonly string[];
  /** The query of the address, which is kept. */
  search: string;
}) {
  const to = (id: string): string => routes.activityCompare(activity.id, ...beside, id) + search;
  const [text, setText] = useState("");
  const asked = useLater(text.trim(), QUIET_MS);
  const found = useFoundActivities(asked, MOST);
  const similar = useSimilar(activity.id).data?.items.filter((item) => !beside.includes(item.activity));
  const others = found.data?.filter(({ id }) => id !== activity.id && !beside.includes(id)) ?? [];
  return (
    <>
      <Section title={t("beside.choose")}>
        <SearchBox name={t("beside.search")} value={text} onChange={setText} />
        {asked === "" ? (
          <p className="mt-2 text-sm text-ink-2">{t("beside.search_hint")}</p>
        ) : others.length > 0 ? (
          <Found to={to} items={others} />
        ) : (
          found.isFetched && (
            <div className="mt-2 flex flex-wrap items-center gap-3 text-sm text-ink-2">
              {t("beside.none_found")}
              <Button
                onClick={() => {
                  setText("");
                }}
              >
                {t("beside.clear")}
              </Button>
            </div>
          )
        )}
      </Section>
      <Section title={t("beside.similar")}>
        {similar && similar.length > 0 ? (
          <SimilarTable activity={activity.id} sport={activity.sport} items={similar} to={to} />
        ) : (
          similar && <p className="card px-4 py-6 text-center text-ink-2">{t("beside.no_similar")}</p>
        )}
      </Section>
    </>
  );
}

function Found({ to, items }: { to: (id: string) => string; items: ListedActivity[] }) {
  const wish = usePreferences();
  return (
    <ul className="card mt-2 divide-y divide-line">
      {items.map((item) => (
        <li key={item.id}>
          <Link to={to(item.id)} className="touch flex items-center gap-3 px-4 py-2 hover:bg-sunken/50">
            <SportIcon sport={item.sport} />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{item.name}</span>
              <span className="label block">{day(item.start_local, wish)}</span>
            </span>
            <span className="label text-right">
              {[told("distance", item.distance_m, wish, item.sport), duration(item.moving_s)].join(" · ")}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
