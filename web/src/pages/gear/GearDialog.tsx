import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useAddGear, useChangeGear, type GearItem } from "@/api/gear";
import { usePreferences } from "@/api/session";
import { FAMILIES } from "@/lib/activity/sports";
import { familyName } from "@/lib/charts/frames";
import { today } from "@/lib/dates";
import { scaleOf } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Check, Segmented, TextArea, TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { SinceWhen } from "./SinceWhen";
import { t } from "./text";

type Kind = "bike" | "shoes" | "other";

/** Add an item, or change one: its name, what it is used for, and what it had done before. */
export function GearDialog({ item, onClose }: { item?: GearItem; onClose: () => void }) {
  const scale = scaleOf("distance", usePreferences());
  const add = useAddGear();
  const change = useChangeGear();
  const act = item ? change : add;
  const [form, setForm] = useState({
    name: item?.name ?? "",
    kind: (item?.kind ?? "bike") as Kind,
    note: item?.note ?? "",
    families: item?.families ?? [],
    before: item && item.before_m > 0 ? String(Math.round(scale.of(item.before_m))) : "",
    retired: item?.retired ?? "",
  });
  const now = today(usePreferences().zone);
  const [since, setSince] = useState<string | null>(item && item.families.length > 0 ? item.usual_since : now);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const before_m = Math.max(0, Number(form.before) || 0) / scale.of(1);
    const fields = {
      name: form.name.trim(),
      kind: form.kind,
      note: form.note.trim() || null,
      families: form.families,
      before_m,
      retired: form.retired || null,
      usual_since: since,
    };
    if (item) change.mutate({ id: item.id, fields }, { onSuccess: onClose });
    else add.mutate(fields, { onSuccess: onClose });
  };
  const toggle = (family: string, on: boolean): void => {
    setForm({ ...form, families: on ? [...form.families, family] : form.families.filter((one) => one !== family) });
  };
  return (
    <Dialog title={t(item ? "gear.edit" : "gear.add")} onClose={onClose}>
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
          value={form.name}
          onChange={(event) => {
            setForm({ ...form, name: event.target.value });
          }}
        />
        <Segmented<Kind>
          name={t("gear.kind")}
          value={form.kind}
          onChange={(kind) => {
            setForm({ ...form, kind });
          }}
          options={[
            { value: "bike", label: t("gear.bike") },
            { value: "shoes", label: t("gear.shoes") },
            { value: "other", label: t("gear.other") },
          ]}
        />
        <fieldset>
          <legend className="mb-1 text-sm font-medium text-ink-2">{t("gear.families")}</legend>
          <div className="grid grid-cols-2 sm:grid-cols-3">
            {FAMILIES.map((family) => (
              <Check
                key={family}
                label={familyName(family)}
                checked={form.families.includes(family)}
                onChange={(event) => {
                  toggle(family, event.target.checked);
                }}
              />
            ))}
          </div>
          <p className="mt-1 text-xs text-ink-3">{t("gear.families_hint")}</p>
        </fieldset>
        {form.families.length > 0 && (
          <SinceWhen item={item?.id} families={form.families} today={now} since={since} onChange={setSince} />
        )}
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label={t("gear.before", { unit: scale.unit })}
            optional
            type="number"
            min={0}
            value={form.before}
            onChange={(event) => {
              setForm({ ...form, before: event.target.value });
            }}
          />
          <TextField
            label={t("gear.retired_on")}
            optional
            type="date"
            value={form.retired}
            onChange={(event) => {
              setForm({ ...form, retired: event.target.value });
            }}
          />
        </div>
        <TextArea
          label={t("gear.note")}
          optional
          maxLength={2000}
          rows={2}
          value={form.note}
          onChange={(event) => {
            setForm({ ...form, note: event.target.value });
          }}
        />
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={act.isPending}>
            {t("app.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
