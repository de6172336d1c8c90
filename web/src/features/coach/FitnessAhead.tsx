import { useMemo, type ReactNode } from "react";

import { useChart, type ChartQuery } from "@/api/numbers";
import { usePreferences } from "@/api/session";
import { ChartOf } from "@/charts/frames/ChartOf";
import type { NamedDays } from "@/charts/health/trend/trend";
import type { FrameBody } from "@/lib/charts/frames";
import { day } from "@/lib/dates";
import { decimal } from "@/lib/units";
import { t } from "./text";

const NO_MARKS: readonly NamedDays[] = [];

/** Fitness, fatigue and form; days after today go on as planned, and say how the athlete will stand at the race. */
export function FitnessAhead({
  query,
  title,
  marks = NO_MARKS,
  empty,
}: {
  query: ChartQuery;
  title: string;
  marks?: readonly NamedDays[];
  empty?: ReactNode;
}) {
  const { data } = useChart("fitness", query);
  const race = useMemo(() => raceOf(data), [data]);
  const notes = useMemo(
    () => (race ? [...marks, { from: race.day, to: race.day, name: race.name }] : marks),
    [marks, race],
  );
  return (
    <>
      <ChartOf
        chart="fitness"
        query={query}
        title={title}
        plots={2}
        notes={notes}
        {...(empty !== undefined && { empty })}
      />
      {race && <RaceMorning {...race} />}
    </>
  );
}

interface Race {
  day: string;
  name: string;
  fitness: number;
  form: number;
}

function raceOf(frame: FrameBody | undefined): Race | null {
  const { race, race_name: name, race_fitness: fitness, race_form: form } = frame?.details ?? {};
  if (typeof race !== "string" || typeof fitness !== "number" || typeof form !== "number") return null;
  return { day: race, name: String(name), fitness, form };
}

function RaceMorning({ day: date, name, fitness, form }: Race) {
  const wish = usePreferences();
  return (
    <p className="px-2 pt-1 pb-2 text-sm text-ink-2">
      {t("coach.race_morning", {
        name,
        day: day(date, wish),
        fitness: decimal(fitness),
        form: `${form > 0 ? "+" : ""}${decimal(form)}`,
      })}
    </p>
  );
}
