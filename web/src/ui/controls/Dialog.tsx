import { useEffect, useId, useRef, type ReactNode, type SyntheticEvent } from "react";

import { t } from "@/lib/text";
import { IconButton } from "./Button";

/** A dialog over the page: focus stays inside, Escape closes it, and focus goes back to where it was. */
export function Dialog({
  title,
  onClose,
  children,
  wide = false,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
}) {
  const box = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const before = document.activeElement;
    box.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  // At once: the browser's own close event comes when the dialog is gone, and would close the next dialog too.
  const cancel = (event: SyntheticEvent): void => {
    if (event.target !== box.current) return; // a file that was not chosen
    event.preventDefault();
    onClose();
  };
  return (
    <dialog
      ref={box}
      aria-labelledby={heading}
      onCancel={cancel}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === box.current) onClose();
      }}
      className={`card rise w-[calc(100vw-2rem)] p-0 shadow-float ${wide ? "max-w-3xl" : "max-w-lg"}`}
    >
      <div className="flex max-h-[calc(100dvh-4rem)] flex-col">
        <header className="flex items-center justify-between gap-4 border-b border-line py-2.5 pr-2.5 pl-5">
          <h2 id={heading} className="text-lg font-semibold">
            {title}
          </h2>
          <IconButton name={t("app.close")} icon="close" onClick={onClose} />
        </header>
        <div className="overflow-auto p-5">{children}</div>
      </div>
    </dialog>
  );
}
