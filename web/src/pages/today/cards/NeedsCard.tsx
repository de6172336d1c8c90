import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { Today } from "@/api/types";
import { familyName } from "@/lib/charts/frames";
import { routes } from "@/lib/routes";
import { joined, quantityOf, scaleOfUnit } from "@/lib/units";
import { Icon } from "@/ui/pictures/Icon";
import { many, t } from "@/pages/today/text";
import { Frame } from "./Frame";

type Need = Today["needs"][number];

/** What needs an answer, each with the one place where it is given; nothing where there is none. */
export function NeedsCard({ needs }: { needs: Need[] }) {
  const wish = usePreferences();
  if (needs.length === 0) return null;
  return (
    <Frame of="needs">
      <ul>
        {needs.map((need) => (
          <li key={`${need.kind}${need.id ?? ""}${need.detail ?? ""}`} data-need={need.kind}>
            <Link
              to={placeOf(need)}
              className="touch flex min-w-0 items-center gap-2.5 rounded-lg py-1 text-sm hover:bg-sunken/60"
            >
              <Icon name={ICONS[need.kind]} size={18} className="shrink-0 text-ink-3" />
              <span className="min-w-0 flex-1">{wordsOf(need)}</span>
              <Icon name="right" size={16} className="shrink-0 text-ink-3" />
            </Link>
          </li>
        ))}
      </ul>
    </Frame>
  );

  function wordsOf({ kind, count, name, detail, value, unit }: Need): string {
    const named = name ?? "";
    switch (kind) {
      case "sign_in":
        return t("needs.sign_in", { name: named });
      case "items":
        return many("needs.items", count).replace("{name}", named);
      case "questions":
        return many("needs.questions", count);
      case "proposals":
        return many("needs.proposals", count);
      case "threshold": {
        const shown =
          value === null ? "" : joined(quantityOf(scaleOfUnit(unit ?? "", 0, wish, sportOf(detail)), value));
        return t("needs.threshold", { name: detail ? `${named} (${familyName(detail)})` : named, value: shown });
      }
      case "gear":
        return t("needs.gear", { part: detail ?? "", name: named });
      case "files":
        return many("needs.files", count);
    }
  }
}

const sportOf = (family: string | null): string =>
  family === "run" ? "running" : family === "swim" ? "swimming" : "generic";

const ICONS: Record<Need["kind"], string> = {
  sign_in: "key",
  items: "alert",
  questions: "review",
  proposals: "compare",
  threshold: "training",
  gear: "gear",
  files: "file",
};

/** Where a need is answered. */
function placeOf({ kind, id }: Need): string {
  switch (kind) {
    case "sign_in":
    case "items":
      return routes.source(id ?? "");
    case "questions":
      return routes.duplicates;
    case "proposals":
      return routes.changes;
    case "threshold":
      return routes.settings("athlete");
    case "gear":
      return routes.gear;
    case "files":
      return routes.import;
  }
}
