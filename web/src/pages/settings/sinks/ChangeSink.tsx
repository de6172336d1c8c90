import { useMemo, useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useHealthKinds } from "@/api/health";
import { useChangeSink, type Sink, type SinkKind } from "@/api/sinks";
import { Fields } from "@/features/Fields";
import { sentKinds } from "@/lib/health/sent";
import { answersOf, wrongIn, type Answers } from "@/lib/sources/answers";
import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { fieldsOf, saidIn } from "./form";
import { KindChecks } from "./KindChecks";

/** The settings of a sink and what it is sent; secrets are not shown, and stay unless others are typed. */
export function ChangeSink({ sink, kind, onClose }: { sink: Sink; kind: SinkKind; onClose: () => void }) {
  const change = useChangeSink();
  const measured = useHealthKinds().data;
  const kinds = useMemo(() => measured?.filter(({ derived }) => !derived) ?? [], [measured]);
  const fields = useMemo(
    () =>
      fieldsOf(kind).map((field) =>
        field.kind === "password" ? { ...field, required: false, help: t("sinks.secret_hint") } : field,
      ),
    [kind],
  );
  const [answers, setAnswers] = useState<Answers>(() => answersOf(fields, sink.settings));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(sink.kinds));
  const wrong = wrongIn(fields, answers);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (Object.keys(wrong).length > 0) return;
    change.mutate(
      { id: sink.id, ...saidIn(fields, answers), kinds: sentKinds(chosen, kinds, sink.kinds) },
      {
        onSuccess: () => {
          say(t("sinks.saved"));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={t("sinks.settings_of", { name: sink.name })} onClose={onClose} wide>
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        {fields.length > 0 && (
          <div className="grid gap-4 md:grid-cols-2">
            <Fields fields={fields} answers={answers} wrong={wrong} onChange={setAnswers} />
          </div>
        )}
        <KindChecks kinds={kinds} chosen={chosen} onChange={setChosen} />
        <p className="text-sm text-ink-2">{t("sinks.change_hint")}</p>
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
