import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";

import { Problem, reason } from "@/api/client";
import {
  SUFFIXES,
  useRemoveWorkout,
  useRestoreWorkout,
  useWorkout,
  workoutFile,
  type Chosen,
  type WorkoutWhole,
} from "@/api/coach/workouts";
import { useMayPlan, usePreferences } from "@/api/session";
import { WorkoutProfile } from "@/features/workout/Profile";
import { download } from "@/lib/files/download";
import { routes } from "@/lib/routes";
import { decimal, duration, told } from "@/lib/units";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { Menu, MenuItem } from "@/ui/controls/Menu";
import { Pick } from "@/ui/controls/Field";
import { Page, Section } from "@/ui/layout/Page";
import { Empty, Failure, Notice, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { StepTable } from "./StepTable";
import { t } from "./text";
import { ThresholdLine } from "./ThresholdLine";
import { purposeWords, sportWords } from "./words";
import { Figures } from "@/ui/values/Figures";

/** A workout: drawn, its steps with the athlete's own targets, and as files. */
export function WorkoutPage() {
  const { id = "" } = useParams();
  const [chosen, setChosen] = useState<Chosen>({});
  const { data, error, refetch } = useWorkout(id, chosen);
  if (error instanceof Problem && error.status === 404) {
    return (
      <Empty page icon="target" title={t("app.not_found")} hint={t("app.not_found_hint")}>
        <ButtonLink to={routes.workouts} kind="primary">
          {t("workouts.back")}
        </ButtonLink>
      </Empty>
    );
  }
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <Page title={t("workouts.title")}>
        <Waiting>
          <div className="skeleton h-80" />
        </Waiting>
      </Page>
    );
  return (
    <Page title={data.name} actions={<Acts workout={data} chosen={chosen} />}>
      <p className="mb-4 text-sm text-ink-2 md:-mt-3">
        <Link to={routes.workouts} className="text-accent underline underline-offset-4">
          {t("workouts.back")}
        </Link>
        {` · ${sportWords(data.sport)}`}
        {data.purpose !== null && ` · ${purposeWords(data.purpose)}`}
        {data.hard && ` · ${t("workouts.hard")}`}
      </p>
      {data.removed && <Removed workout={data} />}
      {data.description !== null && <p className="mb-4 max-w-3xl whitespace-pre-line">{data.description}</p>}
      <Whole workout={data} onChoose={setChosen} />
    </Page>
  );
}

function Whole({ workout, onChoose }: { workout: WorkoutWhole; onChoose: (chosen: Chosen) => void }) {
  const wish = usePreferences();
  const { seconds, load, distance_m, profile, text } = workout;
  return (
    <>
      <FreeNumber workout={workout} onChoose={onChoose} />
      <Figures
        figures={[
          { name: t("workouts.duration"), value: duration(seconds) },
          { name: t("workouts.load"), value: decimal(load) },
          ...(distance_m === null ? [] : [{ name: t("workouts.distance"), value: told("length", distance_m, wish) }]),
        ]}
      />
      <div className="card mt-4 p-4">
        <WorkoutProfile profile={profile} text={text} className="h-40 md:h-56" />
      </div>
      <Section id="workout-steps" title={t("workouts.steps")}>
        <ThresholdLine workout={workout} />
        <StepTable workout={workout} />
      </Section>
    </>
  );
}

/** The one number that a template leaves open. */
function FreeNumber({ workout, onChoose }: { workout: WorkoutWhole; onChoose: (chosen: Chosen) => void }) {
  const bounds = workout.repeats ?? workout.free_minutes;
  const [least, most] = bounds ?? [];
  if (least === undefined || most === undefined || least === most) return null;
  const isRepeats = workout.repeats !== null;
  const step = isRepeats ? 1 : 5;
  const choices = Array.from({ length: Math.floor((most - least) / step) + 1 }, (_, index) => least + index * step);
  const name = isRepeats ? t("workouts.repeats") : t("workouts.minutes");
  return (
    <p className="mb-3 flex items-center gap-2 text-sm">
      <span aria-hidden="true">{name}</span>
      <Pick
        name={name}
        value={(isRepeats ? workout.chosen_repeats : workout.chosen_minutes) ?? least}
        onChange={(event) => {
          const value = Number(event.target.value);
          onChoose(isRepeats ? { repeats: value } : { minutes: value });
        }}
      >
        {choices.map((value) => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </Pick>
    </p>
  );
}

const FILES = {
  fit: "workouts.file_fit",
  zwo: "workouts.file_zwo",
  erg: "workouts.file_erg",
  mrc: "workouts.file_mrc",
  txt: "workouts.file_txt",
  json: "workouts.file_json",
} as const;

function Acts({ workout, chosen }: { workout: WorkoutWhole; chosen: Chosen }) {
  const mayPlan = useMayPlan();
  const navigate = useNavigate();
  const remove = useRemoveWorkout();
  const restore = useRestoreWorkout();
  const { id, name, own, removed } = workout;
  const takeAway = (): void => {
    remove.mutate(id, {
      onSuccess: () => {
        say(t("workouts.removed", { name }), () => {
          restore.mutate(id);
        });
        void navigate(routes.workouts);
      },
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  const fetchFile = async (suffix: (typeof SUFFIXES)[number]): Promise<void> => {
    const answer = await fetch(workoutFile(id, suffix, chosen));
    if (!answer.ok) {
      const problem = (await answer.json().catch(() => null)) as { detail?: string } | null;
      sayError(problem?.detail ?? t("app.failed"));
      return;
    }
    const named = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1];
    download(await answer.blob(), named ?? `${id}.${suffix}`);
  };
  return (
    <>
      <Menu
        button={(wiring) => (
          <Button icon="import" {...wiring}>
            {t("workouts.download")}
          </Button>
        )}
      >
        {SUFFIXES.map((suffix) => (
          <MenuItem key={suffix} icon="import" onClick={() => void fetchFile(suffix)}>
            {t(FILES[suffix])}
          </MenuItem>
        ))}
      </Menu>
      {mayPlan && own && !removed && (
        <>
          <Button kind="danger" icon="trash" busy={remove.isPending} onClick={takeAway}>
            {t("workouts.remove")}
          </Button>
          <ButtonLink icon="edit" to={routes.workoutEdit(id)}>
            {t("workouts.edit")}
          </ButtonLink>
        </>
      )}
      {mayPlan && (
        <ButtonLink kind={own ? "plain" : "primary"} icon="plus" to={routes.workoutNew(id)}>
          {t("workouts.copy")}
        </ButtonLink>
      )}
    </>
  );
}

function Removed({ workout: { id, name } }: { workout: WorkoutWhole }) {
  const restore = useRestoreWorkout();
  return (
    <div className="mb-4">
      <Notice tone="warn">
        {t("workouts.removed_note")}
        <Button
          busy={restore.isPending}
          onClick={() => {
            restore.mutate(id, {
              onSuccess: () => {
                say(t("workouts.restored", { name }));
              },
            });
          }}
        >
          {t("workouts.restore")}
        </Button>
      </Notice>
    </div>
  );
}
