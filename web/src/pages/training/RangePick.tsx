import { Segmented } from "@/ui/controls/Field";
import type { Choices } from "./range";
import { t } from "./text";

const DATE = "touch rounded-lg border border-line bg-surface px-2 py-1.5 text-sm hover:border-line-strong";

/** Which days the page looks at. */
export function RangePick({ choices, change }: { choices: Choices; change: (changed: Partial<Choices>) => void }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented
        name={t("training.range")}
        hideName
        value={choices.range}
        onChange={(range) => {
          change({ range });
        }}
        options={[
          { value: "quarter", label: t("training.quarter") },
          { value: "year", label: t("training.year") },
          { value: "all", label: t("training.all") },
          { value: "custom", label: t("training.custom") },
        ]}
      />
      {choices.range === "custom" && (
        <span className="flex items-center gap-1.5">
          <input
            type="date"
            aria-label={t("activities.from")}
            value={choices.from}
            max={choices.to}
            className={DATE}
            onChange={(event) => {
              change({ from: event.target.value });
            }}
          />
          <span aria-hidden="true">–</span>
          <input
            type="date"
            aria-label={t("activities.to")}
            value={choices.to}
            min={choices.from}
            className={DATE}
            onChange={(event) => {
              change({ to: event.target.value });
            }}
          />
        </span>
      )}
    </div>
  );
}
