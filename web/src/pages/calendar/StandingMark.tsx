import type { MonthOfSource } from "@/api/activities/calendar";
import { decimal } from "@/lib/units";
import { Icon } from "@/ui/pictures/Icon";
import { ACCESS } from "./days";
import { many, t } from "./text";

/** How far a source is with a month: an icon, a word, and what of it is there, to come, or lost. */
export function StandingMark({ standing, brief = false }: { standing: MonthOfSource | undefined; brief?: boolean }) {
  const state = standing?.state ?? "none";
  const { icon, name, tone } = ACCESS[state];
  const counts = standing === undefined ? [] : countsOf(standing, brief);
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <Icon
        name={icon}
        size={18}
        className={`${tone} ${state === "running" ? "animate-spin [animation-duration:3s]" : ""}`}
      />
      <span className="min-w-0">
        <span className={state === "none" ? "text-ink-3" : "font-medium"}>{t(name)}</span>
        {counts.map((words) => (
          <span key={words} className="text-ink-2">
            {" "}
            · {words}
          </span>
        ))}
      </span>
    </span>
  );
}

function countsOf({ activities, wanted, failed, gone }: MonthOfSource, brief: boolean): string[] {
  return [
    ...(activities > 0 ? [brief ? decimal(activities) : many("calendar.listed", activities, decimal(activities))] : []),
    ...(wanted > 0 ? [t("calendar.wanted", { count: decimal(wanted) })] : []),
    ...(failed > 0 ? [t("calendar.lost", { count: decimal(failed) })] : []),
    ...(gone > 0 && !brief ? [t("calendar.gone", { count: decimal(gone) })] : []),
  ];
}
