import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useSetBackupPlan } from "@/api/settings";
import type { Backups } from "@/api/types";
import { bytes, decimal } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Check, Segmented, SelectField, TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { t } from "./text";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const SPANS = [
  { key: "daily", name: "backup_plan.daily" },
  { key: "weekly", name: "backup_plan.weekly" },
  { key: "monthly", name: "backup_plan.monthly" },
] as const;

/** Where backups go, when they are made, and how many are kept, with what that takes. */
export function PlanForm({ data }: { data: Backups }) {
  const set = useSetBackupPlan();
  const [plan, setPlan] = useState(data.plan);
  const change = (part: Partial<Backups["plan"]>): void => {
    setPlan({ ...plan, ...part });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { on, folder, every, hour, daily, weekly, monthly } = plan;
    set.mutate(
      { on, folder, every, hour, daily, weekly, monthly, again: false },
      {
        onSuccess: () => {
          say(t("backup_plan.saved"));
        },
      },
    );
  };
  const most = plan.daily + plan.weekly + plan.monthly;
  const newest = data.files[0]?.size_bytes ?? null;
  const count = { daily: decimal(plan.daily), weekly: decimal(plan.weekly), monthly: decimal(plan.monthly) };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 border-t border-line pt-5">
      <h3 className="font-semibold">{t("backup_plan.title")}</h3>
      {set.isError && (
        <div role="alert">
          <Notice tone="bad">
            <span className="min-w-0 flex-1">{reason(set.error)}</span>
          </Notice>
        </div>
      )}
      <TextField
        label={t("backup_plan.folder")}
        hint={plan.locked ? t("backup_plan.locked") : t("backup_plan.folder_hint")}
        value={plan.folder ?? ""}
        disabled={plan.locked}
        placeholder={t("backup_plan.example")}
        autoCapitalize="none"
        spellCheck={false}
        onChange={({ target }) => {
          change({ folder: target.value === "" ? null : target.value });
        }}
      />
      <Check
        label={t("backup_plan.on")}
        checked={plan.on}
        onChange={({ target }) => {
          change({ on: target.checked });
        }}
      />
      <div className="flex flex-wrap items-start gap-4">
        <Segmented
          name={t("backup_plan.every")}
          value={plan.every}
          options={[
            { value: "day", label: t("backup_plan.day") },
            { value: "week", label: t("backup_plan.week") },
          ]}
          onChange={(every) => {
            change({ every });
          }}
        />
        <SelectField
          label={t("backup_plan.hour")}
          hint={t("backup_plan.hour_hint")}
          value={plan.hour}
          onChange={({ target }) => {
            change({ hour: Number(target.value) });
          }}
        >
          {HOURS.map((hour) => (
            <option key={hour} value={hour}>
              {`${String(hour).padStart(2, "0")}:00`}
            </option>
          ))}
        </SelectField>
      </div>
      <fieldset className="min-w-0">
        <legend className="mb-1 text-sm font-medium text-ink-2">{t("backup_plan.keep")}</legend>
        <div className="grid grid-cols-3 gap-3 md:max-w-sm">
          {SPANS.map(({ key, name }) => (
            <TextField
              key={key}
              label={t(name)}
              type="number"
              inputMode="numeric"
              min={0}
              max={366}
              required
              value={plan[key]}
              onChange={({ target }) => {
                change({ [key]: Math.max(0, Math.round(Number(target.value))) });
              }}
            />
          ))}
        </div>
        <p className="mt-2 max-w-prose text-sm text-ink-2">
          {[
            t("backup_plan.keeps", { ...count, most: decimal(Math.max(1, most)) }),
            newest !== null && data.free_bytes !== null
              ? t("backup_plan.takes", { size: bytes(newest * Math.max(1, most)), free: bytes(data.free_bytes) })
              : "",
            t("backup_plan.own"),
          ].join(" ")}
        </p>
      </fieldset>
      <div>
        <Button type="submit" kind="primary" busy={set.isPending}>
          {t("backup_plan.save")}
        </Button>
      </div>
    </form>
  );
}
