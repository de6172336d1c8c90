import { useEffect, useSyncExternalStore } from "react";

import { classes } from "@/lib/classes";
import { t } from "@/lib/text";
import { IconButton } from "@/ui/controls/Button";

interface Toast {
  id: number;
  text: string;
  bad: boolean;
  undo: (() => void) | null;
}

const SHOWN_MS = 7000;
let toasts: Toast[] = [];
let counter = 0;
const listeners = new Set<() => void>();

function put(next: Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function add(text: string, bad: boolean, undo: (() => void) | null): void {
  put([...toasts.slice(-2), { id: ++counter, text, bad, undo }]);
}

/** Say in passing that something was done; `undo` takes it back. */
export function say(text: string, undo: (() => void) | null = null): void {
  add(text, false, undo);
}

/** Say in passing that something did not work. */
export function sayError(text: string): void {
  add(text, true, null);
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div
      role="status"
      aria-live="polite"
      className={classes(
        "pointer-events-none fixed inset-x-4 bottom-20 z-50 flex flex-col items-center gap-2",
        "md:inset-x-auto md:right-6 md:bottom-6 md:items-end",
      )}
    >
      {shown.map((toast) => (
        <Card key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function Card({ toast }: { toast: Toast }) {
  const close = (): void => {
    put(toasts.filter(({ id }) => id !== toast.id));
  };
  useEffect(() => {
    const timer = setTimeout(() => {
      put(toasts.filter(({ id }) => id !== toast.id));
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [toast.id]);
  return (
    <div
      className={classes(
        "rise pointer-events-auto flex max-w-md items-center gap-1 rounded-xl bg-ink py-1.5 pr-1.5 pl-4",
        "text-sm text-ground shadow-float",
      )}
    >
      <span className="min-w-0 py-1.5">{toast.bad ? `⚠ ${toast.text}` : toast.text}</span>
      {toast.undo && (
        <button
          type="button"
          className="touch ml-2 rounded-lg px-3 py-1.5 font-semibold underline-offset-4 hover:underline"
          onClick={() => {
            toast.undo?.();
            close();
          }}
        >
          {t("app.undo")}
        </button>
      )}
      <IconButton name={t("app.dismiss")} icon="close" onClick={close} className="text-ground! hover:bg-transparent!" />
    </div>
  );
}
