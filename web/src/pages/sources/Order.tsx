import { useRef } from "react";

import { reason } from "@/api/client";
import { useOrderSources, useSourceOrder } from "@/api/merging";
import type { Connection, SourceDescription } from "@/api/types";
import { sourceName } from "@/lib/merging";
import { t } from "@/lib/text";
import { decimal } from "@/lib/units";
import { Button, IconButton } from "@/ui/Button";
import { Section } from "@/ui/Page";
import { Failure, Waiting } from "@/ui/States";
import { say, sayError } from "@/ui/Toasts";

/** Files that were imported stand among the sources. */
const FILES = "file";

/** Whom to believe first where sources disagree; the evidence decides as long as nobody says. */
export function Order({ items, available }: { items: Connection[]; available: SourceDescription[] }) {
  const { data, error, refetch } = useSourceOrder();
  const put = useOrderSources();
  const list = useRef<HTMLOListElement>(null);
  const blended = new Set(available.filter(({ terms }) => terms.may_blend).map(({ key }) => key));
  const here = [...new Set([...items.map(({ source }) => source).filter((key) => blended.has(key)), FILES])];
  const change = (order: string[], words: string): void => {
    put.mutate(order, { onSuccess: () => { say(words); }, onError: (wrong) => { sayError(reason(wrong)); } });
  };
  if (error && !data) return <Section title={t("order.title")}><Failure error={error} retry={() => void refetch()} /></Section>;
  if (!data) return <Section title={t("order.title")}><Waiting><div className="skeleton h-24" /></Waiting></Section>;
  const shown = [...data, ...here.filter((key) => !data.includes(key))];
  if (shown.length < 2) return null;
  const nameOf = (key: string): string => sourceName(key, available);
  const move = (at: number, by: number): void => {
    const next = [...shown];
    const [one = ""] = next.splice(at, 1);
    next.splice(at + by, 0, one);
    change(next, t("order.moved", { name: nameOf(one), number: decimal(at + by + 1) }));
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
      actions={data.length > 0 && <Button kind="quiet" icon="undo" busy={put.isPending} onClick={() => { change([], t("order.cleared")); }}>{t("order.clear")}</Button>}
    >
      <p className="-mt-1 mb-3 max-w-prose text-sm text-ink-2">{t(data.length > 0 ? "order.hint" : "order.evidence")}</p>
      {data.length === 0 ? <Button busy={put.isPending} onClick={() => { change(shown, t("order.chosen")); }}>{t("order.choose")}</Button> : (
        <ol ref={list} className="card divide-y divide-line" data-testid="order">
          {shown.map((key, at) => (
            <li key={key} className="flex items-center gap-3 py-1.5 pr-2 pl-4">
              <span aria-hidden="true" className="w-5 text-sm text-ink-3">{decimal(at + 1)}</span>
              <span className="min-w-0 flex-1 truncate font-medium">{nameOf(key)}</span>
              <IconButton name={t("order.up", { name: nameOf(key) })} icon="up" disabled={at === 0} onClick={() => { move(at, -1); }} />
              <IconButton name={t("order.down", { name: nameOf(key) })} icon="down" disabled={at === shown.length - 1} onClick={() => { move(at, 1); }} />
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
