import { ramp } from "@/lib/charts/colour";
import { useGround } from "@/ui/hooks/media";
import { t } from "@/charts/health/text";

const STEPS = [0, 0.25, 0.5, 0.75, 1];

/** What the colours of a heat map mean, and what a hatched day is. */
export function HeatLegend({ low, high }: { low: string; high: string }) {
  const ground = useGround();
  return (
    <ul className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-2">
      <li>{low}</li>
      <li aria-hidden="true" className="flex gap-px">
        {STEPS.map((share) => (
          <span key={share} className="size-3.5" style={{ background: ramp(share, ground) }} />
        ))}
      </li>
      <li>{high}</li>
      <li className="ml-3 flex items-center gap-1.5">
        <span
          aria-hidden="true"
          className="size-3.5"
          style={{ background: "repeating-linear-gradient(135deg, var(--gap-nothing) 0 1px, transparent 1px 4px)" }}
        />
        {t("health_chart.missing")}
      </li>
    </ul>
  );
}
