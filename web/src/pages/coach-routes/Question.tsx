import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useAnswerFile, type RouteQuestion } from "@/api/coach/plannedRoutes";
import { useMayPlan } from "@/api/session";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { many, t } from "./text";

/** A file without times: the athlete says what it is. */
export function Question({ question: { file, path } }: { question: RouteQuestion }) {
  const mayPlan = useMayPlan();
  const answer = useAnswerFile();
  const [asks, setAsks] = useState(false);
  const fail = (error: Error): void => {
    sayError(reason(error));
  };
  const keep = (start_local: string | null, elapsed_s: number | null): void => {
    answer.mutate(
      { file, activity: true, start_local, elapsed_s },
      {
        onSuccess: ({ activity }) => {
          say(t(activity === null ? "planned.answered" : "planned.entered"));
          setAsks(false);
        },
        onError: fail,
      },
    );
  };
  return (
    <div className="mb-4">
      <Notice tone="warn">
        <span className="min-w-0 flex-1 basis-64">
          <strong className="mr-2">{t("planned.question")}</strong>
          {t("planned.question_hint", { path })}
        </span>
        {mayPlan && (
          <span className="flex flex-wrap gap-2">
            <Button
              busy={answer.isPending}
              onClick={() => {
                answer.mutate(
                  { file, activity: false },
                  {
                    onSuccess: ({ items }) => {
                      say(many("planned.imported", items.length));
                    },
                    onError: fail,
                  },
                );
              }}
            >
              {t("planned.is_route")}
            </Button>
            <Button
              onClick={() => {
                setAsks(true);
              }}
            >
              {t("planned.is_activity")}
            </Button>
          </span>
        )}
      </Notice>
      {asks && (
        <WhenDialog
          busy={answer.isPending}
          onKeep={keep}
          onClose={() => {
            setAsks(false);
          }}
        />
      )}
    </div>
  );
}

function WhenDialog({
  busy,
  onKeep,
  onClose,
}: {
  busy: boolean;
  onKeep: (start: string | null, seconds: number | null) => void;
  onClose: () => void;
}) {
  const [began, setBegan] = useState("");
  const [minutes, setMinutes] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onKeep(began, 60 * Number(minutes));
  };
  return (
    <Dialog title={t("planned.is_activity")} onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4">
        <p className="text-sm text-ink-2">{t("planned.activity_hint")}</p>
        <TextField
          label={t("planned.began")}
          type="datetime-local"
          required
          value={began}
          onChange={(event) => {
            setBegan(event.target.value);
          }}
        />
        <TextField
          label={t("planned.took")}
          type="number"
          min={1}
          max={20_000}
          step="any"
          required
          value={minutes}
          onChange={(event) => {
            setMinutes(event.target.value);
          }}
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Button
            busy={busy}
            onClick={() => {
              onKeep(null, null);
            }}
          >
            {t("planned.keep_only")}
          </Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t("planned.enter")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
