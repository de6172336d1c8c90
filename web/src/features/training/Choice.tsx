import { humanise } from "@/lib/activity/sports";
import { familyName } from "@/lib/charts/frames";
import { known } from "@/lib/text";
import { Pick } from "@/ui/controls/Field";
import { t } from "./text";

/** One of what a chart may be asked. */
export function Choice({
  name,
  value,
  options,
  onChange,
}: {
  name: string;
  value: string;
  options: readonly string[];
  onChange: (value: string) => void;
}) {
  return (
    <Pick
      name={name}
      value={value}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    >
      {options.map((option) => (
        <option key={option} value={option}>
          {known("choice", option) ?? humanise(option)}
        </option>
      ))}
    </Pick>
  );
}

/** A family of sports; `all` allows every one of them together. */
export function SportChoice({
  value,
  families,
  all = true,
  onChange,
}: {
  value: string;
  families: string[];
  all?: boolean;
  onChange: (value: string) => void;
}) {
  return (
    <Pick
      name={t("training.sport")}
      value={value}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    >
      {all && <option value="">{t("activities.all_sports")}</option>}
      {families.map((family) => (
        <option key={family} value={family}>
          {familyName(family)}
        </option>
      ))}
    </Pick>
  );
}
