import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useChangeConnection } from "@/api/sources/sources";
import type { Connection, SourceDescription } from "@/api/types";
import { answersOf, changesIn, wrongIn, type Answers } from "@/lib/sources/answers";
import { planOf, scheduleOf, USUAL } from "@/lib/sources/schedules";
import { Fields } from "@/features/Fields";
import { t } from "@/pages/sources/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { ScheduleEditor } from "./ScheduleEditor";
import { COLUMNS } from "./SheetDialog";

/** When a connection syncs, and what of the source it fetches. */
export function SettingsDialog({
  connection,
  kind,
  onClose,
}: {
  connection: Connection;
  kind: SourceDescription | undefined;
  onClose: () => void;
}) {
  const change = useChangeConnection();
  const { id, name, schedule, least_ms } = connection;
  const [held] = useState(connection.settings);
  const fields = (kind?.settings ?? []).filter(({ key }) => key !== COLUMNS);
  const [first] = useState(() => planOf(schedule, kind ? planOf(kind.schedule) : USUAL));
  const [plan, setPlan] = useState(first);
  const [answers, setAnswers] = useState<Answers>(() => answersOf(fields, held));
  const [wrong, setWrong] = useState<Answers>({});
  const wanted = scheduleOf(plan, least_ms);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const bad = wrongIn(fields, answers);
    setWrong(bad);
    if (Object.keys(bad).length > 0 || wanted === undefined) return;
    const settings = changesIn(fields, answers, held);
    const changed = {
      ...(plan !== first && { schedule: wanted }),
      ...(Object.keys(settings).length > 0 && { settings }),
    };
    if (Object.keys(changed).length === 0) onClose();
    else
      change.mutate(
        { id, ...changed },
        {
          onSuccess: () => {
            say(t("schedule.saved", { name }));
            onClose();
          },
        },
      );
  };
  return (
    <Dialog title={t("schedule.settings", { name })} onClose={onClose}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <ScheduleEditor connection={id} leastMs={least_ms} plan={plan} onChange={setPlan} />
        {fields.length > 0 && <h3 className="mt-2 border-t border-line pt-4 font-semibold">{t("schedule.what")}</h3>}
        <Fields fields={fields} answers={answers} wrong={wrong} onChange={setAnswers} />
        {change.isError && (
          <div role="alert">
            <Notice tone="bad">{reason(change.error)}</Notice>
          </div>
        )}
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={change.isPending}>
            {t("app.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
