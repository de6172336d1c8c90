import { useState, type FormEvent } from "react";

import { FILTER_KEYS, useSummary, type FilterKey, type Filters } from "@/api/activities/activities";
import { useFilterChoices } from "@/api/activities/saved";
import { useGear } from "@/api/gear";
import { useRoutes } from "@/api/places/places";
import { useMayEdit, usePreferences } from "@/api/session";
import { sportName } from "@/lib/activity/sports";
import { workoutTypeName } from "@/lib/activity/workouts";
import { readDuration, readNumber } from "@/lib/numbers";
import { decimal, duration, scaleOf } from "@/lib/units";
import { NO_FILTERS } from "@/pages/activities/filters";
import { t } from "@/pages/activities/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Check, SelectField, TextField } from "@/ui/controls/Field";
import { SOURCE_FILE, sourceName } from "./names";

const NEAR_M = ["500", "1000", "2000", "5000", "10000", "50000"];
const RECORDED = ["heart_rate", "power", "track"] as const;

type Form = Record<FilterKey, string>;

/** Every filter of the list at once; nothing changes before it is applied. */
export function FilterSheet({
  filters,
  change,
  onClose,
}: {
  filters: Filters;
  change: (changed: Filters) => void;
  onClose: () => void;
}) {
  const wish = usePreferences();
  const mayEdit = useMayEdit();
  const scale = scaleOf("distance", wish);
  const km = scale.of(1);
  const { data: choices } = useFilterChoices();
  const { data: all } = useSummary({});
  const { data: gear } = useGear();
  const { data: courses } = useRoutes();
  const [form, setForm] = useState<Form>(() => shownOf(filters, km));
  const set = (key: FilterKey, value: string): void => {
    setForm({ ...form, [key]: value });
  };
  const read = readOf(form, km);
  const field = (key: FilterKey) => ({
    value: form[key],
    onChange: ({ target: { value } }: { target: { value: string } }) => {
      set(key, value);
    },
  });
  const toggle = (key: "has" | "tag", word: string, on: boolean): void => {
    const words = form[key].split(",").filter((other) => other !== "" && other !== word);
    set(key, (on ? [...words, word] : words).join(","));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (Object.keys(read.errors).length > 0) return;
    change(read.filters);
    onClose();
  };
  const tags = [...new Set([...form.tag.split(",").filter(Boolean), ...(choices?.tags ?? []).map(({ tag }) => tag)])];
  return (
    <Dialog title={t("filter.title")} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-4">
          <SelectField label={t("activities.sport")} {...field("sport")}>
            <option value="">{t("activities.all_sports")}</option>
            {all?.sports.map(({ sport, count }) => (
              <option key={sport} value={sport}>
                {`${sportName(sport)} (${decimal(count)})`}
              </option>
            ))}
          </SelectField>
          <SelectField label={t("workout.type")} {...field("workout_type")}>
            <option value="">{t("filter.any")}</option>
            {choices?.workout_types.map(({ workout_type, count }) => (
              <option key={workout_type} value={workout_type}>
                {`${workoutTypeName(workout_type)} (${decimal(count)})`}
              </option>
            ))}
            <option value="none">{t("workout.none")}</option>
          </SelectField>
          <TextField type="date" label={t("activities.from")} max={form.to} {...field("from")} />
          <TextField type="date" label={t("activities.to")} min={form.from} {...field("to")} />
          <TextField
            label={t("filter.distance_from", { unit: scale.unit })}
            inputMode="decimal"
            error={read.errors.distance_from}
            {...field("distance_from")}
          />
          <TextField
            label={t("filter.distance_to", { unit: scale.unit })}
            inputMode="decimal"
            error={read.errors.distance_to}
            {...field("distance_to")}
          />
          <TextField
            label={t("filter.time_from")}
            placeholder="1:30:00"
            error={read.errors.time_from}
            {...field("time_from")}
          />
          <TextField
            label={t("filter.time_to")}
            placeholder="3:00:00"
            error={read.errors.time_to}
            {...field("time_to")}
          />
        </div>
        {tags.length > 0 && (
          <fieldset>
            <legend className="mb-1 text-sm font-medium text-ink-2">{t("tags.title")}</legend>
            <div className="flex max-h-40 flex-wrap gap-x-4 overflow-y-auto">
              {tags.map((tag) => (
                <Check
                  key={tag}
                  label={tag}
                  checked={form.tag.split(",").includes(tag)}
                  onChange={(event) => {
                    toggle("tag", tag, event.target.checked);
                  }}
                />
              ))}
            </div>
          </fieldset>
        )}
        <fieldset>
          <legend className="mb-1 text-sm font-medium text-ink-2">{t("filter.has")}</legend>
          <div className="flex flex-wrap gap-x-4">
            {RECORDED.map((word) => (
              <Check
                key={word}
                label={hasName(word)}
                checked={form.has.split(",").includes(word)}
                onChange={(event) => {
                  toggle("has", word, event.target.checked);
                }}
              />
            ))}
          </div>
        </fieldset>
        {gear && gear.items.length > 0 && (
          <SelectField label={t("activities.gear")} {...field("gear")}>
            <option value="">{t("activities.all_gear")}</option>
            {gear.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            <option value="none">{t("activities.no_gear")}</option>
          </SelectField>
        )}
        {courses && courses.length > 0 && (
          <SelectField label={t("filter.route")} {...field("route")}>
            <option value="">{t("filter.any")}</option>
            {courses.map(({ id, name, times }) => (
              <option key={id} value={id}>
                {`${name} (${decimal(times)})`}
              </option>
            ))}
          </SelectField>
        )}
        {form.near !== "" && (
          <SelectField label={t("filter.within")} hint={t("filter.near_hint")} {...field("within")}>
            {NEAR_M.map((metres) => (
              <option key={metres} value={metres}>
                {`${decimal(Number(metres) * km, Number(metres) < 1000 ? 1 : 0)} ${scale.unit}`}
              </option>
            ))}
          </SelectField>
        )}
        {choices && choices.sources.length > 0 && (
          <SelectField label={t("filter.source")} {...field("source")}>
            <option value="">{t("filter.any")}</option>
            {choices.sources.map((source) => (
              <option key={source} value={source}>
                {source === SOURCE_FILE ? t("filter.files") : sourceName(source)}
              </option>
            ))}
          </SelectField>
        )}
        {mayEdit && (
          <SelectField
            label={t("activities.hidden")}
            value={form.deleted ? "deleted" : form.hidden}
            onChange={({ target: { value } }) => {
              const deleted = value === "deleted";
              setForm({ ...form, deleted: deleted ? "true" : "", hidden: deleted ? "all" : value });
            }}
          >
            <option value="">{t("activities.show_visible")}</option>
            <option value="all">{t("activities.show_all")}</option>
            <option value="true">{t("activities.show_hidden")}</option>
            <option value="deleted">{t("activities.show_deleted")}</option>
          </SelectField>
        )}
        <div
          className={
            "sticky -bottom-5 -mx-5 -mb-5 flex justify-between gap-2 border-t border-line bg-surface px-5 py-3"
          }
        >
          <Button
            kind="quiet"
            icon="close"
            onClick={() => {
              change(NO_FILTERS);
              onClose();
            }}
          >
            {t("activities.clear")}
          </Button>
          <Button type="submit" kind="primary">
            {t("filter.apply")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function hasName(word: string): string {
  if (word === "heart_rate") return t("column.heart_rate");
  return word === "power" ? t("column.power") : t("filter.track");
}

/** The filters as the form shows them: distances in the athlete's unit, times spelled out. */
function shownOf(filters: Filters, km: number): Form {
  const form = Object.fromEntries(FILTER_KEYS.map((key) => [key, filters[key] ?? ""])) as Form;
  for (const key of ["distance_from", "distance_to"] as const)
    if (form[key] !== "") form[key] = String(Number((Number(form[key]) * km).toFixed(2)));
  for (const key of ["time_from", "time_to"] as const) if (form[key] !== "") form[key] = duration(Number(form[key]));
  return { ...form, within: form.within === "" ? "1000" : form.within };
}

/** The filters that the form holds, in m and s, and what is wrong in it. */
function readOf(form: Form, km: number): { filters: Filters; errors: Partial<Record<FilterKey, string>> } {
  const filters: Filters = { ...form, within: form.near === "" ? "" : form.within };
  const errors: Partial<Record<FilterKey, string>> = {};
  for (const key of ["distance_from", "distance_to"] as const) {
    const value = readNumber(form[key]);
    if (Number.isNaN(value)) errors[key] = t("add.number_bad");
    filters[key] = value === null ? "" : String(Math.round(value / km));
  }
  for (const key of ["time_from", "time_to"] as const) {
    const value = readDuration(form[key]);
    if (form[key].trim() !== "" && Number.isNaN(value)) errors[key] = t("add.duration_bad");
    filters[key] = form[key].trim() === "" ? "" : String(Math.round(value));
  }
  for (const name of ["distance", "time"] as const) {
    const [from, to] = [filters[`${name}_from`], filters[`${name}_to`]];
    if (from && to && Number(from) > Number(to)) errors[`${name}_to`] = t("filter.order_bad");
  }
  return { filters, errors };
}
