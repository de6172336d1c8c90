import type { WorkoutWhole } from "@/api/coach/workouts";
import { usePreferences } from "@/api/session";
import { inOrder, isGroup, readSteps, type Step } from "@/lib/coach/steps";
import { t } from "./text";
import { kindWords, lengthWords, ownWords, targetWords } from "./words";

/** The steps of a workout, repeats under one line, with the athlete's own targets beside. */
export function StepTable({ workout }: { workout: WorkoutWhole }) {
  const items = readSteps(workout.steps);
  // Repeats within repeats are written out here, so their targets are no longer in the server's order.
  const flat = inOrder(items);
  const numbers = new Map(flat.map((step, index) => [step.key, index]));
  const ordered = flat.length === workout.targets.length;
  const row = (step: Step, inside: boolean) => (
    <Row
      key={step.key}
      step={step}
      sport={workout.sport}
      inside={inside}
      own={ordered ? workout.targets[numbers.get(step.key) ?? -1] : undefined}
    />
  );
  return (
    <div className="card overflow-x-auto">
      <table className="w-full text-sm">
        <thead className="text-left text-xs text-ink-3">
          <tr className="border-b border-line">
            {[t("workouts.step"), t("workouts.takes"), t("workouts.target"), t("workouts.yours")].map((name) => (
              <th key={name} scope="col" className="px-3 py-1.5 font-normal first:pl-4 last:pr-4">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {items.map((item) =>
            isGroup(item)
              ? [
                  <tr key={item.key} className="bg-sunken/50">
                    <th scope="rowgroup" colSpan={4} className="px-4 py-1.5 text-left font-semibold">
                      {t("workouts.times", { count: item.repeat })}
                    </th>
                  </tr>,
                  ...item.steps.map((step) => row(step, true)),
                ]
              : row(item, false),
          )}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  step,
  sport,
  inside,
  own,
}: {
  step: Step;
  sport: string;
  inside: boolean;
  own: WorkoutWhole["targets"][number] | undefined;
}) {
  const wish = usePreferences();
  const of = step.sport ?? sport;
  const rate = step.cadence && t("workouts.rpm", { range: [...new Set(step.cadence)].join("–") });
  return (
    <tr>
      <th scope="row" className={`py-2 pr-3 text-left font-medium ${inside ? "pl-8" : "pl-4"}`}>
        {kindWords(step.kind)}
        {step.cue !== "" && <span className="block text-xs font-normal text-ink-2">{step.cue}</span>}
      </th>
      <td className="px-3 py-2 whitespace-nowrap">{lengthWords(step.unit, step.value, wish)}</td>
      <td className="px-3 py-2">
        {targetWords(step.target, of, wish)}
        {rate !== null && <span className="block text-xs text-ink-2">{rate}</span>}
      </td>
      <td className="px-3 py-2 pr-4 font-semibold whitespace-nowrap">
        {ownWords(own, of, wish, step.target?.ramp ?? false)}
      </td>
    </tr>
  );
}
