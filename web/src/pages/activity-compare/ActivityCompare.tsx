import { useState, type ReactNode } from "react";
import { Link, useLocation, useParams } from "react-router";

import { useActivitiesOf } from "@/api/activities/activities";
import { mayPass } from "@/api/activities/several";
import { Problem, reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import type { Activity } from "@/api/types";
import { sportName } from "@/lib/activity/sports";
import { classes } from "@/lib/classes";
import { clock, day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { Page } from "@/ui/layout/Page";
import { Empty, Failure, Notice, Waiting } from "@/ui/layout/States";
import { Dash } from "@/ui/pictures/Dash";
import { Icon } from "@/ui/pictures/Icon";
import { labelsOf } from "./beside";
import { Choose } from "./Choose";
import { LOOKS, markOf, MOST } from "./looks";
import { Overlay } from "./Overlay";
import { LapsBeside, TotalsBeside, type Group } from "./Tables";
import { t } from "./text";

const titleOf = (activity: { name: string | null; sport?: string }): string =>
  activity.name ?? sportName(activity.sport ?? "generic");

/** Activities beside each other, the others between commas in the address; without any, what there is to choose. */
export function ActivityCompare() {
  const { id = "", other = "" } = useParams();
  const ids = [...new Set([id, ...other.split(",")])].filter((one) => one !== "").slice(0, MOST);
  const { data, errors, refetch } = useActivitiesOf(ids);
  const [error = null] = errors;
  if (error instanceof Problem && error.status === 404)
    return (
      <Empty page icon="compare" title={t("app.not_found")} hint={t("app.not_found_hint")}>
        <ButtonLink to={routes.activities} kind="primary">
          {t("app.to_activities")}
        </ButtonLink>
      </Empty>
    );
  if (error) return <Failure error={error} retry={refetch} />;
  const all = data.filter((activity) => activity !== undefined);
  const lost = errors.filter((failed) => failed !== null);
  const [one] = all;
  if (!one || all.length + lost.length < ids.length)
    return (
      <Page title={t("beside.title")}>
        <Waiting>
          <div className="skeleton h-24" />
          <div className="skeleton mt-4 h-[34rem]" />
        </Waiting>
      </Page>
    );
  return (
    <Comparison key={ids.join(" ")} one={one} all={all}>
      {lost.length > 0 && <Lost errors={lost} ids={all.map(({ id: shown }) => shown)} retry={refetch} />}
    </Comparison>
  );
}

/** Why some can't be shown, above those that can. */
function Lost({ errors, ids, retry }: { errors: Error[]; ids: string[]; retry: () => void }) {
  const { search } = useLocation();
  const [first = "", ...others] = ids;
  return (
    <div role="alert" className="mb-3">
      <Notice tone="warn">
        <ul className="min-w-0 flex-1">
          {errors.map((error, i) => (
            <li key={i}>{t("beside.lost", { why: reason(error) })}</li>
          ))}
        </ul>
        {errors.some(mayPass) ? (
          <Button onClick={retry}>{t("app.retry")}</Button>
        ) : (
          <ButtonLink to={routes.activityCompare(first, ...others) + search}>{t("beside.leave_out")}</ButtonLink>
        )}
      </Notice>
    </div>
  );
}

function Comparison({ one, all, children }: { one: Activity; all: Activity[]; children: ReactNode }) {
  const wish = usePreferences();
  const { search } = useLocation();
  const [choosing, setChoosing] = useState(all.length === 1);
  const beside = all.slice(1).map(({ id }) => id);
  const labels = labelsOf(all, titleOf, (local) => day(local, wish, "plain"));
  if (all.length === 1)
    return (
      <Page title={t("beside.title")}>
        {children}
        <Heads all={all} labels={labels} search={search} />
        <Choose activity={one} beside={beside} search={search} />
      </Page>
    );
  const [first, second] = all;
  return (
    <Page
      title={t("beside.title")}
      actions={
        <>
          {all.length === 2 && first && second && (
            <ButtonLink to={routes.activityCompare(second.id, first.id) + search} icon="compare">
              {t("beside.swap")}
            </ButtonLink>
          )}
          <Button
            icon="search"
            aria-expanded={choosing}
            onClick={() => {
              setChoosing(!choosing);
            }}
          >
            {t("beside.other")}
          </Button>
        </>
      }
    >
      {children}
      <Heads all={all} labels={labels} search={search} />
      {choosing && all.length < MOST && <Choose activity={one} beside={beside} search={search} />}
      {choosing && all.length >= MOST && (
        <div className="mt-4">
          <Notice>{t("beside.most", { count: MOST })}</Notice>
        </div>
      )}
      <Overlay all={all} labels={labels} />
      <TotalsBeside all={all} labels={labels} />
      <LapsBeside all={all} labels={labels} />
    </Page>
  );
}

const PLACES = ["beside.first", "beside.second", "beside.third", "beside.fourth", "beside.fifth"] as const;

/** What is compared, each with the line and colour that it has on the map and in charts. */
function Heads({ all, labels, search }: Group & { search: string }) {
  const wish = usePreferences();
  const ids = all.map(({ id }) => id);
  const without = (id: string): string[] => ids.filter((one) => one !== id);
  const compare = ([id = "", ...others]: string[]): string => routes.activityCompare(id, ...others) + search;
  return (
    <ul className={`grid gap-2 sm:grid-cols-2 ${all.length > 2 ? "xl:grid-cols-3" : ""}`}>
      {all.map((activity, at) => {
        const [look, place, name = ""] = [LOOKS[at], PLACES[at], labels[at]];
        return (
          <li key={activity.id} className="card flex items-center gap-3 px-4 py-2">
            {look && all.length > 1 && (
              <span className="flex shrink-0 flex-col items-center gap-1">
                <span
                  aria-hidden="true"
                  className="grid size-5 place-items-center rounded-full bg-ink text-xs font-semibold text-surface"
                >
                  {markOf(at)}
                </span>
                <Dash colour={`var(--${look.tone})`} dash={look.dash} />
              </span>
            )}
            <span className="min-w-0 flex-1">
              <span className="label block">{place && t(place)}</span>
              <Link
                to={routes.activity(activity.id)}
                className="touch flex items-center font-semibold underline-offset-4 hover:underline"
              >
                <span className="truncate">{titleOf(activity)}</span>
              </Link>
              <span className="label block">
                {day(activity.start_local, wish)} {clock(activity.start_local, wish)}
              </span>
            </span>
            {all.length > 2 && at > 0 && (
              <Act
                name={t("beside.put_first", { name })}
                icon="up"
                to={compare([activity.id, ...without(activity.id)])}
              />
            )}
            {all.length > 2 && (
              <Act name={t("beside.remove", { name })} icon="close" to={compare(without(activity.id))} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Act({ name, icon, to }: { name: string; icon: string; to: string }) {
  return (
    <Link
      to={to}
      aria-label={name}
      title={name}
      className={classes(
        "inline-flex size-9 shrink-0 items-center justify-center rounded-lg text-ink-2",
        "pointer-coarse:size-11 hover:bg-sunken hover:text-ink",
      )}
    >
      <Icon name={icon} />
    </Link>
  );
}
