import { useState } from "react";
import { Link, useParams } from "react-router";

import { useActivity } from "@/api/activities/activities";
import { Problem } from "@/api/client";
import { usePreferences } from "@/api/session";
import type { Activity } from "@/api/types";
import { sportName } from "@/lib/activity/sports";
import { clock, day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { Page } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { labelsOf } from "./beside";
import { Choose } from "./Choose";
import { Overlay, TONES } from "./Overlay";
import { LapsBeside, TotalsBeside } from "./Tables";
import { t } from "./text";

const titleOf = (activity: { name: string | null; sport?: string }): string =>
  activity.name ?? sportName(activity.sport ?? "generic");

/** Two activities beside each other; without the second, what there is to choose. */
export function ActivityCompare() {
  const { id = "", other } = useParams();
  const one = useActivity(id);
  const two = useActivity(other ?? null);
  const error = one.error ?? two.error;
  if (error instanceof Problem && error.status === 404)
    return (
      <Empty page icon="compare" title={t("app.not_found")} hint={t("app.not_found_hint")}>
        <ButtonLink to={routes.activities} kind="primary">
          {t("app.to_activities")}
        </ButtonLink>
      </Empty>
    );
  if (error)
    return (
      <Failure
        error={error}
        retry={() => {
          void one.refetch();
          if (other !== undefined) void two.refetch();
        }}
      />
    );
  const waiting = !one.data || one.isPlaceholderData || (other !== undefined && (!two.data || two.isPlaceholderData));
  if (waiting || !one.data)
    return (
      <Page title={t("beside.title")}>
        <Waiting>
          <div className="skeleton h-24" />
          <div className="skeleton mt-4 h-[34rem]" />
        </Waiting>
      </Page>
    );
  return (
    <Comparison key={`${id} ${other ?? ""}`} one={one.data} other={other === undefined ? null : (two.data ?? null)} />
  );
}

function Comparison({ one, other }: { one: Activity; other: Activity | null }) {
  const wish = usePreferences();
  const [choosing, setChoosing] = useState(other === null);
  if (other === null)
    return (
      <Page title={t("beside.title")}>
        <Heads one={one} other={null} />
        <Choose activity={one} />
      </Page>
    );
  const labels = labelsOf(one, other, titleOf, (local) => day(local, wish, "plain"));
  return (
    <Page
      title={t("beside.title")}
      actions={
        <>
          <ButtonLink to={routes.activityCompare(other.id, one.id)} icon="compare">
            {t("beside.swap")}
          </ButtonLink>
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
      <Heads one={one} other={other} />
      {choosing && <Choose activity={one} />}
      <Overlay one={one} other={other} labels={labels} />
      <TotalsBeside one={one} other={other} labels={labels} />
      <LapsBeside one={one} other={other} labels={labels} />
    </Page>
  );
}

/** What is compared, each in the colour that it has on the map and in charts. */
function Heads({ one, other }: { one: Activity; other: Activity | null }) {
  const wish = usePreferences();
  return (
    <ul className="grid gap-2 sm:grid-cols-2">
      {[one, other].map(
        (activity, at) =>
          activity && (
            <li key={at} className="card flex items-center gap-3 px-4 py-2">
              <span className="size-3 shrink-0 rounded-full" style={{ backgroundColor: `var(--${TONES[at] ?? ""})` }} />
              <span className="min-w-0 flex-1">
                <span className="label block">{at === 0 ? t("beside.first") : t("beside.second")}</span>
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
            </li>
          ),
      )}
    </ul>
  );
}
