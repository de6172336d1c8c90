import type { Tagged } from "@/api/activities/activities";
import { useMayEdit } from "@/api/session";
import type { Analysis } from "@/api/types";
import { humanise } from "@/lib/activity/sports";
import { known } from "@/lib/text";
import { decimal } from "@/lib/units";
import { t } from "@/pages/activity/text";
import { Pick } from "@/ui/controls/Field";
import { useInline } from "@/pages/activity/header/inline";

const RPE = Array.from({ length: 11 }, (_, rpe) => rpe);
const FEEL = [1, 2, 3, 4, 5];

/** The training load of an activity with its source, the perceived effort and the feeling. */
export function Feeling({ activity, analysis }: { activity: Tagged; analysis: Analysis | undefined }) {
  const { save: change, busy } = useInline(activity);
  const mayEdit = useMayEdit();
  const save = (field: "rpe" | "feel", typed: string): void => {
    const value = typed === "" ? null : Number(typed);
    void change(field === "rpe" ? { rpe: value } : { feel: value });
  };
  const load = analysis?.metrics.load?.value;
  const source = analysis?.metrics.load_source?.value;
  const [rpe, feel] = [activity.rpe, activity.feel];
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-2 px-1 text-sm">
      {typeof load === "number" && (
        <p data-testid="load" className="max-sm:w-full">
          <span className="text-ink-2">{t("feeling.load")}</span>{" "}
          <span className="text-base font-semibold">{decimal(load)}</span>{" "}
          {typeof source === "string" && (
            <span className="text-ink-2">{known("source", source) ?? humanise(source)}</span>
          )}
        </p>
      )}
      {!mayEdit && (
        <Answer name={t("feeling.rpe")} text={rpe === null ? undefined : known("rpe", String(Math.round(rpe)))} />
      )}
      {!mayEdit && <Answer name={t("feeling.feel")} text={feel === null ? undefined : known("feel", String(feel))} />}
      {mayEdit && (
        <label className="flex items-center gap-2">
          <span className="text-ink-2">{t("feeling.rpe")}</span>
          <Pick
            name={t("feeling.rpe")}
            value={rpe === null ? "" : String(Math.round(rpe))}
            disabled={busy}
            className="max-sm:w-26"
            onChange={(event) => {
              save("rpe", event.target.value);
            }}
          >
            <option value="">{t("feeling.unset")}</option>
            {RPE.map((one) => (
              <option key={one} value={one}>
                {known("rpe", String(one))}
              </option>
            ))}
          </Pick>
        </label>
      )}
      {mayEdit && (
        <label className="flex items-center gap-2">
          <span className="text-ink-2">{t("feeling.feel")}</span>
          <Pick
            name={t("feeling.feel")}
            value={feel === null ? "" : String(feel)}
            disabled={busy}
            className="max-sm:w-26"
            onChange={(event) => {
              save("feel", event.target.value);
            }}
          >
            <option value="">{t("feeling.unset")}</option>
            {FEEL.map((one) => (
              <option key={one} value={one}>
                {known("feel", String(one))}
              </option>
            ))}
          </Pick>
        </label>
      )}
      <span role="status" className="text-ink-3">
        {analysis?.measuring && t("analysis.measuring")}
      </span>
    </div>
  );
}

/** An answer, for those who may not change it. */
function Answer({ name, text }: { name: string; text: string | undefined }) {
  return text === undefined ? null : (
    <p>
      <span className="text-ink-2">{name}</span> <span className="font-medium">{text}</span>
    </p>
  );
}
