import { t } from "@/charts/health/text";

/** So far beyond the band the meter reaches, in half widths of the band. */
const REACH = 3;

/**
 * Where a value lies against the band of what is usual: -1 at its lower end, 1 at its upper end. It stands out where
 * that is not the better side.
 */
export function BandMeter({ position, lowerIsBetter }: { position: number; lowerIsBetter: boolean | null }) {
  const share = (at: number): number => (50 * (Math.min(REACH, Math.max(-REACH, at)) + REACH)) / REACH;
  const inside = Math.abs(position) <= 1;
  const good = inside || lowerIsBetter === null || lowerIsBetter === position < 0;
  const word = inside ? "health_chart.in_band" : position < 0 ? "health_chart.below" : "health_chart.above";
  return (
    <div className="flex items-center gap-2">
      <div aria-hidden="true" className="relative h-1.5 min-w-0 flex-1 rounded-full bg-sunken">
        <span
          className="absolute inset-y-0 rounded-full bg-accent/35"
          style={{ left: `${share(-1)}%`, width: `${share(1) - share(-1)}%` }}
        />
        <span
          className={`absolute -top-1 h-3.5 w-1 -translate-x-1/2 rounded-full ${good ? "bg-accent" : "bg-warn"}`}
          style={{ left: `${share(position)}%` }}
        />
      </div>
      <span className={`text-xs whitespace-nowrap ${good ? "text-ink-3" : "font-medium text-warn"}`}>{t(word)}</span>
    </div>
  );
}
