import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useChangeEntry, useRestoreEntry } from "@/api/health";
import { usePreferences } from "@/api/session";
import type { Weighing } from "@/api/types";
import { day as dayWords, today } from "@/lib/dates";
import { readNumber } from "@/lib/numbers";
import { scaleOf } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { TextField } from "@/ui/controls/Field";
import { say } from "@/ui/layout/Toasts";
import { t } from "./text";

/** Another weight or another day for what was entered by hand. */
export function EditWeighing({ item, onClose }: { item: Weighing; onClose: () => void }) {
  const wish = usePreferences();
  const { unit, of, format } = scaleOf("weight", wish);
  const before = format(of(item.value));
  const [typed, setTyped] = useState(before);
  const [day, setDay] = useState(item.day);
  const [error, setError] = useState<string | undefined>();
  const [change, restore] = [useChangeEntry(), useRestoreEntry()];
  const title = t("weight.edit", { day: dayWords(item.day, wish, "short") });
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const shown = readNumber(typed);
    const { id } = item;
    if (id === null) return;
    if (shown === null || Number.isNaN(shown)) {
      setError(t("weight.bad", { example: before }));
      return;
    }
    // What was not typed anew keeps all of its digits.
    const value = typed === before ? item.value : shown / of(1);
    change.mutate(
      { id, value, day },
      {
        onSuccess: () => {
          say(t("weight.changed", { day: dayWords(day, wish, "short") }), () => {
            restore.mutate(id);
          });
          onClose();
        },
        onError: (problem) => {
          setError(reason(problem));
        },
      },
    );
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={save} className="flex flex-col gap-4">
        <TextField
          label={`${t("weight.value")} (${unit})`}
          inputMode="decimal"
          value={typed}
          error={error}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
        />
        <TextField
          label={t("weight.date")}
          type="date"
          required
          value={day}
          max={today(wish.zone)}
          onChange={(event) => {
            setDay(event.target.value);
          }}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("app.cancel")}</Button>
          <Button type="submit" kind="primary" busy={change.isPending}>
            {t("app.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
