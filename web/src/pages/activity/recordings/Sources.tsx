import { useState } from "react";
import { Link } from "react-router";

import type { Tagged } from "@/api/activities/activities";
import { useMayEdit } from "@/api/session";
import { routes } from "@/lib/routes";
import { MergeDialog } from "@/pages/activity/header/MergeDialog";
import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";
import { Section } from "@/ui/layout/Page";
import { RecordingCard } from "./RecordingCard";

/** The recordings of an activity: their sources, why they are merged, what each provides, and what can be changed. */
export function Sources({ activity }: { activity: Tagged }) {
  const mayEdit = useMayEdit();
  const [merging, setMerging] = useState(false);
  if (activity.recordings.length === 0) return null;
  const several = activity.recordings.length > 1;
  const actions = mayEdit && !activity.deleted && (
    <Button
      icon="merge"
      onClick={() => {
        setMerging(true);
      }}
    >
      {t("sources.merge")}
    </Button>
  );
  return (
    <Section title={t("sources.title")} actions={actions}>
      {(several || mayEdit) && (
        <p className="-mt-1 mb-3 text-sm text-ink-2">
          {several && `${t("sources.lead")} `}
          {mayEdit && (
            <Link
              to={routes.compare(activity.start_local.slice(0, 7))}
              className="underline underline-offset-4 hover:text-ink"
            >
              {t("sources.compare")}
            </Link>
          )}
        </p>
      )}
      <ul className="grid gap-3 lg:grid-cols-2" data-testid="recordings">
        {activity.recordings.map((recording) => (
          <li key={recording.id} className="card flex min-w-0 flex-col">
            <RecordingCard recording={recording} activity={activity} />
          </li>
        ))}
      </ul>
      {merging && (
        <MergeDialog
          activity={activity}
          onClose={() => {
            setMerging(false);
          }}
        />
      )}
    </Section>
  );
}
