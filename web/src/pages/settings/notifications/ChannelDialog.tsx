import { useMemo, useState, type FormEvent } from "react";

import { useAddChannel, useChangeChannel, type NoticeChannel, type NoticeWay } from "@/api/notices/notices";
import { reason } from "@/api/client";
import { Fields } from "@/features/Fields";
import { answersOf, wrongIn, type Answers } from "@/lib/sources/answers";
import { t as common } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { fieldsOf, saidIn } from "./form";
import { t } from "./text";

/** A channel that is added, or changed. */
export function ChannelDialog({
  way,
  channel,
  onClose,
}: {
  way: NoticeWay;
  channel?: NoticeChannel;
  onClose: () => void;
}) {
  const add = useAddChannel();
  const change = useChangeChannel();
  const fields = useMemo(() => fieldsOf(way, channel), [way, channel]);
  const [answers, setAnswers] = useState<Answers>(() => answersOf(fields, channel?.settings));
  const [tried, setTried] = useState(false);
  const wrong = wrongIn(fields, answers);
  const error = add.error ?? change.error;
  const done = (text: string) => ({
    onSuccess: () => {
      say(text);
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(wrong).length > 0) return;
    if (channel) change.mutate({ id: channel.id, ...saidIn(answers) }, done(t("notify.saved")));
    else add.mutate({ way: way.key, ...saidIn(answers) }, done(t("notify.added", { name: way.name })));
  };
  return (
    <Dialog title={channel ? way.name : t("notify.add", { name: way.name })} onClose={onClose}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <Fields fields={fields} answers={answers} wrong={tried ? wrong : {}} onChange={setAnswers} />
        {error && (
          <div role="alert">
            <Notice tone="bad">{reason(error)}</Notice>
          </div>
        )}
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {common("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={add.isPending || change.isPending}>
            {channel ? t("notify.save") : t("notify.add", { name: way.name })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
