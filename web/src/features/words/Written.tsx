import { Link } from "react-router";

import { reason } from "@/api/client";
import { useDecideText, type CoachText } from "@/api/coach/texts";
import { useMayOwn } from "@/api/session";
import { Points } from "@/features/coach/Points";
import { Changes } from "@/features/plan/Changes";
import { routes } from "@/lib/routes";
import { Button } from "@/ui/controls/Button";
import { Notice, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { Agreement } from "./Agreement";
import { many, t } from "./text";

/** A text of the coach: its points, what it asks and does not know, who wrote it, and what it suggests. */
export function Written({ text, onAgain }: { text: CoachText; onAgain: () => void }) {
  if (text.state === "waiting")
    return (
      <Waiting>
        <p role="status" className="text-sm text-ink-2">
          {t("words.waiting")}
        </p>
      </Waiting>
    );
  return (
    <article className="card flex flex-col gap-3 p-4" data-text={text.id}>
      {text.would_send !== null ? (
        <Agreement wouldSend={text.would_send} onAgreed={onAgain} />
      ) : (
        text.why !== null && <Notice>{text.why}</Notice>
      )}
      {text.headline && <h3 className="font-semibold">{text.headline}</h3>}
      <Points items={text.points} />
      {text.question && (
        <p className="text-sm">
          <span className="font-medium">{t("words.question")}: </span>
          {text.question}
        </p>
      )}
      {text.unknown.length > 0 && (
        <p className="text-sm text-ink-2">{t("words.unknown", { what: text.unknown.join("; ") })}</p>
      )}
      {text.operations.length > 0 && <Suggestions text={text} />}
      {text.refused.length > 0 && (
        <p className="text-sm text-ink-2">{t("words.refused", { what: text.refused.join(" ") })}</p>
      )}
      <p className="text-xs text-ink-3">
        {text.by === "model" ? t("words.by_model", { model: text.model ?? "" }) : t("words.by_code")}
        {text.hidden > 0 && ` ${many("words.hidden", text.hidden)}`}
        {text.call !== null && (
          <>
            {" "}
            <Link className="underline" to={routes.coachCall(String(text.call))}>
              {t("words.see_call")}
            </Link>
          </>
        )}
      </p>
    </article>
  );
}

/** Changes of the plan that a text suggests, with what they would do; approving makes the next version. */
function Suggestions({ text }: { text: CoachText }) {
  const mayOwn = useMayOwn();
  const decide = useDecideText();
  if (text.decision !== null)
    return (
      <p className="text-sm text-ink-2">
        {text.decision === "approve" && text.plan !== null ? (
          <Link className="underline" to={routes.plan(text.plan)}>
            {t("words.was_approved", { version: text.made ?? "" })}
          </Link>
        ) : (
          t("words.was_rejected")
        )}
      </p>
    );
  const choose = (decision: "approve" | "reject"): void => {
    decide.mutate(
      { text: text.id, decision },
      {
        onSuccess: ({ made }) => {
          say(made === null ? t("words.rejected") : t("words.approved", { version: made }));
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  return (
    <section aria-label={t("words.suggests")} className="rounded-lg border border-line p-3">
      <h4 className="mb-2 text-sm font-medium text-ink-2">{t("words.suggests")}</h4>
      {text.diff && <Changes diff={text.diff} />}
      {mayOwn && text.diff && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button
            kind="primary"
            icon="check"
            busy={decide.isPending}
            onClick={() => {
              choose("approve");
            }}
          >
            {t("words.approve")}
          </Button>
          <Button
            disabled={decide.isPending}
            onClick={() => {
              choose("reject");
            }}
          >
            {t("words.reject")}
          </Button>
        </div>
      )}
    </section>
  );
}
