import { useState } from "react";

import { useChangeActivity, type Tagged } from "@/api/activities/activities";
import { useMayEdit } from "@/api/session";
import { TagField } from "@/features/TagField";
import { workoutTypeName } from "@/lib/activity/workouts";
import { routes } from "@/lib/routes";
import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";
import { ChipLink } from "@/ui/controls/Chip";

/** What the workout was for and its tags, each of which leads to all that share it; changed in place. */
export function Tags({ activity, onError }: { activity: Tagged; onError: (error: unknown) => void }) {
  const change = useChangeActivity(activity.id);
  const mayEdit = useMayEdit();
  const [editing, setEditing] = useState(false);
  const { tags, workout_type } = activity;
  if (!mayEdit && tags.length === 0 && workout_type === null) return null;
  const all = (key: string, value: string): string => `${routes.activities}?${key}=${encodeURIComponent(value)}`;
  if (editing)
    return (
      <div className="mt-2 flex max-w-xl items-end gap-2">
        <div className="min-w-0 flex-1">
          <TagField
            tags={tags}
            onChange={(next) => {
              change.mutate({ tags: next }, { onError });
            }}
          />
        </div>
        <Button
          onClick={() => {
            setEditing(false);
          }}
        >
          {t("app.close")}
        </Button>
      </div>
    );
  return (
    <div className="mt-2 flex flex-wrap items-center gap-1.5">
      {workout_type !== null && (
        <ChipLink to={all("workout_type", workout_type)}>{workoutTypeName(workout_type)}</ChipLink>
      )}
      {tags.map((tag) => (
        <ChipLink key={tag} to={all("tag", tag)}>
          {tag}
        </ChipLink>
      ))}
      {mayEdit && (
        <Button
          kind="quiet"
          icon="plus"
          onClick={() => {
            setEditing(true);
          }}
        >
          {t("tags.add")}
        </Button>
      )}
    </div>
  );
}
