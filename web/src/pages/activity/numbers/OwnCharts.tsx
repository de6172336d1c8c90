import { useState } from "react";

import type { Tagged } from "@/api/activities/activities";
import { useChartsOf } from "@/api/numbers";
import type { ChartInfo } from "@/api/types";
import { ChartOf } from "@/charts/frames/ChartOf";
import { ownKinds } from "@/lib/activity/curves";
import { humanise, sportLook } from "@/lib/activity/sports";
import { known } from "@/lib/text";
import { t } from "@/pages/activity/text";
import { Segmented } from "@/ui/controls/Field";
import { Section } from "@/ui/layout/Page";

/** Every chart that the server has of one activity, such as its histograms. */
export function OwnCharts({ activity }: { activity: Tagged }) {
  return useChartsOf("activity").map((info) => <OwnChart key={info.key} info={info} activity={activity} />);
}

function OwnChart({ info, activity }: { info: ChartInfo; activity: Tagged }) {
  const [chosen, choose] = useState<string | null>(null);
  const kinds = ownKinds(
    info.key,
    info.choices.kind ?? [],
    sportLook(activity.sport).pace,
    activity.channels.map(({ key }) => key),
  );
  const kind = chosen !== null && kinds.includes(chosen) ? chosen : kinds[0];
  if (kind === undefined) return null;
  return (
    <Section
      title={info.title}
      id={info.key}
      actions={
        kinds.length > 1 && (
          <Segmented
            name={t("own.kind", { title: info.title })}
            hideName
            value={kind}
            onChange={choose}
            options={kinds.map((value) => ({ value, label: known("choice", value) ?? humanise(value) }))}
          />
        )
      }
    >
      <div className="card p-2">
        <ChartOf
          key={kind}
          chart={info.key}
          query={{ activity: activity.id, kind }}
          title={info.title}
          sport={activity.sport}
        />
      </div>
    </Section>
  );
}
