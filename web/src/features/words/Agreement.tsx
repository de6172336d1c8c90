import { useState } from "react";

import { reason } from "@/api/client";
import { useAgree, useModel } from "@/api/coach/model";
import { useMayOwn } from "@/api/session";
import { Sent } from "@/features/model/Sent";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Notice } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { t } from "./text";

/** That nothing was sent yet: the exact document that would be, and the athlete's agreement. */
export function Agreement({ wouldSend, onAgreed }: { wouldSend: string; onAgreed: () => void }) {
  const { data } = useModel();
  const mayOwn = useMayOwn();
  const agree = useAgree();
  const [looking, setLooking] = useState(false);
  if (!data?.endpoint || !mayOwn) return null;
  const { endpoint, names } = data;
  const close = (): void => {
    setLooking(false);
  };
  return (
    <Notice>
      <span className="min-w-0 flex-1">{t("words.agree_lead", { endpoint })}</span>
      <Button
        kind="primary"
        onClick={() => {
          setLooking(true);
        }}
      >
        {t("words.agree_look")}
      </Button>
      {looking && (
        <Dialog title={t("words.agree_title")} wide onClose={close}>
          <p className="text-sm text-ink-2">{t(names ? "words.agree_names" : "words.agree_no_names")}</p>
          <div className="mt-3" data-testid="would-send">
            <Sent sent={wouldSend} />
          </div>
          <div className="mt-4 flex justify-end gap-2">
            <Button
              kind="primary"
              busy={agree.isPending}
              onClick={() => {
                agree.mutate(
                  { endpoint, names },
                  {
                    onSuccess: () => {
                      say(t("words.agreed"));
                      close();
                      onAgreed();
                    },
                    onError: (error) => {
                      sayError(reason(error));
                    },
                  },
                );
              }}
            >
              {t("words.agree")}
            </Button>
          </div>
        </Dialog>
      )}
    </Notice>
  );
}
