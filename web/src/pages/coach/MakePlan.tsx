import { useState, type FormEvent } from "react";
import { useNavigate } from "react-router";

import { reason } from "@/api/client";
import { useMakePlan, type NewPlan } from "@/api/coach/plans";
import { usePreferences } from "@/api/session";
import { readNumber } from "@/lib/numbers";
import { routes } from "@/lib/routes";
import { shifted, today } from "@/lib/dates";
import { scaleOf } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Segmented, SelectField, TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { t } from "./text";

type Goal = "event" | "fitness";
type Level = NonNullable<NewPlan["level"]>;

const SPORTS = () => [
  { value: "run", label: t("make.run") },
  { value: "ride", label: t("make.ride") },
  { value: "triathlon", label: t("make.triathlon") },
  { value: "swim", label: t("make.swim") },
  { value: "walk", label: t("make.walk") },
  { value: "row", label: t("make.row") },
  { value: "ski", label: t("make.ski") },
];

/** What a plan is to be for; the server makes it, and its page shows it. */
export function MakePlan() {
  const wish = usePreferences();
  const go = useNavigate();
  const make = useMakePlan();
  const [sport, setSport] = useState("run");
  const [goal, setGoal] = useState<Goal>("event");
  const [level, setLevel] = useState<Level>("normal");
  const [typed, setTyped] = useState({ name: "", date: "", distance: "", weeks: "12", hours: "6", strength: "0" });
  const { unit, of } = scaleOf("distance", wish);
  const set = (key: keyof typeof typed) => (event: { target: { value: string } }) => {
    setTyped({ ...typed, [key]: event.target.value });
  };
  const numbers = {
    distance: readNumber(typed.distance),
    weeks: readNumber(typed.weeks),
    hours: readNumber(typed.hours),
    strength: readNumber(typed.strength),
  };
  const bad = (value: number | null): string | undefined => (Number.isNaN(value) ? t("make.number") : undefined);
  const wrong = Object.values(numbers).some((value) => Number.isNaN(value));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wrong) return;
    const body: NewPlan = {
      sport,
      level,
      hours: numbers.hours,
      strength: numbers.strength ?? 0,
      ...(goal === "fitness"
        ? { weeks: numbers.weeks }
        : {
            event: {
              date: typed.date,
              name: typed.name,
              sport,
              priority: "A",
              distance_km: numbers.distance === null ? null : numbers.distance / of(1000),
            },
          }),
    };
    make.mutate(body, {
      onSuccess: ({ plan }) => {
        void go(routes.plan(plan));
      },
    });
  };
  return (
    <form onSubmit={submit} className="card flex max-w-2xl flex-col gap-4 p-4 md:p-6" data-testid="make-plan">
      <SelectField
        label={t("make.sport")}
        value={sport}
        onChange={(event) => {
          setSport(event.target.value);
        }}
      >
        {SPORTS().map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <Segmented
        name={t("make.goal")}
        value={goal}
        options={[
          { value: "event", label: t("make.goal_event") },
          { value: "fitness", label: t("make.goal_fitness") },
        ]}
        onChange={setGoal}
      />
      {goal === "event" ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <div className="sm:col-span-2">
            <TextField label={t("make.event_name")} required maxLength={80} value={typed.name} onChange={set("name")} />
          </div>
          <TextField
            label={t("make.event_date")}
            type="date"
            required
            min={shifted(today(wish.zone), 7)}
            value={typed.date}
            onChange={set("date")}
          />
          <TextField
            label={t("make.distance", { unit })}
            inputMode="decimal"
            optional
            error={bad(numbers.distance)}
            value={typed.distance}
            onChange={set("distance")}
          />
        </div>
      ) : (
        <TextField
          label={t("make.weeks")}
          inputMode="numeric"
          required
          error={bad(numbers.weeks)}
          value={typed.weeks}
          onChange={set("weeks")}
        />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t("make.hours")}
          inputMode="decimal"
          required
          error={bad(numbers.hours)}
          value={typed.hours}
          onChange={set("hours")}
        />
        <SelectField label={t("make.strength")} value={typed.strength} onChange={set("strength")}>
          {["0", "1", "2", "3"].map((count) => (
            <option key={count}>{count}</option>
          ))}
        </SelectField>
      </div>
      <SelectField
        label={t("make.level")}
        value={level}
        onChange={(event) => {
          setLevel(event.target.value as Level);
        }}
      >
        <option value="novice">{t("make.level_novice")}</option>
        <option value="normal">{t("make.level_normal")}</option>
        <option value="advanced">{t("make.level_advanced")}</option>
        <option value="masters">{t("make.level_masters")}</option>
      </SelectField>
      {make.error && <Notice tone="bad">{reason(make.error)}</Notice>}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" kind="primary" busy={make.isPending}>
          {t("make.submit")}
        </Button>
        <p className="min-w-0 flex-1 basis-60 text-sm text-ink-2">{t("make.hint")}</p>
      </div>
    </form>
  );
}
