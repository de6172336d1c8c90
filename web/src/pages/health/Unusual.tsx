import { usePreferences } from "@/api/session";
import type { HealthOverview } from "@/api/types";
import { healthChange } from "@/lib/health/values";
import type { Preferences } from "@/lib/preferences";
import { Notice } from "@/ui/layout/States";
import { t } from "./text";

/** A name in the middle of a sentence; abbreviations keep their capitals. */
const inSentence = (name: string): string =>
  /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;

/** How far a signal is from what is usual, in its own unit where it is told in standard deviations. */
function changeOf(
  { key, unit, change }: HealthOverview["signals"][number],
  { cards }: HealthOverview,
  wish: Preferences,
): string {
  const card = cards.find((one) => one.key === key);
  if (unit === "SD" && card && card.value !== null && card.low !== null && card.high !== null)
    return healthChange(card, card.value - (card.low + card.high) / 2, wish);
  return healthChange({ key: `${key}_deviation_c`, unit }, change, wish);
}

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
  const changes = overview.signals.map((signal) => `${inSentence(signal.name)} ${changeOf(signal, overview, wish)}`);
  const sentence = unusual === "strong" ? "overview.unusual_strong" : "overview.unusual";
  return (
    <div className="mb-3">
      <Notice tone="warn">
        <p className="min-w-0 flex-1">
          <strong className="font-semibold">
            {changes.length === 0 ? t("overview.unusual_plain") : t(sentence, { signals: changes.join(", ") })}
          </strong>{" "}
          {t("overview.unusual_after")}
        </p>
      </Notice>
    </div>
  );
}
