import { useState } from "react";

import type { Tagged } from "@/api/activities/activities";
import { useMayEdit } from "@/api/session";
import { TagField } from "@/features/TagField";
import { WORKOUT_TYPES, workoutTypeName } from "@/lib/activity/workouts";
import { routes } from "@/lib/routes";
import { t } from "@/pages/activity/text";
import { Button } from "@/ui/controls/Button";
import { ChipLink } from "@/ui/controls/Chip";
import { Pick } from "@/ui/controls/Field";
import { useInline } from "./inline";

/** What the workout was for and its tags, each of which leads to all that share it; changed in place. */
export function Tags({ activity }: { activity: Tagged }) {
  const { save } = useInline(activity);
  const mayEdit = useMayEdit();
  const [editing, setEditing] = useState(false);
  const { tags, workout_type } = activity;
  if (!mayEdit && tags.length === 0 && workout_type === null) return null;
  const all = (key: string, value: string): string => `${routes.activities}?${key}=${encodeURIComponent(value)}`;
  if (editing)
    return (
      <div className="flex max-w-xl basis-full items-end gap-2">
        <div className="min-w-0 flex-1">
          <TagField
            tags={tags}
            onChange={(next) => {
              void save({ tags: next });
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
    <>
      {mayEdit && (
        <Pick
          name={t("workout.type")}
          value={workout_type ?? ""}
          className="max-w-44"
          onChange={(event) => {
            const chosen = WORKOUT_TYPES.find((type) => type === event.target.value) ?? null;
            void save({ workout_type: chosen });
          }}
        >
          <option value="">{t("workout.unset")}</option>
          {WORKOUT_TYPES.map((type) => (
            <option key={type} value={type}>
              {workoutTypeName(type)}
            </option>
          ))}
        </Pick>
      )}
      {!mayEdit && workout_type !== null && (
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
    </>
  );
}
