import { useState, type FormEvent } from "react";
import { useNavigate } from "react-router";

import { useAddActivity } from "@/api/activities/activities";
import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import type { NewActivity } from "@/api/types";
import { CHOICES, sportName } from "@/lib/activity/sports";
import { today } from "@/lib/dates";
import { readDuration, readNumber } from "@/lib/numbers";
import type { Preferences } from "@/lib/preferences";
import { routes } from "@/lib/routes";
import { scaleOf } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { SelectField, TextArea, TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { t } from "./text";

const EMPTY = {
  sport: "running",
  name: "",
  start: "",
  duration: "",
  distance: "",
  ascent: "",
  heart_rate: "",
  energy: "",
  description: "",
};
type Form = typeof EMPTY;
type Wrong = Partial<Record<keyof Form, string>>;

/** An activity that no device recorded: typed in, checked before it is sent. */
export function AddDialog({ onClose }: { onClose: () => void }) {
  const wish = usePreferences();
  const add = useAddActivity();
  const navigate = useNavigate();
  const [form, setForm] = useState<Form>({ ...EMPTY, start: `${today(wish.zone)}T07:00` });
  const [wrong, setWrong] = useState<Wrong>({});
  const field = (key: keyof Form) => ({
    value: form[key],
    error: wrong[key],
    onChange: (event: { target: { value: string } }) => {
      setForm({ ...form, [key]: event.target.value });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = check(form);
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    add.mutate(read(form, wish), {
      onSuccess: (activity) => {
        say(t("add.done", { name: activity.name ?? sportName(activity.sport) }));
        void navigate(routes.activity(activity.id));
      },
    });
  };
  const unit = (measure: "distance" | "elevation"): string => scaleOf(measure, wish).unit;
  return (
    <Dialog title={t("add.title")} onClose={onClose}>
      <form noValidate onSubmit={submit} className="grid grid-cols-2 gap-x-4 gap-y-4">
        {add.isError && (
          <div role="alert" className="col-span-2">
            <Notice tone="bad">{reason(add.error)}</Notice>
          </div>
        )}
        <SelectField label={t("add.sport")} {...field("sport")}>
          {CHOICES.map((sport) => (
            <option key={sport} value={sport}>
              {sportName(sport)}
            </option>
          ))}
        </SelectField>
        <TextField label={t("add.name")} optional {...field("name")} />
        <TextField label={t("add.start")} type="datetime-local" required {...field("start")} />
        <TextField
          label={t("add.duration")}
          required
          hint={t("add.duration_hint")}
          inputMode="text"
          {...field("duration")}
        />
        <TextField
          label={t("add.distance", { unit: unit("distance") })}
          optional
          inputMode="decimal"
          {...field("distance")}
        />
        <TextField
          label={t("add.ascent", { unit: unit("elevation") })}
          optional
          inputMode="decimal"
          {...field("ascent")}
        />
        <TextField label={t("add.heart_rate")} optional inputMode="numeric" {...field("heart_rate")} />
        <TextField label={t("add.energy")} optional inputMode="numeric" {...field("energy")} />
        <div className="col-span-2">
          <TextArea label={t("add.description")} optional {...field("description")} />
        </div>
        <div className="col-span-2 flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={add.isPending}>
            {t("add.create")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const NUMBERS = ["distance", "ascent", "heart_rate", "energy"] as const;

function check(form: Form): Wrong {
  const wrong: Wrong = {};
  if (form.start === "") wrong.start = t("add.start_bad");
  if (!(readDuration(form.duration) > 0)) wrong.duration = t("add.duration_bad");
  for (const key of NUMBERS) if (Number.isNaN(readNumber(form[key]) ?? 0)) wrong[key] = t("add.number_bad");
  return wrong;
}

function read(form: Form, wish: Preferences): NewActivity {
  const si = (typed: string, measure: "distance" | "elevation"): number | undefined => {
    const value = readNumber(typed);
    return value === null ? undefined : value / scaleOf(measure, wish).of(1);
  };
  const optional = {
    name: form.name.trim() || undefined,
    description: form.description.trim() || undefined,
    distance_m: si(form.distance, "distance"),
    ascent_m: si(form.ascent, "elevation"),
    avg_hr_bpm: readNumber(form.heart_rate) ?? undefined,
    calories_kcal: readNumber(form.energy) ?? undefined,
  };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return { sport: form.sport, start_local: form.start, elapsed_s: readDuration(form.duration), ...given };
}
