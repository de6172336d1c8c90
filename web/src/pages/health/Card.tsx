import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { HealthCard } from "@/api/types";
import { BandMeter } from "@/charts/health/trend/BandMeter";
import { Spark } from "@/charts/health/trend/Spark";
import { day as dayWords } from "@/lib/dates";
import { healthQuantity, healthScale } from "@/lib/health/values";
import { routes } from "@/lib/routes";
import { Told } from "@/ui/values/Measured";
import { t } from "./text";

/** A measure at a glance: its value against what is usual, and its last 14 days; it leads to all of it. */
export function Card({ card }: { card: HealthCard }) {
  const wish = usePreferences();
  const scale = healthScale(card, wish);
  const format = (value: number): string => scale.format(scale.of(value));
  const { value, low, high, position } = card;
  return (
    <Link
      to={routes.measure(card.key)}
      data-card={card.key}
      className="card flex h-full flex-col gap-1.5 p-3.5 transition-colors hover:border-line-strong"
    >
      <span className="flex items-baseline justify-between gap-2">
        <span className="text-sm text-ink-2">{card.name}</span>
        {card.partial && value !== null && (
          <span className="rounded-full bg-sunken px-2 text-xs whitespace-nowrap text-ink-2">
            {t("overview.so_far")}
          </span>
        )}
      </span>
      {value === null ? (
        <span>
          <span className="block text-lg font-semibold text-ink-3">{t("overview.no_data")}</span>
          {card.last_day !== null && (
            <span className="label block">
              {t("overview.last_value", { day: dayWords(card.last_day, wish, "short") })}
            </span>
          )}
        </span>
      ) : (
        <span className="text-xl font-semibold">
          <Told {...healthQuantity(card, value, wish)} />
        </span>
      )}
      {/* A day that is not over is not held against whole days. */}
      {position !== null && !card.partial && <BandMeter position={position} lowerIsBetter={card.lower_is_better} />}
      <span className="label">
        {low !== null && high !== null
          ? t("overview.usual", { low: format(low), high: format(high) })
          : t("overview.no_usual")}
      </span>
      <span className="mt-auto pt-1">
        <Spark values={card.spark} low={low} high={high} format={format} />
      </span>
    </Link>
  );
}
