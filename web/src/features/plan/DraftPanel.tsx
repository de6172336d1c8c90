import { reason } from "@/api/client";
import { useChangePlan, useTriedChanges } from "@/api/coach/plans";
import { usePreferences } from "@/api/session";
import { Violations } from "@/features/coach/Violations";
import { day as dayWords } from "@/lib/dates";
import { decimal } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { say, sayError } from "@/ui/layout/Toasts";
import type { DraftChange } from "./draft";
import { many, t } from "./text";
import type { SetChanges } from "./useDraft";

/** What is changed and not saved yet: the rules that it breaks, what it does to weeks and the race, and what to do. */
export function DraftPanel({
  plan,
  version,
  changes,
  setChanges,
}: {
  plan: string;
  version: number;
  changes: DraftChange[];
  setChanges: SetChanges;
}) {
  const wish = usePreferences();
  const save = useChangePlan();
  const operations = changes.map(({ operation }) => operation);
  const { data, error } = useTriedChanges(plan, version, operations);
  const signed = (value: number): string => `${value > 0 ? "+" : ""}${decimal(value)}`;
  return (
    <div
      data-testid="draft"
      role="status"
      className="card sticky bottom-16 z-20 mt-4 flex flex-col gap-3 p-4 shadow-float md:bottom-4"
    >
      <p className="font-semibold">{many("draft.count", changes.length)}</p>
      {error && <p className="text-sm text-danger">{reason(error)}</p>}
      {data && !error && (
        <>
          {data.gained.length > 0 ? <Violations items={data.gained} /> : <p className="text-sm">{t("draft.fine")}</p>}
          <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-2">
            {Object.entries(data.weeks).map(([monday, { minutes, load }]) => (
              <li key={monday}>
                {t("draft.week", {
                  day: dayWords(monday, wish, "plain"),
                  minutes: signed(minutes),
                  load: signed(load),
                })}
              </li>
            ))}
            {data.race_form_before !== null && data.race_form_after !== null && (
              <li>
                {t("draft.form", {
                  before: decimal(data.race_form_before, 1),
                  after: decimal(data.race_form_after, 1),
                })}
              </li>
            )}
          </ul>
        </>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          kind="primary"
          icon="check"
          disabled={error !== null}
          busy={save.isPending}
          onClick={() => {
            save.mutate(
              { plan, version, operations },
              {
                onSuccess: (made) => {
                  setChanges(() => []);
                  say(t("draft.saved", { version: made.version }));
                },
                onError: (problem) => {
                  sayError(reason(problem));
                },
              },
            );
          }}
        >
          {t("draft.save")}
        </Button>
        <Button
          icon="undo"
          onClick={() => {
            setChanges((before) => before.slice(0, -1));
          }}
        >
          {t("draft.undo")}
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            setChanges(() => []);
          }}
        >
          {t("draft.discard")}
        </Button>
      </div>
    </div>
  );
}
