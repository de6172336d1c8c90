import { Link } from "react-router";

import { useActivities } from "@/api/activities/activities";
import { usePreferences } from "@/api/session";
import { sportName } from "@/lib/activity/sports";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Button } from "@/ui/controls/Button";
import { Section } from "@/ui/layout/Page";
import { TrackPicture } from "@/ui/pictures/Track";
import { t } from "./text";

/** Every track of the year as a small picture that leads to its activity. */
export function Tracks({ days }: { days: { from: string; to: string } }) {
  const wish = usePreferences();
  const list = useActivities({ ...days, sort: "start" });
  const tracks = list.data?.pages.flatMap((page) => page.items).filter(({ thumb }) => thumb !== null) ?? [];
  if (tracks.length === 0) return null;
  return (
    <Section title={t("year.tracks")} id="tracks">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(64px,1fr))] gap-2">
        {tracks.map((item) => {
          const name = `${day(item.start_local, wish, "plain")}, ${item.name || sportName(item.sport)}`;
          return (
            <li key={item.id}>
              <Link
                to={routes.activity(item.id)}
                title={name}
                className="grid place-items-center rounded-lg hover:bg-sunken"
              >
                <TrackPicture thumb={item.thumb} sport={item.sport} width={64} height={64} />
                <span className="sr-only">{name}</span>
              </Link>
            </li>
          );
        })}
      </ul>
      {list.hasNextPage && (
        <div className="mt-3">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("batch.more")}
          </Button>
        </div>
      )}
    </Section>
  );
}
