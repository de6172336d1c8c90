import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import { useTimes } from "@/api/sources";
import { soon } from "@/lib/dates";
import { MOST_HOURS, scheduleOf, type Plan } from "@/lib/schedules";
import { t } from "@/lib/text";
import { Segmented, TextField } from "@/ui/Field";
import { useLater } from "@/ui/later";

const TYPING_MS = 300;

/** By hand, every few hours or at set times, with the next times that follow. */
export function ScheduleEditor({ plan, onChange }: { plan: Plan; onChange: (plan: Plan) => void }) {
  const schedule = scheduleOf(plan);
  const asked = useLater(schedule ?? null, TYPING_MS);
  const times = useTimes(asked);
  const badHours = plan.mode === "every" && schedule === undefined;
  const wrong = plan.mode === "hand" ? undefined : badHours ? t("schedule.bad_hours") : times.isError ? reason(times.error) : undefined;
  return (
    <div className="flex flex-col gap-3">
      <Segmented
        name={t("schedule.title")} value={plan.mode} onChange={(mode) => { onChange({ ...plan, mode }); }}
        options={[{ value: "hand", label: t("schedule.hand") }, { value: "every", label: t("schedule.every") }, { value: "cron", label: t("schedule.cron") }]}
      />
      {plan.mode === "hand" && <p className="text-sm text-ink-2">{t("schedule.none")}</p>}
      {plan.mode === "every" && (
        <TextField
          label={t("schedule.hours")} type="number" inputMode="numeric" min={1} max={MOST_HOURS} step={1} value={plan.hours} error={wrong}
          onChange={(event) => { onChange({ ...plan, hours: event.target.value }); }}
        />
      )}
      {plan.mode === "cron" && (
        <TextField
          label={t("schedule.cron_field")} value={plan.cron} spellCheck={false} autoComplete="off" hint={t("schedule.cron_hint")} error={wrong}
          onChange={(event) => { onChange({ ...plan, cron: event.target.value }); }}
        />
      )}
      {plan.mode !== "hand" && wrong === undefined && <Times times={times.data ?? []} />}
    </div>
  );
}

function Times({ times }: { times: number[] }) {
  const wish = usePreferences();
  return (
    <div data-testid="times" className="min-h-14">
      <p className="label">{t("schedule.next")}</p>
      <ol className="mt-1 flex flex-wrap gap-1.5">
        {times.map((at) => <li key={at} className="rounded-md bg-sunken px-2 py-0.5 text-sm">{soon(at, wish)}</li>)}
      </ol>
    </div>
  );
}
