import { useState } from "react";

import type { Tagged } from "@/api/activities/activities";
import { ChartOf } from "@/charts/frames/ChartOf";
import { recordedKinds } from "@/lib/activity/curves";
import { familyOf, humanise } from "@/lib/activity/sports";
import { shifted } from "@/lib/dates";
import { known } from "@/lib/text";
import { t } from "@/pages/activity/text";
import { Pick } from "@/ui/controls/Field";
import { Section } from "@/ui/layout/Page";

const DAYS = 90;

const kindName = (kind: string): string => known("choice", kind) ?? humanise(kind);

/** What was held over each duration, against the best of the days up to this one. */
export function ActivityCurve({ activity }: { activity: Tagged }) {
  const [chosen, choose] = useState<string | null>(null);
  const kinds = recordedKinds(
    familyOf(activity.sport),
    activity.channels.map(({ key }) => key),
  );
  const kind = chosen ?? kinds[0];
  if (kind === undefined) return null;
  const title = t("curve.title", { kind: kindName(kind) });
  const day = activity.start_local.slice(0, 10);
  return (
    <Section
      title={title}
      id="curve"
      actions={
        kinds.length > 1 && (
          <Pick
            name={t("training.what")}
            value={kind}
            onChange={(event) => {
              choose(event.target.value);
            }}
          >
            {kinds.map((one) => (
              <option key={one} value={one}>
                {kindName(one)}
              </option>
            ))}
          </Pick>
        )
      }
    >
      <p className="-mt-1.5 mb-2 text-sm text-ink-2">{t("curve.hint")}</p>
      <div className="card p-2">
        <ChartOf
          key={kind}
          chart="curve"
          query={{ activity: activity.id, kind, from: shifted(day, 1 - DAYS), to: day }}
          title={title}
          sport={activity.sport}
          empty={t("training.curve_empty")}
        />
      </div>
    </Section>
  );
}
