import { lazy, Suspense, useEffect, useState } from "react";

import { t } from "@/app/text";
import { classes } from "@/lib/classes";
import { Icon } from "@/ui/pictures/Icon";

const Search = lazy(async () => ({ default: (await import("@/app/search/Search")).Search }));
const ASKED = "search";

/** Open the search from anywhere. */
export function openSearch(): void {
  dispatchEvent(new Event(ASKED));
}

/** The search, once Ctrl K (on a Mac ⌘ K) is pressed or its button; it is fetched when it is first opened. */
export function SearchDoor() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const show = (): void => {
      setOpen(true);
    };
    const press = (event: KeyboardEvent): void => {
      const free = document.querySelector("dialog[open]") === null;
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || !free) return;
      event.preventDefault();
      show();
    };
    addEventListener("keydown", press);
    addEventListener(ASKED, show);
    return () => {
      removeEventListener("keydown", press);
      removeEventListener(ASKED, show);
    };
  }, []);
  return (
    open && (
      <Suspense fallback={null}>
        <Search
          onClose={() => {
            setOpen(false);
          }}
        />
      </Suspense>
    )
  );
}

/** The button that opens the search. */
export function SearchButton({
  open,
  className = "",
  onPress,
}: {
  open: boolean;
  className?: string;
  onPress?: () => void;
}) {
  const mac = navigator.userAgent.includes("Mac");
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      title={open ? undefined : t("app.search")}
      onClick={() => {
        onPress?.();
        openSearch();
      }}
      className={classes(
        "touch flex items-center gap-3 rounded-lg py-2 text-sm font-medium text-ink-2 transition-colors",
        "hover:bg-sunken hover:text-ink",
        open ? "px-3" : "justify-center px-0",
        className,
      )}
    >
      <Icon name="search" />
      <span className={open ? "flex-1 text-left" : "sr-only"}>{t("app.search")}</span>
      {open && (
        <kbd aria-hidden="true" className="font-mono text-xs text-ink-3 pointer-coarse:hidden">
          {mac ? "⌘ K" : "Ctrl K"}
        </kbd>
      )}
    </button>
  );
}
