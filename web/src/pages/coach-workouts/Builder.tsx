import { useMemo, useState, type FormEvent } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";

import { reason } from "@/api/client";
import {
  useSaveWorkout,
  useWorkout,
  useWorkoutPreview,
  type WorkoutBody,
  type WorkoutWhole,
} from "@/api/coach/workouts";
import { WorkoutProfile } from "@/features/workout/Profile";
import { documents, isWhole, newGroup, newStep, quantityOf, readSteps, type Item, type Step } from "@/lib/coach/steps";
import { routes } from "@/lib/routes";
import { Button } from "@/ui/controls/Button";
import { SelectField, TextArea, TextField } from "@/ui/controls/Field";
import { useLater } from "@/ui/hooks/later";
import { Page } from "@/ui/layout/Page";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { StepList } from "./StepList";
import { t } from "./text";
import { ThresholdLine } from "./ThresholdLine";
import { costWords, SPORTS, sportWords } from "./words";

/** So long nothing is typed before the workout is computed again. */
const QUIET_MS = 200;

export function NewWorkout() {
  const [parameters] = useSearchParams();
  const from = parameters.get("from");
  return <Loaded id={from} copy />;
}

export function EditWorkout() {
  const { id = "" } = useParams();
  return <Loaded id={id} />;
}

function Loaded({ id, copy = false }: { id: string | null; copy?: boolean }) {
  const { data, error, refetch } = useWorkout(id);
  const title = copy ? t("workouts.build_new") : t("workouts.build_edit");
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (id !== null && !data)
    return (
      <Page title={title}>
        <Waiting>
          <div className="skeleton h-80" />
        </Waiting>
      </Page>
    );
  return <Form title={title} from={data ?? null} id={copy ? null : id} />;
}

interface Draft {
  name: string;
  sport: string;
  description: string;
  items: Item[];
}

function firstDraft(from: WorkoutWhole | null, copied: boolean): Draft {
  if (from === null) {
    const items = [newStep("ride", "warmup"), newGroup("ride"), newStep("ride", "cooldown")];
    return { name: t("workouts.unnamed"), sport: "ride", description: "", items };
  }
  const name = copied && from.own ? t("workouts.copy_name", { name: from.name }) : from.name;
  return { name, sport: from.sport, description: from.description ?? "", items: readSteps(from.steps) };
}

function Form({ title, from, id }: { title: string; from: WorkoutWhole | null; id: string | null }) {
  const [draft, setDraft] = useState(() => firstDraft(from, id === null));
  const [chosen, setChosen] = useState<number | null>(null);
  const save = useSaveWorkout();
  const navigate = useNavigate();
  const body = useMemo(() => bodyOf(draft, from?.tags ?? []), [draft, from]);
  const sent = useLater(body, QUIET_MS);
  const preview = useWorkoutPreview(sent);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (body === null) return;
    save.mutate(
      { id, body },
      {
        onSuccess: (workout) => {
          say(t("workouts.saved", { name: workout.name }));
          void navigate(routes.workout(workout.id));
        },
      },
    );
  };
  const change = (part: Partial<Draft>): void => {
    setDraft((now) => ({ ...now, ...part }));
  };
  const problem = save.error ?? preview.error;
  return (
    <Page title={title}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <div className="grid gap-4 md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <TextField
            label={t("workouts.name")}
            required
            maxLength={200}
            value={draft.name}
            onChange={(event) => {
              change({ name: event.target.value });
            }}
          />
          <SelectField
            label={t("workouts.sport")}
            value={draft.sport}
            onChange={(event) => {
              const sport = event.target.value;
              change({ sport, items: ofSport(draft.items, sport) });
            }}
          >
            {SPORTS.map((sport) => (
              <option key={sport} value={sport}>
                {sportWords(sport)}
              </option>
            ))}
          </SelectField>
        </div>
        <div className="card sticky top-0 z-10 p-3 md:p-4" data-testid="workout-preview">
          <WorkoutProfile
            profile={preview.data?.profile ?? []}
            text={preview.data?.text ?? ""}
            chosen={preview.data ? barOf(draft.items, chosen) : null}
            className="h-24 md:h-36"
          />
          <p role="status" className="mt-2 text-sm font-semibold">
            {body === null ? t("workouts.incomplete") : preview.data ? costWords(preview.data) : ""}
          </p>
        </div>
        {problem !== null && (
          <div role="alert">
            <Notice tone="bad">{reason(problem)}</Notice>
          </div>
        )}
        {preview.data && <ThresholdLine workout={preview.data} />}
        <StepList
          items={draft.items}
          sport={draft.sport}
          targets={preview.data?.targets ?? []}
          onChange={(items) => {
            change({ items });
          }}
          onChoose={setChosen}
        />
        <TextArea
          label={t("workouts.description")}
          optional
          maxLength={20_000}
          rows={2}
          value={draft.description}
          onChange={(event) => {
            change({ description: event.target.value });
          }}
        />
        <div className="flex justify-end gap-2">
          <Button
            kind="quiet"
            onClick={() => {
              void navigate(-1);
            }}
          >
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={save.isPending} disabled={body === null || save.isPending}>
            {t("app.save")}
          </Button>
        </div>
      </form>
    </Page>
  );
}

/** What the server takes, or null while something is missing. */
function bodyOf({ name, sport, description, items }: Draft, tags: string[]): WorkoutBody | null {
  if (name.trim() === "" || !isWhole(items)) return null;
  return { name: name.trim(), sport, description: description.trim() || null, tags, steps: documents(items) };
}

/** Steps whose per cent are of the threshold of another sport now. */
function ofSport(items: Item[], sport: string): Item[] {
  const own = (step: Step): Step => {
    const { target } = step;
    const moves = target?.kind === "pct" && target.of && ["power", "speed", "css"].includes(target.of);
    return moves ? { ...step, target: { ...target, of: quantityOf(sport) } } : step;
  };
  return items.map((item): Item => ("repeat" in item ? { ...item, steps: item.steps.map(own) } : own(item)));
}

/** Which bar of the picture is a step's: the first of those that it is repeated in. */
function barOf(items: Item[], key: number | null): number | null {
  if (key === null) return null;
  let at = 0;
  for (const item of items) {
    const steps = "repeat" in item ? item.steps : [item];
    const place = steps.findIndex((step) => step.key === key);
    if (place >= 0) return at + place;
    at += steps.length * ("repeat" in item ? item.repeat : 1);
  }
  return null;
}
