import { useMemo } from "react";
import { Link } from "react-router";

import { useRoutes } from "@/api/places/places";
import { usePreferences } from "@/api/session";
import type { RouteItem } from "@/api/types";
import { sportOfFamily } from "@/lib/activity/sports";
import { familyName } from "@/lib/charts/frames";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { decimal, duration, told } from "@/lib/units";
import { ButtonLink } from "@/ui/controls/Button";
import { Pick, SearchBox } from "@/ui/controls/Field";
import { useAddress } from "@/ui/hooks/address";
import { Page } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { SportIcon } from "@/ui/pictures/Sport";
import { TrackPicture } from "@/ui/pictures/Track";
import { many, t } from "./text";

const USUAL = { text: "", sport: "", sort: "times" };
const COLUMNS =
  "grid grid-cols-[56px_minmax(0,1fr)_auto] items-center gap-x-4 " +
  "md:grid-cols-[56px_minmax(0,1fr)_6rem_6rem_5rem_6rem_8rem]";
const BY: Record<string, (a: RouteItem, b: RouteItem) => number> = {
  times: (a, b) => b.times - a.times,
  last: (a, b) => b.last_day.localeCompare(a.last_day),
  length: (a, b) => b.length_m - a.length_m,
  name: (a, b) => a.name.localeCompare(b.name),
};

/** Every way that was gone more than once. */
export function Courses() {
  const { data, error, refetch } = useRoutes();
  const [{ text, sport, sort }, change] = useAddress(USUAL);
  const shown = useMemo(() => {
    const wanted = text.trim().toLocaleLowerCase();
    const found = (data ?? []).filter(
      ({ name, family }) => (sport === "" || family === sport) && name.toLocaleLowerCase().includes(wanted),
    );
    return found.sort(BY[sort] ?? BY.times);
  }, [data, text, sport, sort]);
  const families = [...new Set(data?.map(({ family }) => family))].sort();
  return (
    <Page title={t("courses.title")}>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Waiting>
          <div className="skeleton h-80" />
        </Waiting>
      ) : data.length === 0 ? (
        <div className="card">
          <Empty icon="route" title={t("courses.none")} hint={t("courses.none_hint")}>
            <ButtonLink icon="import" to={routes.import}>
              {t("activities.import")}
            </ButtonLink>
          </Empty>
        </div>
      ) : (
        <>
          <div role="search" className="flex flex-wrap items-center gap-2">
            <SearchBox
              name={t("segments.search")}
              value={text}
              onChange={(typed) => {
                change({ text: typed });
              }}
            />
            <Pick
              name={t("activities.sport")}
              value={sport}
              onChange={(event) => {
                change({ sport: event.target.value });
              }}
            >
              <option value="">{t("activities.all_sports")}</option>
              {families.map((family) => (
                <option key={family} value={family}>
                  {familyName(family)}
                </option>
              ))}
            </Pick>
            <Pick
              name={t("activities.sort")}
              value={sort}
              onChange={(event) => {
                change({ sort: event.target.value });
              }}
            >
              <option value="times">{t("segments.by_times")}</option>
              <option value="last">{t("segments.by_last")}</option>
              <option value="length">{t("segments.by_length")}</option>
              <option value="name">{t("activities.by_name")}</option>
            </Pick>
          </div>
          <p role="status" className="my-2.5 text-sm text-ink-2">
            {many("courses.count", shown.length)}
          </p>
          {shown.length === 0 ? (
            <p className="card px-4 py-10 text-center text-ink-2">{t("activities.no_match")}</p>
          ) : (
            <List courses={shown} />
          )}
        </>
      )}
    </Page>
  );
}

function List({ courses }: { courses: RouteItem[] }) {
  return (
    <div className="card overflow-hidden">
      <div
        aria-hidden="true"
        className={`${COLUMNS} border-b border-line px-3 py-1.5 text-xs text-ink-3 max-md:hidden md:px-4`}
      >
        <span className="col-span-2">{t("segments.name")}</span>
        {(["segments.length", "courses.ascent", "segments.done", "segments.best", "segments.last"] as const).map(
          (key) => (
            <span key={key} className="text-right">
              {t(key)}
            </span>
          ),
        )}
      </div>
      <ul aria-label={t("courses.title")} className="divide-y divide-line">
        {courses.map((course) => (
          <li key={course.id}>
            <Row course={course} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Row({ course }: { course: RouteItem }) {
  const wish = usePreferences();
  const { name, family, length_m, ascent_m, times, best_s, last_day, thumb } = course;
  const sport = sportOfFamily(family);
  const length = told("distance", length_m, wish);
  return (
    <Link
      to={routes.route(course.id)}
      className={`${COLUMNS} px-3 py-2 hover:bg-sunken/60 focus-visible:-outline-offset-2 md:px-4`}
    >
      <TrackPicture thumb={thumb} sport={sport} />
      <span className="min-w-0">
        <span className="font-semibold max-md:line-clamp-2 md:block md:truncate">{name}</span>
        <span className="flex min-w-0 items-center gap-1.5 text-xs text-ink-3">
          <SportIcon sport={sport} size={16} />
          <span className="md:truncate">
            {familyName(family)}
            <span className="md:hidden">{` · ${length} · ${many("segments.times", times)}`}</span>
          </span>
        </span>
      </span>
      <span className="text-right max-md:hidden">{length}</span>
      <span className="text-right max-md:hidden">{told("elevation", ascent_m, wish)}</span>
      <span className="text-right max-md:hidden">{decimal(times)}</span>
      <span className="text-right font-semibold">{duration(best_s)}</span>
      <span className="text-right text-ink-2 max-md:hidden">{day(last_day, wish, "plain")}</span>
    </Link>
  );
}
