import { usePreferences } from "@/api/session";
import type { WeightTrend } from "@/api/types";
import { healthChange, healthScale } from "@/lib/health/values";
import { t } from "./text";

const RATE = { key: "weight_rate_kg_per_week", unit: "kg/week" };

/** In words whether weight changes, how fast, and how sure that is. */
export function Rate({ weight }: { weight: WeightTrend }) {
  const wish = usePreferences();
  const { rate_kg_per_week: rate, rate_low, rate_high, missing } = weight;
  if (rate === null || rate_low === null || rate_high === null)
    return missing === null ? null : (
      <p className="px-2 pt-1 text-sm text-ink-2">
        {t("weight.missing", { least: missing.least, days: missing.days, has: missing.has })}
      </p>
    );
  const unit = healthScale(RATE, wish).unit;
  const bare = (value: number): string => healthChange(RATE, value, wish).replace(unit, unit.replace("/week", ""));
  const direction = rate_high < 0 ? "weight.falling" : rate_low > 0 ? "weight.rising" : "weight.level";
  const shown = direction === "weight.level" ? bare(rate) : bare(Math.abs(rate)).replace("+", "");
  return (
    <p data-testid="rate" className="px-2 pt-1 font-medium">
      {t(direction, { rate: shown, low: bare(rate_low), high: bare(rate_high) })}
    </p>
  );
}
