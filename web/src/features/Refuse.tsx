import { useRefuseRecord, useTurnEdit } from "@/api/activities/activities";
import { reason } from "@/api/client";
import { useMayEdit } from "@/api/session";
import type { RecordChange } from "@/api/types";
import { quantityName } from "@/lib/activity/records";
import { classes } from "@/lib/classes";
import { t } from "@/lib/text";
import { IconButton } from "@/ui/controls/Button";
import { say, sayError } from "@/ui/layout/Toasts";

/**
 * Refuses a quantity of the activity `name` as a record; `what` is the record it holds.
 * Shown while its group is hovered or focused.
 */
export function Refuse({
  activity,
  name,
  quantity,
  what,
  className = "",
}: {
  activity: string;
  name: string;
  quantity: string;
  what: string;
  className?: string;
}) {
  const refuse = useRefuseRecord();
  const turn = useTurnEdit();
  const mayEdit = useMayEdit();
  if (!mayEdit) return null;
  const failed = (error: unknown): void => {
    sayError(reason(error));
  };
  const press = (): void => {
    refuse.mutate(
      { activity, quantity: quantity as RecordChange["quantity"], refused: true },
      {
        onSuccess: (edit) => {
          const undo =
            edit === undefined
              ? null
              : (): void => {
                  turn.mutate({ activity, edit, turn: "undo" }, { onError: failed });
                };
          say(t("records.refused", { what: quantityName(quantity), name }), undo);
        },
        onError: failed,
      },
    );
  };
  return (
    <IconButton
      name={t("records.refuse_what", { what })}
      title={t("records.refuse")}
      icon="flag"
      disabled={refuse.isPending}
      onClick={press}
      className={classes(
        "opacity-0",
        "group-focus-within:opacity-100 group-hover:opacity-100 focus-visible:opacity-100",
        "pointer-coarse:text-ink-3 pointer-coarse:opacity-100",
        className,
      )}
    />
  );
}
