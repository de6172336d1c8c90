import type { ReactNode } from "react";

import { useAthletes } from "@/api/people/people";
import { lookAt, useAthlete, usePreferences } from "@/api/session";
import type { AthleteGlance } from "@/api/types";
import { NAMES } from "@/features/people/roles";
import { t as roleText } from "@/features/people/text";
import { classes } from "@/lib/classes";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { decimal, span, told } from "@/lib/units";
import { Page } from "@/ui/layout/Page";
import { Failure, Waiting } from "@/ui/layout/States";
import { SportIcon } from "@/ui/pictures/Sport";
import { many, t } from "./text";

/** Everybody whose data one sees, side by side; a press shows one of them. */
export function Athletes() {
  const athletes = useAthletes();
  const shown = useAthlete();
  return (
    <Page title={t("glance.title")}>
      {athletes.isPending && (
        <Waiting>
          <div className="skeleton h-64" />
        </Waiting>
      )}
      {athletes.isError && <Failure error={athletes.error} retry={() => void athletes.refetch()} />}
      <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {athletes.data?.items.map((glance) => (
          <li key={glance.athlete.id}>
            <Card glance={glance} here={glance.athlete.id === shown?.id} />
          </li>
        ))}
      </ul>
    </Page>
  );
}

const TONES = { good: "text-accent", plain: "text-ink-2", care: "text-warn" };

function Card({ glance, here }: { glance: AthleteGlance; here: boolean }) {
  const wish = usePreferences();
  const { athlete, headline, tone, form, fitness, week, planned, session, race, last } = glance;
  return (
    <button
      type="button"
      aria-label={t("glance.show", { name: athlete.name })}
      data-athlete={athlete.name}
      onClick={() => {
        lookAt(athlete.id, routes.today);
      }}
      className={classes(
        "card flex size-full flex-col gap-3 p-4 text-left transition-colors hover:border-line-strong md:p-5",
        here ? "border-accent" : "",
      )}
    >
      <span className="flex w-full items-baseline justify-between gap-3">
        <span className="truncate text-lg font-semibold">{athlete.name}</span>
        <span className="label shrink-0">{here ? t("glance.shown") : roleText(NAMES[athlete.role])}</span>
      </span>
      <span className={classes("text-sm font-medium", TONES[tone])}>{headline}</span>
      <span className="grid w-full grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
        {form !== null && fitness !== null && (
          <Line name={t("glance.form")}>
            <b className="font-semibold">{signed(form)}</b> · {t("glance.fitness")} {decimal(fitness)}
          </Line>
        )}
        <Line name={t("glance.week")}>
          <b className="font-semibold">{span(week.moving_s)}</b>
          {planned && ` ${t("glance.planned", { time: span(60 * planned.minutes) })}`}
          {week.distance_m > 0 && ` · ${told("distance", week.distance_m, wish)}`}
          {week.load > 0 && ` · ${t("glance.load", { load: decimal(week.load) })}`}
        </Line>
        {session && (
          <Line name={t("glance.next")}>
            <b className="font-semibold">{session.title}</b>, {day(session.date, wish, "short")}
          </Line>
        )}
        {race && (
          <Line name="">
            {race.days === 0
              ? t("glance.race_today", { name: race.name })
              : many("glance.race", race.days).replace("{name}", race.name)}
          </Line>
        )}
        {last && (
          <Line name={t("glance.last")}>
            <span className="flex items-center gap-1.5">
              <SportIcon sport={last.sport} size={16} />
              <span className="truncate">
                {last.name}, {day(last.start_local, wish, "short")}
              </span>
            </span>
          </Line>
        )}
      </span>
    </button>
  );
}

const signed = (value: number): string => `${value > 0 ? "+" : ""}${decimal(value)}`;

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <span className="text-ink-3">{name}</span>
      <span className="min-w-0">{children}</span>
    </>
  );
}
