import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import { useTimes } from "@/api/sources/sources";
import { soon } from "@/lib/dates";
import { bounds, scheduleOf, type Plan } from "@/lib/sources/schedules";
import { t } from "@/pages/sources/text";
import { Pick, Segmented, TextField } from "@/ui/controls/Field";
import { useLater } from "@/ui/hooks/later";

const TYPING_MS = 300;

/** By hand, every so often or at set times, with the next times that follow. */
export function ScheduleEditor({
  connection,
  leastMs,
  plan,
  onChange,
}: {
  connection: string;
  /** The source is not to be asked more often than once in so long. */
  leastMs: number;
  plan: Plan;
  onChange: (plan: Plan) => void;
}) {
  const schedule = scheduleOf(plan, leastMs);
  const asked = useLater(schedule ?? null, TYPING_MS);
  const times = useTimes(asked, connection);
  const [least, most] = bounds(plan.unit, leastMs);
  const badCount = plan.mode === "every" && schedule === undefined;
  const wrong =
    plan.mode === "hand"
      ? undefined
      : badCount
        ? t("schedule.bad_count", { least, most })
        : times.isError
          ? reason(times.error)
          : undefined;
  return (
    <div className="flex flex-col gap-3">
      <Segmented
        name={t("schedule.title")}
        value={plan.mode}
        onChange={(mode) => {
          onChange({ ...plan, mode });
        }}
        options={[
          { value: "hand", label: t("schedule.hand") },
          { value: "every", label: t("schedule.every") },
          { value: "cron", label: t("schedule.cron") },
        ]}
      />
      {plan.mode === "hand" && <p className="text-sm text-ink-2">{t("schedule.none")}</p>}
      {plan.mode === "every" && (
        <div className="flex items-start gap-2">
          <div className="flex-1">
            <TextField
              label={t("schedule.count")}
              type="number"
              inputMode="numeric"
              min={least}
              max={most}
              step={1}
              value={plan.count}
              error={wrong}
              onChange={(event) => {
                onChange({ ...plan, count: event.target.value });
              }}
            />
          </div>
          <Pick
            name={t("schedule.unit")}
            value={plan.unit}
            className="mt-6 min-h-9.5"
            onChange={(event) => {
              onChange({ ...plan, unit: event.target.value === "m" ? "m" : "h" });
            }}
          >
            <option value="m">{t("schedule.in_minutes")}</option>
            <option value="h">{t("schedule.in_hours")}</option>
          </Pick>
        </div>
      )}
      {plan.mode === "cron" && (
        <TextField
          label={t("schedule.cron_field")}
          value={plan.cron}
          spellCheck={false}
          autoComplete="off"
          hint={t("schedule.cron_hint")}
          error={wrong}
          onChange={(event) => {
            onChange({ ...plan, cron: event.target.value });
          }}
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
        {times.map((at) => (
          <li key={at} className="rounded-md bg-sunken px-2 py-0.5 text-sm">
            {soon(at, wish)}
          </li>
        ))}
      </ol>
    </div>
  );
}
