import { useEffect, useRef, useState } from "react";

import { reason } from "@/api/client";
import { useChangePreferences } from "@/api/session";
import { moved, ordered } from "@/lib/order";
import type { Preferences } from "@/lib/preferences";
import { t } from "@/lib/text";
import { Button, IconButton } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { sayError } from "@/ui/layout/Toasts";

/** How cards are arranged: their keys in order, which others follow, and those that are not shown. */
export interface Arrangement {
  order: readonly string[];
  hidden: readonly string[];
}

/** Which cards are shown, and in which order; each change is saved at once. */
export function Arrange({
  cards,
  order: savedOrder,
  hidden: savedHidden,
  preferences,
  onClose,
}: {
  cards: readonly { key: string; name: string }[];
  order: readonly string[];
  hidden: readonly string[];
  /** What of the preferences an arrangement is kept as. */
  preferences: (arranged: Partial<Arrangement>) => Partial<Preferences>;
  onClose: () => void;
}) {
  const change = useChangePreferences();
  const list = useRef<HTMLOListElement>(null);
  // What is on the screen follows each click at once; a checkbox that waited for the server would jump back first.
  const [{ order, hidden }, setArranged] = useState<Arrangement>({ order: savedOrder, hidden: savedHidden });
  const [last, setMoved] = useState<{ key: string; by: -1 | 1 } | null>(null);
  // The focus stays with the card that was moved, once it stands at its new place.
  useEffect(() => {
    const buttons = last && list.current?.querySelectorAll<HTMLButtonElement>(`[data-arranged="${last.key}"] button`);
    const wanted = buttons?.[last?.by === -1 ? 0 : 1];
    (wanted?.disabled ? buttons?.[last?.by === -1 ? 1 : 0] : wanted)?.focus();
  }, [last, order]);
  const shown = ordered(cards, order, ({ key }) => key);
  const save = (arranged: Partial<Arrangement>): void => {
    const before = { order, hidden };
    setArranged({ ...before, ...arranged });
    change.mutate(preferences(arranged), {
      onError: (error) => {
        setArranged(before);
        sayError(reason(error));
      },
    });
  };
  const move = (at: number, by: -1 | 1): void => {
    const keys = shown.map(({ key }) => key);
    // Cards that are not there today keep their places after those that are.
    save({ order: [...moved(keys, at, by), ...order.filter((key) => !keys.includes(key))] });
    setMoved({ key: keys[at] ?? "", by });
  };
  const toggle = (key: string, show: boolean): void => {
    save({ hidden: show ? hidden.filter((one) => one !== key) : [...hidden, key] });
  };
  return (
    <Dialog title={t("arrange.title")} onClose={onClose}>
      <p className="mb-3 text-sm text-ink-2">{t("arrange.hint")}</p>
      <ol ref={list} className="divide-y divide-line rounded-lg border border-line">
        {shown.map(({ key, name }, at) => (
          <li key={key} data-arranged={key} className="flex items-center gap-3 py-1 pr-1.5 pl-3">
            <label className="touch flex min-w-0 flex-1 items-center gap-2.5 text-sm">
              <input
                type="checkbox"
                checked={!hidden.includes(key)}
                className="size-4.5 accent-(--accent)"
                onChange={(event) => {
                  toggle(key, event.target.checked);
                }}
              />
              {name}
            </label>
            <IconButton
              name={t("arrange.up", { name })}
              icon="up"
              disabled={at === 0}
              onClick={() => {
                move(at, -1);
              }}
            />
            <IconButton
              name={t("arrange.down", { name })}
              icon="down"
              disabled={at === shown.length - 1}
              onClick={() => {
                move(at, 1);
              }}
            />
          </li>
        ))}
      </ol>
      <div className="mt-4 flex justify-between gap-2">
        <Button
          kind="quiet"
          icon="undo"
          disabled={order.length === 0 && hidden.length === 0}
          onClick={() => {
            save({ order: [], hidden: [] });
          }}
        >
          {t("arrange.reset")}
        </Button>
        <Button kind="primary" onClick={onClose}>
          {t("app.close")}
        </Button>
      </div>
    </Dialog>
  );
}
