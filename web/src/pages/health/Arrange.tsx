import { useRef } from "react";

import { reason } from "@/api/client";
import { useChangePreferences, usePreferences } from "@/api/session";
import type { HealthCard } from "@/api/types";
import type { Preferences } from "@/lib/preferences";
import { moved, ordered } from "@/lib/order";
import { Button, IconButton } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { sayError } from "@/ui/layout/Toasts";
import { t } from "./text";

/** Which cards are shown, and in which order; each change is saved at once. */
export function Arrange({ cards, onClose }: { cards: HealthCard[]; onClose: () => void }) {
  const { health_cards: order, health_hidden: hidden } = usePreferences();
  const change = useChangePreferences();
  const list = useRef<HTMLOListElement>(null);
  const shown = ordered(cards, order, ({ key }) => key);
  const save = (changed: Partial<Preferences>): void => {
    change.mutate(changed, {
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  const move = (at: number, by: -1 | 1): void => {
    const keys = shown.map(({ key }) => key);
    // Cards that are not there today keep their places after those that are.
    save({ health_cards: [...moved(keys, at, by), ...order.filter((key) => !keys.includes(key))] });
    requestAnimationFrame(() => {
      const buttons = list.current?.children[at + by]?.querySelectorAll<HTMLButtonElement>("button");
      const wanted = buttons?.[by < 0 ? 0 : 1];
      (wanted?.disabled ? buttons?.[by < 0 ? 1 : 0] : wanted)?.focus();
    });
  };
  const toggle = (key: string, show: boolean): void => {
    save({ health_hidden: show ? hidden.filter((one) => one !== key) : [...hidden, key] });
  };
  return (
    <Dialog title={t("overview.arrange_title")} onClose={onClose}>
      <p className="mb-3 text-sm text-ink-2">{t("overview.arrange_hint")}</p>
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
              name={t("overview.card_up", { name })}
              icon="up"
              disabled={at === 0}
              onClick={() => {
                move(at, -1);
              }}
            />
            <IconButton
              name={t("overview.card_down", { name })}
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
            save({ health_cards: [], health_hidden: [] });
          }}
        >
          {t("overview.arrange_reset")}
        </Button>
        <Button kind="primary" onClick={onClose}>
          {t("app.close")}
        </Button>
      </div>
    </Dialog>
  );
}
