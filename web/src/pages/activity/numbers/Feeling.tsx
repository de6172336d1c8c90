import { useChangeActivity, type Tagged } from "@/api/activities/activities";
import { reason } from "@/api/client";
import { useMayEdit } from "@/api/session";
import type { Analysis, ActivityChange } from "@/api/types";
import { humanise } from "@/lib/activity/sports";
import { known } from "@/lib/text";
import { decimal } from "@/lib/units";
import { t } from "@/pages/activity/text";
import { Pick } from "@/ui/controls/Field";
import { say, sayError } from "@/ui/layout/Toasts";

const RPE = Array.from({ length: 11 }, (_, rpe) => rpe);
const FEEL = [1, 2, 3, 4, 5];

/** The training load of an activity with its source, the perceived effort and the feeling. */
export function Feeling({ activity, analysis }: { activity: Tagged; analysis: Analysis | undefined }) {
  const change = useChangeActivity(activity.id);
  const mayEdit = useMayEdit();
  const save = (field: "rpe" | "feel", before: number | null, typed: string): void => {
    const put = (value: number | null): ActivityChange => (field === "rpe" ? { rpe: value } : { feel: value });
    change.mutate(put(typed === "" ? null : Number(typed)), {
      onSuccess: () => {
        say(t("feeling.saved", { what: humanise(known("field", field) ?? field) }), () => {
          change.mutate(put(before));
        });
      },
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  const load = analysis?.metrics.load?.value;
  const source = analysis?.metrics.load_source?.value;
  const [rpe, feel] = [activity.rpe, activity.feel];
  return (
    <div className="mt-3 flex min-h-10 flex-wrap items-center gap-x-4 gap-y-2 px-1 text-sm">
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
            disabled={change.isPending}
            className="max-sm:w-26"
            onChange={(event) => {
              save("rpe", rpe, event.target.value);
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
            disabled={change.isPending}
            className="max-sm:w-26"
            onChange={(event) => {
              save("feel", feel, event.target.value);
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
