import { useNotices } from "@/api/notices/notices";
import { many, t } from "@/app/text";
import { classes } from "@/lib/classes";
import { decimal } from "@/lib/units";
import { Icon } from "@/ui/pictures/Icon";

/** How many notices nobody has seen yet. */
export function useUnseen(): number {
  return useNotices().data?.unseen ?? 0;
}

/** The bell, with how many notices are new. */
export function Bell({ open, className = "", onPress }: { open: boolean; className?: string; onPress: () => void }) {
  const unseen = useUnseen();
  const name = unseen > 0 ? many("notifications.open", unseen, decimal(unseen)) : t("notifications.title");
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      title={open ? undefined : name}
      onClick={onPress}
      data-unseen={unseen}
      className={classes(
        "touch flex items-center gap-3 rounded-lg py-2 text-sm font-medium text-ink-2 transition-colors",
        "hover:bg-sunken hover:text-ink",
        open ? "px-3" : "justify-center px-0",
        className,
      )}
    >
      <span className="relative">
        <Icon name="bell" />
        {!open && unseen > 0 && <Dot />}
      </span>
      <span className="sr-only">{name}</span>
      {open && (
        <span aria-hidden="true" className="min-w-0 flex-1 truncate text-left">
          {t("notifications.title")}
        </span>
      )}
      {open && unseen > 0 && (
        <span
          aria-hidden="true"
          className="rounded-full bg-accent px-1.5 text-xs leading-5 font-semibold text-accent-ink"
        >
          {decimal(unseen)}
        </span>
      )}
    </button>
  );
}

/** Something is new behind this. */
export function Dot() {
  return (
    <span
      aria-hidden="true"
      className="absolute -top-0.5 -right-0.5 size-2.5 rounded-full border-2 border-surface bg-accent"
    />
  );
}
