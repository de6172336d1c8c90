import { useEffect, useRef, useState, type ReactNode } from "react";

import { classes } from "@/lib/classes";
import { Icon } from "@/ui/pictures/Icon";

/**
 * A button that opens a short list of actions, above it if `up`.
 * Arrow keys move; Escape and a click elsewhere close it.
 */
export function Menu({
  button,
  children,
  up = false,
}: {
  button: (wiring: { "aria-expanded": boolean; "aria-haspopup": "menu"; onClick: () => void }) => ReactNode;
  children: ReactNode;
  up?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const items = (): HTMLElement[] => [...(box.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const press = (event: KeyboardEvent): void => {
      const at = items().indexOf(document.activeElement as HTMLElement);
      if (event.key === "Escape") {
        setOpen(false);
        box.current?.querySelector<HTMLElement>("[aria-haspopup]")?.focus();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const count = items().length;
        items()[(at + (event.key === "ArrowDown" ? 1 : -1) + count) % count]?.focus();
      }
    };
    const click = (event: MouseEvent): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    items()[0]?.focus();
    document.addEventListener("keydown", press);
    document.addEventListener("click", click);
    return () => {
      document.removeEventListener("keydown", press);
      document.removeEventListener("click", click);
    };
  }, [open]);
  return (
    <div ref={box} className="relative">
      {button({
        "aria-expanded": open,
        "aria-haspopup": "menu",
        onClick: () => {
          setOpen(!open);
        },
      })}
      {open && (
        <div
          role="menu"
          tabIndex={-1}
          onClick={() => {
            setOpen(false);
          }}
          className={classes(
            "card rise absolute right-0 z-30 flex min-w-52 flex-col p-1 shadow-float",
            up ? "bottom-full mb-1.5" : "mt-1.5",
          )}
        >
          {children}
        </div>
      )}
    </div>
  );
}

const ITEM =
  "touch flex w-full items-center gap-2.5 rounded-lg px-3 py-1.5 text-left text-sm whitespace-nowrap " +
  "hover:bg-sunken focus-visible:bg-sunken";

export function MenuItem({
  icon,
  children,
  onClick,
  danger = false,
}: {
  icon: string;
  children: ReactNode;
  onClick: () => void;
  danger?: boolean;
}) {
  return (
    <button
      type="button"
      role="menuitem"
      onClick={onClick}
      className={`${ITEM} ${danger ? "text-danger" : "text-ink"}`}
    >
      <Icon name={icon} size={18} />
      {children}
    </button>
  );
}

/** A menu item that downloads what the server answers. */
export function MenuDownload({ icon, children, href }: { icon: string; children: ReactNode; href: string }) {
  return (
    <a role="menuitem" href={href} download className={`${ITEM} text-ink`}>
      <Icon name={icon} size={18} />
      {children}
    </a>
  );
}
