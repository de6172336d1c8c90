import type { Seen } from "@/api/types";
import { SEEN, SEEN_NAMES } from "./roles";
import { t } from "./text";

/** What a viewer sees besides activities, to be chosen; `name` is whose it is, where several are on the page. */
export function SeesChoice({
  sees,
  name = "",
  disabled = false,
  onChange,
}: {
  sees: readonly Seen[];
  name?: string;
  disabled?: boolean;
  onChange: (sees: Seen[]) => void;
}) {
  return (
    <fieldset className="flex flex-wrap items-center gap-x-4" disabled={disabled}>
      <legend className="sr-only">{name === "" ? t("sees.also") : t("sees.also_of", { name })}</legend>
      <span aria-hidden="true" className="text-sm text-ink-2">
        {t("sees.also")}
      </span>
      {SEEN.map((one) => (
        <label key={one} className="touch flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="size-4.5 shrink-0 accent-(--accent)"
            checked={sees.includes(one)}
            onChange={({ target }) => {
              onChange(SEEN.filter((other) => (other === one ? target.checked : sees.includes(other))));
            }}
          />
          {t(SEEN_NAMES[one])}
        </label>
      ))}
    </fieldset>
  );
}
