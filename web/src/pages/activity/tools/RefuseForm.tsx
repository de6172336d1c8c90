import { useState, type FormEvent } from "react";

import { useRefuseRecord, useTurnEdit, type Tagged } from "@/api/activities/activities";
import { reason } from "@/api/client";
import type { RecordChange } from "@/api/types";
import { REFUSED } from "@/lib/activity/edits";
import { quantityName } from "@/lib/activity/records";
import { t } from "@/pages/activity/text";
import { sportName } from "@/lib/activity/sports";
import { Button } from "@/ui/controls/Button";
import { Radios } from "@/ui/controls/Field";
import { say, sayError } from "@/ui/layout/Toasts";

type Quantity = RecordChange["quantity"];
const QUANTITIES: readonly Quantity[] = [
  "power",
  "heart_rate",
  "speed",
  "cadence",
  "climbing",
  "distance",
  "duration",
  "calories",
];

/** Choose what of an activity is no real record. */
export function RefuseForm({ activity, onDone }: { activity: Tagged; onDone: () => void }) {
  const refuse = useRefuseRecord();
  const turn = useTurnEdit();
  const [chosen, setChosen] = useState("");
  const failed = (error: unknown): void => {
    sayError(reason(error));
  };
  const isRefused = (quantity: Quantity): boolean =>
    activity.edits.findLast(({ field, undone }) => !undone && field === REFUSED + quantity)?.value === true;
  const left = QUANTITIES.filter((quantity) => !isRefused(quantity));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // A promise, for this form is gone before it resolves.
    refuse.mutateAsync({ activity: activity.id, quantity: chosen as Quantity, refused: true }).then((edit) => {
      onDone();
      const undo = (): void => {
        turn.mutateAsync({ activity: activity.id, edit: edit ?? "", turn: "undo" }).catch(failed);
      };
      say(
        t("records.refused", { what: quantityName(chosen), name: activity.name ?? sportName(activity.sport) }),
        edit === undefined ? null : undo,
      );
    }, failed);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-sm text-ink-2">{left.length === 0 ? t("tools.refuse_all") : t("tools.refuse_hint")}</p>
      {left.length > 0 && (
        <Radios
          name={t("tools.refuse_what")}
          value={chosen}
          options={left.map((quantity) => ({ value: quantity, label: quantityName(quantity) }))}
          onChange={setChosen}
        />
      )}
      <div className="flex justify-end gap-2">
        <Button kind="quiet" onClick={onDone}>
          {t("app.cancel")}
        </Button>
        <Button type="submit" kind="primary" busy={refuse.isPending} disabled={chosen === ""}>
          {t("tools.apply")}
        </Button>
      </div>
    </form>
  );
}
