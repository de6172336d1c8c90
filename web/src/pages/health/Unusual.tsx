import { usePreferences } from "@/api/session";
import type { HealthOverview } from "@/api/types";
import { humanise } from "@/lib/activity/sports";
import { healthChange } from "@/lib/health/values";
import { known } from "@/lib/text";
import { Notice } from "@/ui/layout/States";
import { t } from "./text";

/** A name in the middle of a sentence; abbreviations keep their capitals. */
const inSentence = (name: string): string =>
  /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;

/** In plain words whether the night differs from what is usual, and by what. */
export function Unusual({ overview }: { overview: HealthOverview }) {
  const wish = usePreferences();
  const { unusual } = overview;
  if (unusual === null) return null;
  if (unusual === "none")
    return (
      <div className="mb-3">
        <Notice>{t("overview.unusual_none")}</Notice>
      </div>
    );
  const changes = overview.signals.map(({ key, name, unit, change }) => {
    // A change of a temperature has no zero of its own.
    return `${inSentence(name)} ${healthChange({ key: `${key}_deviation_c`, unit }, change, wish)}`;
  });
  const causes = overview.causes.map((cause) =>
    cause === "hard_day" ? t("overview.hard_day") : inSentence(known("note", cause) ?? humanise(cause)),
  );
  const sentence = unusual === "strong" ? "overview.unusual_strong" : "overview.unusual";
  return (
    <div className="mb-3">
      <Notice tone="warn">
        <p className="min-w-0 flex-1">
          <strong className="font-semibold">
            {changes.length === 0 ? t("overview.unusual_plain") : t(sentence, { signals: changes.join(", ") })}
          </strong>{" "}
          {causes.length === 0
            ? t("overview.unusual_after")
            : t("overview.unusual_cause", { causes: causes.join(", ") })}
        </p>
      </Notice>
    </div>
  );
}
