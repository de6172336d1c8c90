import { shifted } from "@/lib/dates";
import { Segmented } from "@/ui/controls/Field";
import { t } from "./text";

export type Range = "30" | "90" | "365" | "all";

/** The first day of a period that ends on a day; `first` is where all of it begins. */
export const firstOf = (range: string, to: string, first: string | null): string =>
  range === "all" ? (first ?? shifted(to, -364)) : shifted(to, 1 - (Number(range) || 90));

/** How many days are shown. */
export function RangePick({ value, onChange }: { value: string; onChange: (range: Range) => void }) {
  return (
    <Segmented<Range>
      name={t("health.range")}
      hideName
      value={value as Range}
      onChange={onChange}
      options={[
        { value: "30", label: t("health.range_30") },
        { value: "90", label: t("health.range_90") },
        { value: "365", label: t("health.range_365") },
        { value: "all", label: t("health.range_all") },
      ]}
    />
  );
}
