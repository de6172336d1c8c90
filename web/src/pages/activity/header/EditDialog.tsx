import { useState, type FormEvent } from "react";

import { useChangeActivity, type Tagged } from "@/api/activities/activities";
import { useGear } from "@/api/gear";
import type { ActivityChange } from "@/api/types";
import { CHOICES, sportName } from "@/lib/activity/sports";
import { WORKOUT_TYPES, workoutTypeName } from "@/lib/activity/workouts";
import { TagField } from "@/features/TagField";
import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Check, SelectField, TextArea, TextField } from "@/ui/controls/Field";

/** Nothing was chosen. */
const AS_IS = "as is";

/** A time on the local clock as its field has it: to the second, without an offset. */
const onClock = (local: string): string => local.slice(0, 19);

/** What a person may set straight; only what was changed is sent, and each change can be undone. */
export function EditDialog({
  activity,
  onClose,
  onError,
}: {
  activity: Tagged;
  onClose: () => void;
  onError: (error: unknown) => void;
}) {
  const change = useChangeActivity(activity.id);
  const [form, setForm] = useState({
    name: activity.name ?? "",
    sport: activity.sport,
    sub_sport: activity.sub_sport ?? "",
    description: activity.description ?? "",
    hidden: activity.hidden,
    gear: AS_IS,
    tags: activity.tags,
    workout_type: activity.workout_type ?? "",
    start: onClock(activity.start_local),
  });
  const gear = useGear();
  const sports: string[] = (CHOICES as readonly string[]).includes(activity.sport)
    ? [...CHOICES]
    : [activity.sport, ...CHOICES];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = {
      name: form.name.trim() || null,
      sport: form.sport,
      sub_sport: form.sub_sport.trim() || null,
      description: form.description.trim() || null,
      hidden: form.hidden,
      workout_type: form.workout_type || null,
    };
    const changed: [string, unknown][] = Object.entries(wanted).filter(
      ([key, value]) => value !== activity[key as keyof typeof wanted],
    );
    if (form.start !== "" && form.start !== onClock(activity.start_local)) changed.push(["start", form.start]);
    if (form.tags.join(",") !== activity.tags.join(",")) changed.push(["tags", form.tags]);
    if (form.gear !== AS_IS) changed.push(["gear", form.gear === "" ? null : form.gear]);
    if (changed.length > 0) change.mutate(Object.fromEntries(changed) as ActivityChange, { onError });
    onClose();
  };
  return (
    <Dialog title={t("edit.title")} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t("activity.name")}
          value={form.name}
          placeholder={sportName(form.sport)}
          onChange={(event) => {
            setForm({ ...form, name: event.target.value });
          }}
        />
        <div className="grid grid-cols-2 gap-4">
          <SelectField
            label={t("edit.sport")}
            value={form.sport}
            onChange={(event) => {
              setForm({ ...form, sport: event.target.value });
            }}
          >
            {sports.map((sport) => (
              <option key={sport} value={sport}>
                {sportName(sport)}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t("edit.sub_sport")}
            optional
            placeholder={t("edit.sub_sport_hint")}
            value={form.sub_sport}
            onChange={(event) => {
              setForm({ ...form, sub_sport: event.target.value });
            }}
          />
        </div>
        <TextField
          label={t("edit.start")}
          hint={t("edit.start_hint")}
          type="datetime-local"
          step={1}
          value={form.start}
          onChange={(event) => {
            setForm({ ...form, start: event.target.value });
          }}
        />
        <TextArea
          label={t("add.description")}
          optional
          value={form.description}
          onChange={(event) => {
            setForm({ ...form, description: event.target.value });
          }}
        />
        <SelectField
          label={t("workout.type")}
          value={form.workout_type}
          onChange={(event) => {
            setForm({ ...form, workout_type: event.target.value });
          }}
        >
          <option value="">{t("workout.none")}</option>
          {WORKOUT_TYPES.map((type) => (
            <option key={type} value={type}>
              {workoutTypeName(type)}
            </option>
          ))}
        </SelectField>
        <TagField
          tags={form.tags}
          onChange={(tags) => {
            setForm({ ...form, tags });
          }}
        />
        {gear.data && gear.data.items.length > 0 && (
          <SelectField
            label={t("edit.gear")}
            value={form.gear === AS_IS ? (activity.gear?.id ?? "none") : form.gear}
            onChange={(event) => {
              setForm({ ...form, gear: event.target.value });
            }}
          >
            {gear.data.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            <option value="none">{t("edit.gear_none")}</option>
            <option value="">{t("edit.gear_automatic")}</option>
          </SelectField>
        )}
        <Check
          label={t("edit.hidden")}
          checked={form.hidden}
          onChange={(event) => {
            setForm({ ...form, hidden: event.target.checked });
          }}
        />
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary">
            {t("app.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
