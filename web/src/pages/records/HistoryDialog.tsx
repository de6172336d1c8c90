import { useState } from "react";
import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import { useRecordHistory, type RecordHistory } from "@/api/training/history";
import type { RecordList } from "@/api/types";
import { FrameChart, roomFor } from "@/charts/frames/FrameChart";
import { className, effortSpan, effortValue, sizeName } from "@/lib/activity/records";
import { day, today } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { routes } from "@/lib/routes";
import { decimal } from "@/lib/units";
import { Dialog } from "@/ui/controls/Dialog";
import { Segmented } from "@/ui/controls/Field";
import { useNarrow } from "@/ui/hooks/media";
import { Failure, Waiting } from "@/ui/layout/States";
import { historyFrame } from "./historyFrame";
import { many, t } from "./text";

interface Of {
  item: Pick<RecordList, "kind" | "size">;
  /** The class in which it is a record, and its sport. */
  name: string;
  sport: string;
}

/** How a record came to be: a line over time, and who held it when. */
export function HistoryDialog({ item, name, sport, onClose }: Of & { onClose: () => void }) {
  const narrow = useNarrow();
  const { data, error, refetch } = useRecordHistory(name, item.kind, item.size);
  const title = t("records.history_of", { what: sizeName(item.kind, item.size), class: className(name) });
  return (
    <Dialog wide title={title} onClose={onClose}>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Waiting>
          <div className="skeleton" style={{ height: roomFor(1, narrow) }} />
        </Waiting>
      ) : (
        <Shown history={data} title={title} sport={sport} />
      )}
    </Dialog>
  );
}

function Shown({ history, title, sport }: { history: RecordHistory; title: string; sport: string }) {
  const wish = usePreferences();
  const [unit, setUnit] = useState<"value" | "per_kg">("value");
  const weighed = history.steps.some(({ per_kg }) => per_kg !== null);
  return (
    <>
      {weighed && (
        <Segmented
          name={t("records.history_unit")}
          hideName
          value={unit}
          onChange={setUnit}
          options={[
            { value: "value", label: "W" },
            { value: "per_kg", label: "W/kg" },
          ]}
        />
      )}
      <FrameChart
        key={unit}
        frame={historyFrame(history, today(wish.zone), unit === "per_kg")}
        title={title}
        sport={sport}
      />
      <Holders history={history} sport={sport} />
    </>
  );
}

/** Who held the record when, the one that holds it now first. */
function Holders({ history: { kind, size, steps }, sport }: { history: RecordHistory; sport: string }) {
  const wish = usePreferences();
  return (
    <ol className="mt-4 divide-y divide-line" aria-label={t("records.history_holders")}>
      {steps.toReversed().map((step) => {
        const [from, to] = effortSpan(kind, size, step.value, step.start_s);
        return (
          <li key={`${step.activity} ${step.day}`}>
            <Link
              to={routes.stretch(step.activity, from, to)}
              className="flex min-h-11 items-center gap-x-3 py-2 hover:bg-sunken/60"
            >
              <span className="w-24">
                <span className="block font-semibold">{effortValue(kind, step.value, wish, sport)}</span>
                {step.per_kg !== null && (
                  <span className="block text-sm text-ink-2">
                    {t("records.history_per_kg", { value: decimal(step.per_kg, 2) })}
                  </span>
                )}
              </span>
              <span className="min-w-0 flex-1">
                <span className="block text-sm">
                  {[
                    day(step.day, wish, "plain"),
                    step.held_days === null ? t("records.history_now") : many("records.history_held", step.held_days),
                    ...gainOf(kind, step.gain, wish, sport),
                  ].join(" · ")}
                </span>
                <span className="label block truncate">{step.name}</span>
              </span>
            </Link>
          </li>
        );
      })}
    </ol>
  );
}

/** By how much a record was better; nothing for speeds: a difference of speeds is no pace. */
function gainOf(kind: string, gain: number | null, wish: Preferences, sport: string): string[] {
  if (gain === null || kind === "speed" || kind === "gap") return [];
  if (kind === "distance") return [t("records.history_faster", { seconds: decimal(gain, gain < 10 ? 1 : 0) })];
  return [`+${effortValue(kind, gain, wish, sport)}`];
}
