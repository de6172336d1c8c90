import { useRef, useState } from "react";

import { reason } from "@/api/client";
import { useSetPriority } from "@/api/health";
import { moved } from "@/lib/order";
import { decimal } from "@/lib/units";
import { Button, IconButton } from "@/ui/controls/Button";
import { say, sayError } from "@/ui/layout/Toasts";
import { t } from "./text";

/** A source, or one of its devices: `name` as an order names it. */
interface Row {
  name: string;
  title: string;
  detail: string;
}

/** Sources in their order, moved by buttons; a change is a draft until it is saved. */
export function OrderList({
  kind,
  what,
  rows,
  isOwn,
  readOnly,
}: {
  /** The key of a measure, or `all`. */
  kind: string;
  what: string;
  rows: Row[];
  /** Whether the athlete set this order. */
  isOwn: boolean;
  readOnly: boolean;
}) {
  const set = useSetPriority();
  const [draft, setDraft] = useState<string[] | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const order = draft ?? rows.map(({ name }) => name);
  const shown = order.flatMap((name) => rows.find((row) => row.name === name) ?? []);
  const move = (at: number, by: -1 | 1): void => {
    setDraft(moved(order, at, by));
    // The focus goes with what was moved, so that it can be moved on.
    requestAnimationFrame(() => {
      const buttons = list.current?.children[at + by]?.querySelectorAll<HTMLButtonElement>("button");
      const wanted = buttons?.[by < 0 ? 0 : 1];
      (wanted?.disabled ? buttons?.[by < 0 ? 1 : 0] : wanted)?.focus();
    });
  };
  const save = (sources: string[]): void => {
    set.mutate(
      { kind, sources },
      {
        onSuccess: () => {
          setDraft(null);
          say(t(sources.length > 0 ? "priority.saved" : "priority.reset_done"));
        },
        onError: (wrong) => {
          sayError(reason(wrong));
        },
      },
    );
  };
  return (
    <>
      <ol ref={list} aria-label={what} className="divide-y divide-line rounded-lg border border-line">
        {shown.map(({ name, title, detail }, at) => (
          <li key={name} data-origin={name} className="flex items-center gap-3 py-1 pr-1.5 pl-3">
            <span aria-hidden="true" className="w-4 text-sm text-ink-3">
              {decimal(at + 1)}
            </span>
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{title}</span>
              {detail !== "" && <span className="label block">{detail}</span>}
            </span>
            {!readOnly && (
              <>
                <IconButton
                  name={t("priority.up", { origin: title })}
                  icon="up"
                  disabled={at === 0}
                  onClick={() => {
                    move(at, -1);
                  }}
                />
                <IconButton
                  name={t("priority.down", { origin: title })}
                  icon="down"
                  disabled={at === shown.length - 1}
                  onClick={() => {
                    move(at, 1);
                  }}
                />
              </>
            )}
          </li>
        ))}
      </ol>
      {draft === null && isOwn && !readOnly && (
        <Button
          kind="quiet"
          icon="undo"
          className="mt-2"
          busy={set.isPending}
          onClick={() => {
            save([]);
          }}
        >
          {t("priority.reset")}
        </Button>
      )}
      {draft !== null && (
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg bg-warn-soft px-4 py-3">
          <p role="status" className="min-w-0 flex-1 basis-60 text-sm">
            <strong className="font-medium">{t("priority.draft")}</strong> {t("priority.changes", { what })}
          </p>
          <span className="flex gap-2">
            <Button
              kind="primary"
              icon="check"
              busy={set.isPending}
              onClick={() => {
                save(draft);
              }}
            >
              {t("priority.save")}
            </Button>
            <Button
              kind="quiet"
              onClick={() => {
                setDraft(null);
              }}
            >
              {t("priority.discard")}
            </Button>
          </span>
        </div>
      )}
    </>
  );
}
