import { useRef, useState } from "react";

import { useOrderPreview, useOrderSources, useSourceOrder } from "@/api/activities/merging";
import { reason } from "@/api/client";
import type { Connection, OrderPreview, SourceDescription } from "@/api/types";
import { sourceName } from "@/lib/activity/merging";
import { decimal } from "@/lib/units";
import { Button, IconButton } from "@/ui/controls/Button";
import { Section } from "@/ui/layout/Page";
import { Failure, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { many, t } from "./text";

/** Files that were imported stand among the sources. */
const FILES = "file";

/** Which source wins where they disagree; without a choice the evidence decides. A change is a draft until saved. */
export function Order({ items, available }: { items: Connection[]; available: SourceDescription[] }) {
  const { data, error, refetch } = useSourceOrder();
  const [draft, setDraft] = useState<string[] | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const blended = new Set(available.filter(({ terms }) => terms.may_blend).map(({ key }) => key));
  const here = [...new Set([...items.map(({ source }) => source).filter((key) => blended.has(key)), FILES])];
  if (error && !data)
    return (
      <Section title={t("order.title")}>
        <Failure error={error} retry={() => void refetch()} />
      </Section>
    );
  if (!data)
    return (
      <Section title={t("order.title")}>
        <Waiting>
          <div className="skeleton h-24" />
        </Waiting>
      </Section>
    );
  const order = draft ?? data;
  const shown = [...order, ...here.filter((key) => !order.includes(key))];
  if (shown.length < 2) return null;
  const nameOf = (key: string): string => sourceName(key, available);
  const move = (at: number, by: number): void => {
    const next = [...shown];
    const [one = ""] = next.splice(at, 1);
    next.splice(at + by, 0, one);
    setDraft(next);
    // The focus goes with what was moved, so that it can be moved on.
    requestAnimationFrame(() => {
      const buttons = list.current?.children[at + by]?.querySelectorAll<HTMLButtonElement>("button");
      const wanted = buttons?.[by < 0 ? 0 : 1];
      (wanted?.disabled ? buttons?.[by < 0 ? 1 : 0] : wanted)?.focus();
    });
  };
  return (
    <Section
      title={t("order.title")}
      actions={
        order.length > 0 && (
          <Button
            kind="quiet"
            icon="undo"
            onClick={() => {
              setDraft(data.length > 0 ? [] : null);
            }}
          >
            {t("order.clear")}
          </Button>
        )
      }
    >
      <p className="-mt-1 mb-3 max-w-prose text-sm text-ink-2">
        {t(order.length > 0 ? "order.hint" : "order.evidence")}
      </p>
      {order.length === 0 && draft === null && (
        <Button
          onClick={() => {
            setDraft(shown);
          }}
        >
          {t("order.choose")}
        </Button>
      )}
      {order.length > 0 && (
        <ol ref={list} className="card divide-y divide-line" data-testid="order">
          {shown.map((key, at) => (
            <li key={key} className="flex items-center gap-3 py-1.5 pr-2 pl-4">
              <span aria-hidden="true" className="w-5 text-sm text-ink-3">
                {decimal(at + 1)}
              </span>
              <span className="min-w-0 flex-1 truncate font-medium">{nameOf(key)}</span>
              <IconButton
                name={t("order.up", { name: nameOf(key) })}
                icon="up"
                disabled={at === 0}
                onClick={() => {
                  move(at, -1);
                }}
              />
              <IconButton
                name={t("order.down", { name: nameOf(key) })}
                icon="down"
                disabled={at === shown.length - 1}
                onClick={() => {
                  move(at, 1);
                }}
              />
            </li>
          ))}
        </ol>
      )}
      {draft !== null && (
        <Draft
          order={draft}
          onDone={() => {
            setDraft(null);
          }}
        />
      )}
    </Section>
  );
}

/** What a draft would change, to be saved or discarded. */
function Draft({ order, onDone }: { order: string[]; onDone: () => void }) {
  const preview = useOrderPreview(order);
  const put = useOrderSources();
  const save = (): void => {
    put.mutate(order, {
      onSuccess: () => {
        say(t(order.length > 0 ? "order.saved" : "order.cleared"));
        onDone();
      },
      onError: (wrong) => {
        sayError(reason(wrong));
      },
    });
  };
  return (
    <div className="card mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3" data-testid="draft">
      <span className="rounded-full bg-warn-soft px-2 text-xs leading-5 font-medium text-ink">{t("order.draft")}</span>
      <p role="status" className="min-w-0 flex-1 basis-60 text-sm text-ink-2">
        {preview.data ? previewWords(preview.data) : preview.error ? reason(preview.error) : t("order.counting")}
      </p>
      <span className="flex gap-2">
        <Button kind="primary" icon="check" busy={put.isPending} onClick={save}>
          {t(order.length > 0 ? "order.save" : "order.save_cleared")}
        </Button>
        <Button kind="quiet" onClick={onDone}>
          {t("order.discard")}
        </Button>
      </span>
    </div>
  );
}

function previewWords({ activities, names, proposals }: OrderPreview): string {
  if (activities === 0) return t("order.none");
  return [
    many("order.would", activities, decimal(activities)),
    ...(names > 0 ? [many("order.names", names, decimal(names))] : []),
    ...(proposals > 0 ? [many("order.proposals", proposals, decimal(proposals))] : []),
  ].join(" ");
}
