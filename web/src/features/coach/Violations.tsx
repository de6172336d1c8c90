import type { Violation } from "@/api/coach/plans";
import { classes } from "@/lib/classes";
import { Icon } from "@/ui/pictures/Icon";
import { t } from "./text";

/** What breaks the rules, the worst first; each in a sentence with its numbers. */
export function Violations({ items }: { items: Violation[] }) {
  return (
    <ul className="flex flex-col gap-1.5">
      {items.map((one) => (
        <li key={`${one.rule} ${one.day} ${one.text}`} className="flex items-start gap-2 text-sm">
          <Icon
            name={one.severity === "info" ? "info" : "alert"}
            size={16}
            className={classes(
              "mt-0.5 shrink-0",
              one.severity === "must" ? "text-danger" : one.severity === "should" ? "text-warn" : "text-ink-3",
            )}
          />
          <span>
            <span className="mr-1 rounded bg-sunken px-1.5 py-0.5 text-xs font-semibold">
              {severityWords(one.severity)}
            </span>{" "}
            {one.text}
          </span>
        </li>
      ))}
    </ul>
  );
}

function severityWords(severity: Violation["severity"]): string {
  return { must: t("coach.must"), should: t("coach.should"), info: t("coach.info") }[severity];
}
