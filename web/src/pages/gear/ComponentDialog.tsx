import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useChangePart, useFit, type ComponentChange, type GearComponent, type GearItem } from "@/api/gear";
import { usePreferences } from "@/api/session";
import { today } from "@/lib/dates";
import { scaleOf } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { t } from "./text";

const HOUR_S = 3600;

type Form = Record<"name" | "since" | "until" | "distance" | "hours" | "days" | "before" | "before_hours", string>;

/** Fit a component, or change one: its name and days, after what it is to be serviced, and what it had done before. */
export function ComponentDialog({
  item,
  component,
  onClose,
}: {
  item: GearItem;
  component?: GearComponent;
  onClose: () => void;
}) {
  const wish = usePreferences();
  const scale = scaleOf("distance", wish);
  const [fit, change] = [useFit(), useChangePart()];
  const act = component ? change : fit;
  const [given] = useState(() => formOf(component, item.first_day ?? today(wish.zone), scale.of(1)));
  const [form, setForm] = useState(given);
  const set =
    (key: keyof Form) =>
    (event: { target: { value: string } }): void => {
      setForm({ ...form, [key]: event.target.value });
    };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const fields = fieldsOf(form, given, scale.of(1));
    if (!component)
      fit.mutate(
        { id: item.id, component: { ...fields, name: form.name.trim(), since: form.since } },
        { onSuccess: onClose },
      );
    else if (Object.keys(fields).length === 0) onClose();
    else {
      const before = Object.fromEntries(
        Object.keys(fields).map((key) => [key, component[key as keyof GearComponent]]),
      ) as ComponentChange;
      const back = (): void => {
        change.mutateAsync({ id: item.id, component: component.id, fields: before }).catch((error: unknown) => {
          sayError(reason(error));
        });
      };
      change.mutate(
        { id: item.id, component: component.id, fields },
        {
          onSuccess: () => {
            say(t("gear.part_changed_toast", { name: fields.name ?? component.name }), back);
            onClose();
          },
        },
      );
    }
  };
  return (
    <Dialog
      title={component ? t("gear.change_part", { name: component.name }) : t("gear.fit_title", { name: item.name })}
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {act.isError && (
          <div role="alert">
            <Notice tone="bad">{reason(act.error)}</Notice>
          </div>
        )}
        <TextField
          label={t("gear.name")}
          required
          maxLength={200}
          autoFocus
          placeholder={t("gear.chain")}
          value={form.name}
          onChange={set("name")}
        />
        <div className="grid grid-cols-2 gap-4">
          <TextField label={t("gear.since")} required type="date" value={form.since} onChange={set("since")} />
          <TextField label={t("gear.until")} optional type="date" value={form.until} onChange={set("until")} />
        </div>
        <fieldset>
          <legend className="mb-1 text-sm font-medium text-ink-2">{t("gear.every")}</legend>
          <div className="grid grid-cols-3 gap-4">
            <TextField
              label={scale.unit}
              type="number"
              min={0}
              step="any"
              value={form.distance}
              onChange={set("distance")}
            />
            <TextField
              label={t("gear.hours")}
              type="number"
              min={0}
              step="any"
              value={form.hours}
              onChange={set("hours")}
            />
            <TextField
              label={t("gear.days_name")}
              type="number"
              min={0}
              step={1}
              value={form.days}
              onChange={set("days")}
            />
          </div>
        </fieldset>
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label={t("gear.before", { unit: scale.unit })}
            type="number"
            min={0}
            step="any"
            value={form.before}
            onChange={set("before")}
          />
          <TextField
            label={t("gear.before_hours")}
            type="number"
            min={0}
            step="any"
            value={form.before_hours}
            onChange={set("before_hours")}
          />
        </div>
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={act.isPending}>
            {t(component ? "app.save" : "gear.fit_go")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What the form says of a component; `perMetre` is how many units of distance a metre is. */
function formOf(component: GearComponent | undefined, since: string, perMetre: number): Form {
  const shown = (amount: number | null | undefined, by: number): string =>
    amount ? String(Number((amount * by).toFixed(2))) : "";
  return {
    name: component?.name ?? "",
    since: component?.since ?? since,
    until: component?.until ?? "",
    distance: shown(component?.every_m, perMetre),
    hours: shown(component?.every_s, 1 / HOUR_S),
    days: shown(component?.every_days, 1),
    before: shown(component?.before_m, perMetre),
    before_hours: shown(component?.before_s, 1 / HOUR_S),
  };
}

/** What was written otherwise than it was given: what nobody touched stays as exact as it is. */
function fieldsOf(form: Form, given: Form, perMetre: number): ComponentChange {
  const amount = (typed: string, by: number): number | null => (Number(typed) > 0 ? Number(typed) * by : null);
  const days = amount(form.days, 1);
  return {
    ...(form.name !== given.name && { name: form.name.trim() }),
    ...(form.since !== given.since && { since: form.since }),
    ...(form.until !== given.until && { until: form.until || null }),
    ...(form.distance !== given.distance && { every_m: amount(form.distance, 1 / perMetre) }),
    ...(form.hours !== given.hours && { every_s: amount(form.hours, HOUR_S) }),
    ...(form.days !== given.days && { every_days: days === null ? null : Math.round(days) }),
    ...(form.before !== given.before && { before_m: amount(form.before, 1 / perMetre) ?? 0 }),
    ...(form.before_hours !== given.before_hours && { before_s: amount(form.before_hours, HOUR_S) ?? 0 }),
  };
}
