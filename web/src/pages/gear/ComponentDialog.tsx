import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useFit, type GearItem } from "@/api/gear";
import { usePreferences } from "@/api/session";
import { today } from "@/lib/dates";
import { t } from "@/lib/text";
import { scaleOf } from "@/lib/units";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/Field";
import { Notice } from "@/ui/States";

/** Fit a component, with the intervals after which it is to be serviced. */
export function ComponentDialog({ item, onClose }: { item: GearItem; onClose: () => void }) {
  const wish = usePreferences();
  const scale = scaleOf("distance", wish);
  const fit = useFit();
  const [form, setForm] = useState({ name: "", since: item.first_day ?? today(wish.zone), distance: "", hours: "", days: "" });
  const set = (key: keyof typeof form) => (event: { target: { value: string } }): void => { setForm({ ...form, [key]: event.target.value }); };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const amount = (typed: string, by: number): number | null => (Number(typed) > 0 ? Number(typed) * by : null);
    const every_days = amount(form.days, 1);
    fit.mutate({
      id: item.id,
      component: {
        name: form.name.trim(), since: form.since, every_m: amount(form.distance, 1 / scale.of(1)), every_s: amount(form.hours, 3600),
        every_days: every_days === null ? null : Math.round(every_days),
      },
    }, { onSuccess: onClose });
  };
  return (
    <Dialog title={t("gear.fit_title", { name: item.name })} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {fit.isError && <div role="alert"><Notice tone="bad">{reason(fit.error)}</Notice></div>}
        <TextField label={t("gear.name")} required maxLength={200} autoFocus placeholder={t("gear.chain")} value={form.name} onChange={set("name")} />
        <TextField label={t("gear.since")} required type="date" value={form.since} onChange={set("since")} />
        <fieldset>
          <legend className="mb-1 text-sm font-medium text-ink-2">{t("gear.every")}</legend>
          <div className="grid grid-cols-3 gap-4">
            <TextField label={scale.unit} type="number" min={0} step="any" value={form.distance} onChange={set("distance")} />
            <TextField label={t("gear.hours")} type="number" min={0} step="any" value={form.hours} onChange={set("hours")} />
            <TextField label={t("gear.days_name")} type="number" min={0} step={1} value={form.days} onChange={set("days")} />
          </div>
        </fieldset>
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>{t("app.cancel")}</Button>
          <Button type="submit" kind="primary" busy={fit.isPending}>{t("gear.fit_go")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
