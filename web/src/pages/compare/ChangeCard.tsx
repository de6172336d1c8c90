import { Link } from "react-router";

import { reason } from "@/api/client";
import { useMayOwn, usePreferences } from "@/api/session";
import { useDecide, useTakeBackChange } from "@/api/sources/compare";
import type { Proposal } from "@/api/types";
import { OutLink } from "@/features/Provenance";
import { humanise } from "@/lib/activity/sports";
import { instant } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { known } from "@/lib/text";
import { IconButton } from "@/ui/controls/Button";
import { say, sayError } from "@/ui/layout/Toasts";
import { Icon } from "@/ui/pictures/Icon";
import { saidWords } from "./comparing";
import { many, t, type Plain } from "./text";
import { wordDiff } from "./wordDiff";

const STATES: Record<string, { words: Plain; icon: string; tone: string }> = {
  open: { words: "changes.is_open", icon: "question", tone: "text-ink-2" },
  approved: { words: "changes.is_approved", icon: "sync", tone: "text-accent" },
  applied: { words: "changes.is_applied", icon: "check", tone: "text-accent" },
  failed: { words: "changes.is_failed", icon: "alert", tone: "text-danger" },
  rejected: { words: "changes.is_rejected", icon: "close", tone: "text-ink-2" },
  undone: { words: "changes.is_undone", icon: "undo", tone: "text-ink-2" },
};

/** A change at a source: where, of what, from what to what, how it stands, and what can be done with it. */
export function ChangeCard({
  change,
  chosen,
  onChoose,
}: {
  change: Proposal;
  chosen?: boolean;
  onChoose?: () => void;
}) {
  const details = detailsOf(change);
  return (
    <article className="flex items-start gap-3 px-4 py-3" data-change={change.state} data-field={change.field}>
      {onChoose && (
        <label className="touch -m-1 flex items-center p-1">
          <input
            type="checkbox"
            checked={chosen ?? false}
            onChange={onChoose}
            aria-label={t("changes.choose", details)}
            className="size-4.5 accent-(--accent)"
          />
        </label>
      )}
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <span className="font-semibold">{humanise(details.field)}</span>
          {change.activity === null ? (
            <span className="text-ink-2">{details.activity}</span>
          ) : (
            <Link
              to={routes.activity(change.activity)}
              className="min-w-0 truncate text-ink-2 underline-offset-4 hover:underline"
            >
              {details.activity}
            </Link>
          )}
          <OutLink url={change.url} name={change.source_name} />
        </p>
        <Diff change={change} />
        <State change={change} />
        {!change.reversible && (change.state === "open" || change.state === "failed") && (
          <p className="mt-1 text-xs text-ink-2">{t("changes.for_good", details)}</p>
        )}
      </div>
      <Acts change={change} details={details} />
    </article>
  );
}

/** What is no change of a field: a whole recording, there or here. */
const WHOLE: Record<string, { name: Plain; words: Plain }> = {
  upload: { name: "changes.upload_field", words: "changes.upload" },
  file: { name: "changes.file_field", words: "changes.file" },
  messages: { name: "changes.messages_field", words: "changes.messages" },
};

const detailsOf = ({ field, activity_name, source_name }: Proposal) => ({
  field: WHOLE[field] ? t(WHOLE[field].name) : (known("field", field) ?? field),
  activity: activity_name ?? (field === "messages" ? "" : t("changes.unknown")),
  name: source_name,
});

/** What is there and what it becomes, word by word where it is a text. */
function Diff({ change: { field, before, after } }: { change: Proposal }) {
  const wish = usePreferences();
  const whole = WHOLE[field];
  if (whole) return <p className="mt-1 text-sm">{t(whole.words)}</p>;
  if (before === null)
    return (
      <p className="mt-1 text-sm" data-testid="diff">
        <ins className="rounded-sm bg-accent-soft px-0.5 font-medium no-underline">{saidWords(field, after, wish)}</ins>
        <span className="block text-xs text-ink-3">{t("changes.before_unknown")}</span>
      </p>
    );
  const [old, now] = [before, after].map((value) => saidWords(field, value, wish));
  const pieces =
    typeof before === "string" && typeof after === "string" && field !== "sport" && before !== "" && after !== ""
      ? wordDiff(before, after)
      : [
          { kind: "gone" as const, text: old ?? "" },
          { kind: "same" as const, text: " → " },
          { kind: "new" as const, text: now ?? "" },
        ];
  return (
    <p className="mt-1 text-sm break-words whitespace-pre-line" data-testid="diff">
      <span className="sr-only">{`${t("changes.from")} ${old ?? ""}, ${t("changes.to")} ${now ?? ""}`}</span>
      <span aria-hidden="true">
        {pieces.map(({ kind, text }, at) => {
          if (kind === "gone")
            return (
              <del key={at} className="rounded-sm bg-danger-soft px-0.5 text-ink-2">
                {text}
              </del>
            );
          if (kind === "new")
            return (
              <ins key={at} className="rounded-sm bg-accent-soft px-0.5 font-medium no-underline">
                {text}
              </ins>
            );
          return <span key={at}>{text}</span>;
        })}
      </span>
    </p>
  );
}

function State({ change: { state, note, applied, decided, made } }: { change: Proposal }) {
  const wish = usePreferences();
  const look = STATES[state];
  if (!look) return null;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-2 text-xs">
      <span className={`inline-flex items-center gap-1 font-medium ${look.tone}`}>
        <Icon name={look.icon} size={15} />
        {t(look.words)}
      </span>
      <span className="text-ink-3">{instant(applied ?? decided ?? made, wish)}</span>
      {note !== null && state !== "applied" && (
        <span className={state === "failed" ? "basis-full text-sm text-ink" : "basis-full text-ink-2"}>{note}</span>
      )}
    </p>
  );
}

function Acts({ change, details }: { change: Proposal; details: ReturnType<typeof detailsOf> }) {
  const [decide, back] = [useDecide(), useTakeBackChange()];
  const mayApprove = useMayOwn();
  const { id, state, undoable } = change;
  const failed = (error: unknown): void => {
    sayError(reason(error));
  };
  const judge = (verdict: "approve" | "reject"): void => {
    decide.mutate(
      { ids: [id], verdict },
      {
        onSuccess: () => {
          say(many(verdict === "approve" ? "changes.approved_toast" : "changes.rejected_toast", 1));
        },
        onError: failed,
      },
    );
  };
  const busy = decide.isPending || back.isPending;
  return (
    <span className="flex shrink-0 items-center">
      {mayApprove && state === "open" && (
        <IconButton
          name={t("changes.approve_what", details)}
          icon="check"
          disabled={busy}
          onClick={() => {
            judge("approve");
          }}
        />
      )}
      {mayApprove && state === "failed" && (
        <IconButton
          name={t("changes.again_what", details)}
          icon="sync"
          disabled={busy}
          onClick={() => {
            judge("approve");
          }}
        />
      )}
      {(state === "open" || state === "failed") && (
        <IconButton
          name={t("changes.reject_what", details)}
          icon="close"
          disabled={busy}
          onClick={() => {
            judge("reject");
          }}
        />
      )}
      {mayApprove && undoable && (
        <IconButton
          name={t("changes.undo_what", details)}
          icon="undo"
          disabled={busy}
          onClick={() => {
            back.mutate(id, {
              onSuccess: () => {
                say(t("changes.undo_toast"));
              },
              onError: failed,
            });
          }}
        />
      )}
    </span>
  );
}
