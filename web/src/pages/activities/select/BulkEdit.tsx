import { useState, type FormEvent } from "react";

import { useFilterChoices } from "@/api/activities/saved";
import type { ManyChange } from "@/api/activities/bulk";
import { useGear } from "@/api/gear";
import { CHOICES, sportName } from "@/lib/activity/sports";
import { WORKOUT_TYPES, workoutTypeName, type WorkoutType } from "@/lib/activity/workouts";
import { TagField } from "@/features/TagField";
import { many, t } from "@/pages/activities/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { SelectField } from "@/ui/controls/Field";

/** Nothing was chosen. */
const AS_IS = "as is";

/** What changes about all selected activities; what is left as it is stays with each. */
export function BulkEdit({
  count,
  onApply,
  onClose,
}: {
  count: number;
  onApply: (change: ManyChange) => void;
  onClose: () => void;
}) {
  const gear = useGear();
  const { data: choices } = useFilterChoices();
  const [form, setForm] = useState({ sport: AS_IS, gear: AS_IS, workout_type: AS_IS, hidden: AS_IS });
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const fields = Object.fromEntries(
    Object.entries(form)
      .filter(([, value]) => value !== AS_IS)
      .map(([key, value]) => [key, key === "hidden" ? value === "true" : value === "" ? null : value]),
  ) as ManyChange["fields"];
  const nothing = Object.keys(fields).length + add.length + remove.length === 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onApply({ fields, add_tags: add, remove_tags: remove });
    onClose();
  };
  const field = (key: keyof typeof form) => ({
    value: form[key],
    onChange: ({ target: { value } }: { target: { value: string } }) => {
      setForm({ ...form, [key]: value });
    },
  });
  const asIs = <option value={AS_IS}>{t("bulk.as_is")}</option>;
  return (
    <Dialog title={many("bulk.edit_title", count)} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TagField label={t("bulk.add_tags")} tags={add} onChange={setAdd} />
        {choices && choices.tags.length > 0 && (
          <TagField label={t("bulk.remove_tags")} tags={remove} onChange={setRemove} />
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField label={t("workout.type")} {...field("workout_type")}>
            {asIs}
            {WORKOUT_TYPES.map((type: WorkoutType) => (
              <option key={type} value={type}>
                {workoutTypeName(type)}
              </option>
            ))}
            <option value="">{t("workout.none")}</option>
          </SelectField>
          <SelectField label={t("activities.sport")} {...field("sport")}>
            {asIs}
            {CHOICES.map((sport) => (
              <option key={sport} value={sport}>
                {sportName(sport)}
              </option>
            ))}
          </SelectField>
          {gear.data && gear.data.items.length > 0 && (
            <SelectField label={t("activities.gear")} {...field("gear")}>
              {asIs}
              {gear.data.items.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
              <option value="none">{t("activities.no_gear")}</option>
              <option value="">{t("bulk.gear_automatic")}</option>
            </SelectField>
          )}
          <SelectField label={t("activities.hidden")} {...field("hidden")}>
            {asIs}
            <option value="true">{t("bulk.hide")}</option>
            <option value="false">{t("bulk.show")}</option>
          </SelectField>
        </div>
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" disabled={nothing}>
            {t("bulk.apply")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
