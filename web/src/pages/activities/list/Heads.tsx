import type { Filters } from "@/api/activities/activities";
import { classes } from "@/lib/classes";
import { NEWEST } from "@/pages/activities/filters";
import { t } from "@/pages/activities/text";
import { cellClass, type Column } from "./columns";

/** The heads of the wide list's columns; those that sort are buttons. */
export function Heads({
  sort,
  columns,
  inset,
  change,
}: {
  sort: string;
  columns: Column[];
  /** Whether boxes to select stand before the rows. */
  inset: boolean;
  change: (changed: Filters) => void;
}) {
  const head = (label: string, key: string | null, looks: string) => {
    if (key === null) return <span className={looks}>{label}</span>;
    const on = sort.replace("-", "") === key ? (sort.startsWith("-") ? "↓" : "↑") : "";
    const rising = key === "name" || key === "gear" || key === "workout_type";
    const next = sort === (rising ? key : `-${key}`) ? (rising ? `-${key}` : key) : rising ? key : `-${key}`;
    return (
      <button
        type="button"
        aria-pressed={on !== ""}
        aria-label={t("activities.sort_by", { column: label })}
        onClick={() => {
          change({ sort: next === NEWEST ? "" : next });
        }}
        className={classes("rounded hover:text-ink aria-pressed:font-semibold aria-pressed:text-ink", looks)}
      >
        {label} <span aria-hidden="true">{on}</span>
      </button>
    );
  };
  return (
    <div
      className={classes(
        "card mt-2 hidden items-center gap-x-4 rounded-b-none px-4 py-1.5 text-xs text-ink-3 md:flex",
        inset && "pl-12",
      )}
    >
      {head(t("column.date"), "start", "w-14 shrink-0 text-left")}
      {head(t("column.name"), "name", "min-w-0 flex-1 text-left")}
      {columns.map(({ key, name, sort: by }, at) => (
        <span key={key} className={cellClass(at)}>
          {head(name, by, "max-w-full truncate")}
        </span>
      ))}
    </div>
  );
}
