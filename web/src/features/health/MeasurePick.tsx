import type { HealthKind } from "@/api/types";
import { known } from "@/lib/text";
import { Pick } from "@/ui/controls/Field";

/** One of the athlete's measures, by group. */
export function MeasurePick({
  name,
  kinds,
  value,
  onChange,
  className = "",
}: {
  name: string;
  kinds: readonly HealthKind[];
  value: string;
  onChange: (key: string) => void;
  className?: string;
}) {
  const groups = [...new Set(kinds.map(({ group }) => group))];
  return (
    <Pick
      name={name}
      value={value}
      className={`max-w-full ${className}`}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    >
      {groups.map((group) => (
        <optgroup key={group} label={known("health_group", group) ?? group}>
          {kinds
            .filter((kind) => kind.group === group)
            .map((kind) => (
              <option key={kind.key} value={kind.key}>
                {kind.name}
              </option>
            ))}
        </optgroup>
      ))}
    </Pick>
  );
}
