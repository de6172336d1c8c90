import type { Aspect } from "@/api/types";
import { Check } from "@/ui/controls/Field";
import { NAMES, takenBy, toggled } from "./aspects";
import { t } from "./text";

/** What is shown of an activity to others, to be chosen. */
export function AspectChecks({
  legend,
  aspects,
  hidden,
  onChange,
}: {
  legend: string;
  aspects: readonly Aspect[];
  hidden: Aspect[];
  onChange: (hidden: Aspect[]) => void;
}) {
  return (
    <fieldset>
      <legend className="text-sm font-medium text-ink-2">{legend}</legend>
      <div className="mt-1 flex flex-col">
        {aspects.map((aspect) => (
          <AspectCheck key={aspect} aspect={aspect} hidden={hidden} onChange={onChange} />
        ))}
      </div>
    </fieldset>
  );
}

/** Whether an aspect is shown; one that goes with a hidden one can't be chosen. */
function AspectCheck({
  aspect,
  hidden,
  onChange,
}: {
  aspect: Aspect;
  hidden: Aspect[];
  onChange: (hidden: Aspect[]) => void;
}) {
  const taker = takenBy(aspect, hidden);
  const name = t(NAMES[aspect]);
  return (
    <span className={taker === null ? "" : "text-ink-3"}>
      <Check
        label={taker === null ? name : `${name} (${t("share.goes_with", { aspect: t(NAMES[taker]) })})`}
        checked={taker === null && !hidden.includes(aspect)}
        disabled={taker !== null}
        onChange={() => {
          onChange(toggled(hidden, aspect));
        }}
      />
    </span>
  );
}
