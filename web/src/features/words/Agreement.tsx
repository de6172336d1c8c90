import { useState } from "react";

import { reason } from "@/api/client";
import { useAgree, useModel } from "@/api/coach/model";
import { useMayOwn } from "@/api/session";
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
          <Sent text={wouldSend} />
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

/** A document as it goes over the wire, in lines; one that is no JSON as it is. */
function Sent({ text }: { text: string }) {
  return (
    <pre
      tabIndex={0}
      data-testid="would-send"
      className="mt-3 max-h-96 overflow-auto rounded-md bg-sunken px-3 py-2 text-xs whitespace-pre-wrap"
    >
      {inLines(text)}
    </pre>
  );
}

function inLines(text: string): string {
  try {
    return JSON.stringify(
      JSON.parse(text, (_key, value: unknown) => unfolded(value)),
      null,
      2,
    );
  } catch {
    return text;
  }
}

/** A text that is a JSON object itself, as contexts are, as that object. */
function unfolded(value: unknown): unknown {
  if (typeof value !== "string" || !value.startsWith("{")) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
