import { useState, type ReactNode } from "react";

import type { ResolvedTarget } from "@/api/coach/workouts";
import { usePreferences } from "@/api/session";
import { quantityOf, readTime, type EndUnit, type Step, type StepKind, type Target } from "@/lib/coach/steps";
import { duration } from "@/lib/units";
import { Disclosure } from "@/ui/controls/Disclosure";
import { Check, SelectField, TextField } from "@/ui/controls/Field";
import { t } from "./text";
import { kindWords, ownWords, STEP_KINDS } from "./words";

type By = "none" | "power" | "speed" | "css" | "lthr" | "hr_max" | "rpe" | "watts" | "kept";

/** Everything about one step: what it is for, how long, how hard, and what that is for this athlete. */
export function StepFields({
  step,
  sport,
  own,
  acts,
  onChange,
}: {
  step: Step;
  sport: string;
  own: ResolvedTarget | undefined;
  acts: ReactNode;
  onChange: (step: Step) => void;
}) {
  const wish = usePreferences();
  const yours = step.target?.kind === "abs" ? "" : ownWords(own, sport, wish, step.target?.ramp ?? false);
  return (
    <>
      <div className="grid grid-cols-2 items-end gap-3 md:grid-cols-[8rem_8rem_7rem_11rem_5rem_5rem_1fr]">
        <SelectField
          label={t("workouts.kind")}
          value={step.kind}
          onChange={(event) => {
            onChange({ ...step, kind: event.target.value as StepKind });
          }}
        >
          {STEP_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {kindWords(kind)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("workouts.end")}
          value={step.unit}
          onChange={(event) => {
            const unit = event.target.value as EndUnit;
            onChange({ ...step, unit, value: USUAL[unit] });
          }}
        >
          <option value="s">{t("workouts.end_s")}</option>
          <option value="m">{t("workouts.end_m")}</option>
          <option value="lap">{t("workouts.end_lap")}</option>
          <option value="kj">{t("workouts.end_kj")}</option>
          <option value="hr_below">{t("workouts.end_hr_below")}</option>
        </SelectField>
        <Length step={step} onChange={onChange} />
        <TargetFields step={step} sport={sport} onChange={onChange} />
        <div className="col-span-2 flex items-center justify-between gap-2 md:col-span-1 md:justify-end">
          <span className="text-sm font-semibold whitespace-nowrap" data-testid="own-target">
            {yours}
          </span>
          {acts}
        </div>
      </div>
      <More step={step} onChange={onChange} />
    </>
  );
}

const USUAL: Record<EndUnit, number | null> = { s: 300, m: 1000, lap: null, kj: 200, hr_below: 120 };

interface Fields {
  step: Step;
  onChange: (step: Step) => void;
}

function Length({ step, onChange }: Fields) {
  const [typed, setTyped] = useState<string | null>(null);
  if (step.unit === "lap") return <span className="max-md:hidden" />;
  if (step.unit !== "s") {
    return (
      <TextField
        label={step.unit === "m" ? t("workouts.length_m") : t("workouts.length")}
        type="number"
        min={1}
        required
        value={step.value ?? ""}
        onChange={(event) => {
          const value = event.target.valueAsNumber;
          onChange({ ...step, value: Number.isFinite(value) ? value : null });
        }}
      />
    );
  }
  return (
    <TextField
      label={t("workouts.length_time")}
      required
      inputMode="numeric"
      value={typed ?? (step.value === null ? "" : duration(step.value))}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange({ ...step, value: readTime(event.target.value) });
      }}
      onBlur={() => {
        setTyped(null);
      }}
    />
  );
}

function byOf(target: Target | null): By {
  if (target === null) return "none";
  if (target.kind === "rpe") return "rpe";
  if (target.kind === "pct") return target.of ?? "power";
  return target.of === "power" ? "watts" : "kept";
}

function TargetFields({ step, sport, onChange }: Fields & { sport: string }) {
  const { target } = step;
  const by = byOf(target);
  const set = (next: Target | null): void => {
    onChange({ ...step, target: next });
  };
  const choices: By[] = [
    "none",
    quantityOf(sport),
    "lthr",
    "hr_max",
    "rpe",
    ...(sport === "ride" ? ["watts" as By] : []),
  ];
  if (!choices.includes(by)) choices.push(by);
  return (
    <>
      <SelectField
        label={t("workouts.by")}
        value={by}
        onChange={(event) => {
          set(usualTarget(event.target.value as By, target));
        }}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {t(BY[choice])}
          </option>
        ))}
      </SelectField>
      {target === null ? (
        <span className="max-md:hidden md:col-span-2" />
      ) : (
        <>
          {(["low", "high"] as const).map((end) => (
            <TextField
              key={end}
              label={end === "low" ? t("workouts.low") : t("workouts.high")}
              type="number"
              required
              min={target.kind === "rpe" ? 1 : 0}
              max={target.kind === "rpe" ? 10 : 1000}
              step="any"
              value={Number.isFinite(target[end]) ? target[end] : ""}
              onChange={(event) => {
                set({ ...target, [end]: event.target.valueAsNumber });
              }}
              onBlur={() => {
                const { low, high, ramp } = target;
                if (!ramp && low > high) set({ ...target, low: high, high: low });
              }}
            />
          ))}
        </>
      )}
    </>
  );
}

const BY = {
  none: "workouts.by_none",
  power: "workouts.by_power",
  speed: "workouts.by_speed",
  css: "workouts.by_css",
  lthr: "workouts.by_lthr",
  hr_max: "workouts.by_hr_max",
  rpe: "workouts.by_rpe",
  watts: "workouts.by_watts",
  kept: "workouts.by_kept",
} as const;

/** A target of another kind to start from; its numbers stay where both are per cent. */
function usualTarget(by: By, before: Target | null): Target | null {
  if (by === "none") return null;
  if (by === "kept") return before;
  if (by === "rpe") return { kind: "rpe", low: 5, high: 6 };
  if (by === "watts") return { kind: "abs", low: 200, high: 220, of: "power" };
  const [low, high] = before?.kind === "pct" ? [before.low, before.high] : [80, 85];
  return { kind: "pct", low, high, of: by, ramp: before?.ramp ?? false };
}

/** What few steps need: a ramp, cadence, a cue. */
function More({ step, onChange }: Fields) {
  const { target, cadence } = step;
  const rate = (end: 0 | 1, value: number): void => {
    const next: [number, number] = [...(cadence ?? [value, value])];
    next[end] = value;
    onChange({ ...step, cadence: Number.isFinite(value) ? next : null });
  };
  return (
    <div className="mt-2 flex flex-wrap items-start gap-x-6">
      {target !== null && target.kind !== "rpe" && (
        <Check
          label={t("workouts.is_ramp")}
          checked={target.ramp ?? false}
          onChange={(event) => {
            const ramp = event.target.checked;
            const [low, high] = ramp ? [target.low, target.high] : [target.low, target.high].sort((a, b) => a - b);
            onChange({ ...step, target: { ...target, ramp, low: low ?? target.low, high: high ?? target.high } });
          }}
        />
      )}
      <Disclosure title={t("workouts.more")}>
        <div className="mt-2 grid grid-cols-2 gap-3 md:grid-cols-[8rem_8rem_18rem]">
          <TextField
            label={t("workouts.cadence_low")}
            optional
            type="number"
            min={1}
            max={300}
            value={cadence?.[0] ?? ""}
            onChange={(event) => {
              rate(0, event.target.valueAsNumber);
            }}
          />
          <TextField
            label={t("workouts.cadence_high")}
            optional
            type="number"
            min={1}
            max={300}
            value={cadence?.[1] ?? ""}
            onChange={(event) => {
              rate(1, event.target.valueAsNumber);
            }}
          />
          <div className="max-md:col-span-2">
            <TextField
              label={t("workouts.cue")}
              optional
              maxLength={200}
              value={step.cue}
              onChange={(event) => {
                onChange({ ...step, cue: event.target.value });
              }}
            />
          </div>
        </div>
      </Disclosure>
    </div>
  );
}
