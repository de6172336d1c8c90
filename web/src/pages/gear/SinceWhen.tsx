import { useState } from "react";

import { useGearPreview } from "@/api/gear";
import { usePreferences } from "@/api/session";
import { day } from "@/lib/dates";
import { told } from "@/lib/units";
import { SelectField, TextField } from "@/ui/controls/Field";
import { many, t } from "./text";

type Choice = "today" | "first" | "always" | "date";

/** From which day on an item is the usual one (null: always), and what of the past it counts by that. */
export function SinceWhen({
  item,
  families,
  today,
  since,
  onChange,
}: {
  item: string | undefined;
  families: string[];
  today: string;
  since: string | null;
  onChange: (since: string | null) => void;
}) {
  const wish = usePreferences();
  const [choice, setChoice] = useState<Choice>(since === null ? "always" : since === today ? "today" : "date");
  const { data, isPlaceholderData } = useGearPreview(item, families, since, since !== "");
  const first = data?.first_day ?? null;
  const choose = (chosen: Choice): void => {
    setChoice(chosen);
    onChange(chosen === "always" ? null : chosen === "today" ? today : chosen === "first" ? first : (since ?? today));
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
        <SelectField
          label={t("gear.usual_since")}
          value={choice}
          onChange={(event) => {
            choose(event.target.value as Choice);
          }}
        >
          <option value="today">{t("gear.since_today")}</option>
          {first !== null && <option value="first">{t("gear.since_first", { day: day(first, wish, "plain") })}</option>}
          <option value="always">{t("gear.since_always")}</option>
          <option value="date">{t("gear.since_date")}</option>
        </SelectField>
        {choice === "date" && (
          <TextField
            label={t("gear.since_day")}
            type="date"
            required
            max={today}
            value={since ?? ""}
            onChange={(event) => {
              onChange(event.target.value);
            }}
          />
        )}
      </div>
      <p role="status" className={`text-sm text-ink-2 ${isPlaceholderData ? "opacity-60" : ""}`}>
        {data &&
          (data.activities === 0
            ? t("gear.counts_none")
            : t("gear.counts", {
                activities: many("gear.past", data.activities),
                distance: told("distance", data.distance_m, wish, "generic", 0),
              }))}
      </p>
    </div>
  );
}
