import { useMemo, useRef } from "react";
import { Link, useNavigate } from "react-router";

import { reason } from "@/api/client";
import { useImportWorkout, useWorkouts, type WorkoutItem } from "@/api/coach/workouts";
import { useMayPlan } from "@/api/session";
import { CoachPage } from "@/features/coach/CoachPage";
import { FileDrop } from "@/features/coach/FileDrop";
import { WorkoutProfile } from "@/features/workout/Profile";
import { routes } from "@/lib/routes";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { Pick, SearchBox } from "@/ui/controls/Field";
import { useAddress } from "@/ui/hooks/address";
import { Section } from "@/ui/layout/Page";
import { Failure, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { SportIcon } from "@/ui/pictures/Sport";
import { many, t } from "./text";
import { costWords, lookOf, purposeWords, SPORTS, sportWords } from "./words";

const USUAL = { text: "", sport: "", purpose: "" };
const ACCEPTED = ".zwo,.erg,.mrc,.fit,.txt,.json";

/** The library: own workouts and templates, narrowed, opened, built, and taken from files. */
export function Workouts() {
  const mayPlan = useMayPlan();
  const take = useImportWorkout();
  const navigate = useNavigate();
  const picker = useRef<HTMLInputElement>(null);
  const importFile = (file: File): void => {
    take.mutate(file, {
      onSuccess: (items) => {
        say(many("workouts.imported", items.length));
        const [only] = items;
        if (only && items.length === 1) void navigate(routes.workout(only.id));
      },
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  if (!mayPlan)
    return (
      <CoachPage at="workouts" title={t("workouts.title")}>
        <Found />
      </CoachPage>
    );
  return (
    <CoachPage
      at="workouts"
      title={t("workouts.title")}
      actions={
        <>
          <input
            ref={picker}
            type="file"
            accept={ACCEPTED}
            className="sr-only"
            tabIndex={-1}
            aria-label={t("workouts.import")}
            data-testid="workout-file"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = "";
              if (file) importFile(file);
            }}
          />
          <Button icon="import" busy={take.isPending} onClick={() => picker.current?.click()}>
            {t("workouts.import")}
          </Button>
          <ButtonLink kind="primary" icon="plus" to={routes.workoutNew()}>
            {t("workouts.new")}
          </ButtonLink>
        </>
      }
    >
      <FileDrop words={t("workouts.drop")} onFile={importFile}>
        <Found />
      </FileDrop>
    </CoachPage>
  );
}

function Found() {
  const { data, error, refetch } = useWorkouts();
  const [choice, change] = useAddress(USUAL);
  const shown = useMemo(() => (data ?? []).filter((one) => matches(one, choice)), [data, choice]);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <Waiting>
        <div className="skeleton h-80" />
      </Waiting>
    );
  const sports = SPORTS.filter((sport) => data.some((one) => one.sport === sport));
  const purposes = [...new Set(data.flatMap(({ purpose }) => purpose ?? []))];
  const own = shown.filter((one) => one.own);
  const templates = shown.filter((one) => !one.own);
  const asked = choice.text !== "" || choice.sport !== "" || choice.purpose !== "";
  return (
    <>
      <div role="search" className="flex flex-wrap items-center gap-2">
        <SearchBox
          name={t("workouts.search")}
          value={choice.text}
          onChange={(text) => {
            change({ text });
          }}
        />
        <Pick
          name={t("workouts.sport")}
          value={choice.sport}
          onChange={(event) => {
            change({ sport: event.target.value });
          }}
        >
          <option value="">{t("workouts.all_sports")}</option>
          {sports.map((sport) => (
            <option key={sport} value={sport}>
              {sportWords(sport)}
            </option>
          ))}
        </Pick>
        <Pick
          name={t("workouts.purpose")}
          value={choice.purpose}
          onChange={(event) => {
            change({ purpose: event.target.value });
          }}
        >
          <option value="">{t("workouts.all_purposes")}</option>
          {purposes.map((purpose) => (
            <option key={purpose} value={purpose}>
              {purposeWords(purpose)}
            </option>
          ))}
        </Pick>
      </div>
      <p role="status" className="my-2.5 text-sm text-ink-2">
        {many("workouts.count", shown.length)}
      </p>
      {shown.length === 0 && <p className="card px-4 py-10 text-center text-ink-2">{t("workouts.no_match")}</p>}
      {(own.length > 0 || !asked) && (
        <Section id="own-workouts" title={t("workouts.own")}>
          {own.length > 0 ? (
            <Cards workouts={own} name={t("workouts.own")} />
          ) : (
            <p className="card px-4 py-8 text-center text-ink-2">{t("workouts.none")}</p>
          )}
        </Section>
      )}
      {templates.length > 0 && (
        <Section id="templates" title={t("workouts.templates")}>
          <p className="-mt-2 mb-3 text-sm text-ink-2">{t("workouts.templates_hint")}</p>
          <Cards workouts={templates} name={t("workouts.templates")} />
        </Section>
      )}
    </>
  );
}

function matches(one: WorkoutItem, { text, sport, purpose }: typeof USUAL): boolean {
  const words = `${one.id} ${one.name} ${one.purpose ?? ""}`.toLowerCase();
  const asked = text.toLowerCase().split(/\s+/);
  return (
    (sport === "" || one.sport === sport) &&
    (purpose === "" || one.purpose === purpose) &&
    asked.every((word) => words.includes(word))
  );
}

function Cards({ workouts, name }: { workouts: WorkoutItem[]; name: string }) {
  return (
    <ul aria-label={name} className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">
      {workouts.map((workout) => (
        <li key={workout.id}>
          <Card workout={workout} />
        </li>
      ))}
    </ul>
  );
}

function Card({ workout }: { workout: WorkoutItem }) {
  const { id, name, sport, purpose, hard, own } = workout;
  const about = [own ? null : id, purpose === null ? null : purposeWords(purpose), hard ? t("workouts.hard") : null];
  return (
    <Link
      to={routes.workout(id)}
      className="card flex h-full flex-col gap-2 px-3.5 pt-3 pb-3.5 transition-colors hover:border-line-strong"
    >
      <span className="flex min-w-0 items-start gap-2">
        <SportIcon sport={lookOf(sport)} size={20} />
        <span className="min-w-0 flex-1 font-semibold break-words">{name}</span>
      </span>
      <span className="flex justify-between gap-2 text-xs text-ink-2">
        <span>{costWords(workout)}</span>
        <span className="text-right text-ink-3">{about.filter((word) => word !== null).join(" · ")}</span>
      </span>
      <span className="mt-auto">
        <WorkoutProfile profile={workout.profile} className="h-14" />
      </span>
    </Link>
  );
}
