import { useChangeActivity, useTurnEdit, type Tagged } from "@/api/activities/activities";
import { Problem, reason } from "@/api/client";
import type { ActivityChange } from "@/api/types";
import { humanise } from "@/lib/activity/sports";
import { known } from "@/lib/text";
import { t } from "@/pages/activity/text";
import { say, sayError } from "@/ui/layout/Toasts";

/** Say why a change was not made. */
export function tellChange(error: unknown): void {
  sayError(error instanceof Problem && error.status === 412 ? t("activity.conflict") : reason(error));
}

type Field = keyof ActivityChange & string;

/** Changes one field of an activity where it stands, and offers to undo that edit. Rejects if it was not made. */
export function useInline(activity: Tagged) {
  const change = useChangeActivity(activity.id);
  const turn = useTurnEdit();
  const save = async (changed: ActivityChange): Promise<boolean> => {
    const [field] = Object.keys(changed) as [Field];
    try {
      const { edits } = await change.mutateAsync(changed);
      const edit = edits.findLast((one) => one.field === field && !one.undone)?.id;
      const undo = (): void => {
        turn.mutateAsync({ activity: activity.id, edit: edit ?? "", turn: "undo" }).catch(tellChange);
      };
      say(t("inline.saved", { what: humanise(known("field", field) ?? field) }), edit === undefined ? null : undo);
      return true;
    } catch (error) {
      tellChange(error);
      return false;
    }
  };
  return { save, busy: change.isPending };
}
