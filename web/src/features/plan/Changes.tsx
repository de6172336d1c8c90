import type { PlanDiff } from "@/api/coach/plans";
import { usePreferences } from "@/api/session";
import { Violations } from "@/features/coach/Violations";
import { day as dayWords } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { t } from "./text";

type Change = PlanDiff["changes"][number];

function changeWords(change: Change, wish: Preferences): string {
  const { title } = change;
  const told = (day: string | undefined): string => dayWords(day ?? "", wish, "short");
  switch (change.op) {
    case "moved":
      return t("changes.moved", { title, from: told(change.from), to: told(change.to) });
    case "added":
      return t("changes.added", { title, to: told(change.to) });
    case "removed":
      return t("changes.removed", { title, from: told(change.from) });
    default: {
      const fields = Object.entries(change.changed ?? {});
      const what = fields.map(([key, [before, after]]) => `${key} ${String(before)} → ${String(after)}`).join(", ");
      return t("changes.changed", { title, day: told(change.day), what });
    }
  }
}

/** What is different between two versions of a plan, and the rules that the later one breaks. */
export function Changes({ diff }: { diff: PlanDiff }) {
  const wish = usePreferences();
  return (
    <div className="flex flex-col gap-2 text-sm">
      {diff.changes.length === 0 && <p className="text-ink-2">{t("changes.same")}</p>}
      <ul className="flex list-disc flex-col gap-0.5 pl-5">
        {diff.changes.map((change) => (
          <li key={change.id}>{changeWords(change, wish)}</li>
        ))}
      </ul>
      {diff.gained.length > 0 && <Violations items={diff.gained} />}
    </div>
  );
}
