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
const SPANS = ["daily", "weekly", "monthly"] as const;

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
          say(t("plan.saved"));
        },
      },
    );
  };
  const most = plan.daily + plan.weekly + plan.monthly;
  const newest = data.files[0]?.size_bytes ?? null;
  const count = { daily: decimal(plan.daily), weekly: decimal(plan.weekly), monthly: decimal(plan.monthly) };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 border-t border-line pt-5">
      <h3 className="font-semibold">{t("plan.title")}</h3>
      {set.isError && (
        <div role="alert">
          <Notice tone="bad">
            <span className="min-w-0 flex-1">{reason(set.error)}</span>
          </Notice>
        </div>
      )}
      <TextField
        label={t("plan.folder")}
        hint={plan.locked ? t("plan.locked") : t("plan.folder_hint")}
        value={plan.folder ?? ""}
        disabled={plan.locked}
        placeholder={t("plan.example")}
        autoCapitalize="none"
        spellCheck={false}
        onChange={({ target }) => {
          change({ folder: target.value === "" ? null : target.value });
        }}
      />
      <Check
        label={t("plan.on")}
        checked={plan.on}
        onChange={({ target }) => {
          change({ on: target.checked });
        }}
      />
      <div className="flex flex-wrap items-start gap-4">
        <Segmented
          name={t("plan.every")}
          value={plan.every}
          options={[
            { value: "day", label: t("plan.day") },
            { value: "week", label: t("plan.week") },
          ]}
          onChange={(every) => {
            change({ every });
          }}
        />
        <SelectField
          label={t("plan.hour")}
          hint={t("plan.hour_hint")}
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
        <legend className="mb-1 text-sm font-medium text-ink-2">{t("plan.keep")}</legend>
        <div className="grid grid-cols-3 gap-3 md:max-w-sm">
          {SPANS.map((span) => (
            <TextField
              key={span}
              label={t(`plan.${span}`)}
              type="number"
              inputMode="numeric"
              min={0}
              max={366}
              required
              value={plan[span]}
              onChange={({ target }) => {
                change({ [span]: Math.max(0, Math.round(Number(target.value))) });
              }}
            />
          ))}
        </div>
        <p className="mt-2 max-w-prose text-sm text-ink-2">
          {[
            t("plan.keeps", { ...count, most: decimal(Math.max(1, most)) }),
            newest !== null && data.free_bytes !== null
              ? t("plan.takes", { size: bytes(newest * Math.max(1, most)), free: bytes(data.free_bytes) })
              : "",
            t("plan.own"),
          ].join(" ")}
        </p>
      </fieldset>
      <div>
        <Button type="submit" kind="primary" busy={set.isPending}>
          {t("plan.save")}
        </Button>
      </div>
    </form>
  );
}
