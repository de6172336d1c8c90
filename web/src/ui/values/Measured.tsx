import { usePreferences } from "@/api/session";
import { quantity, type Measure } from "@/lib/units";

/** A number with its unit in smaller letters, in the athlete's units. */
export function Measured({
  measure,
  value,
  sport,
  digits,
}: {
  measure: Measure;
  value: number | null | undefined;
  sport?: string;
  digits?: number;
}) {
  const told = quantity(measure, value, usePreferences(), sport, digits);
  return <Told {...told} />;
}

export function Told({ value, unit }: { value: string; unit: string }) {
  return (
    <span className="whitespace-nowrap">
      {value}
      {unit !== "" && <span className="ml-0.5 text-[0.75em] font-normal text-ink-3">{unit}</span>}
    </span>
  );
}
