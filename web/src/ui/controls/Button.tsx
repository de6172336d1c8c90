import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Link } from "react-router";

import { classes } from "@/lib/classes";
import { Icon } from "@/ui/pictures/Icon";

type Kind = "primary" | "plain" | "quiet" | "danger";

const KINDS: Record<Kind, string> = {
  primary: "bg-accent text-accent-ink border-transparent hover:bg-accent-strong",
  plain: "bg-surface text-ink border-line hover:border-line-strong",
  quiet: "bg-transparent text-ink-2 border-transparent hover:bg-sunken hover:text-ink",
  danger: "bg-surface text-danger border-line hover:border-danger",
};
const SHAPE =
  "touch inline-flex items-center justify-center gap-2 whitespace-nowrap rounded-lg border px-3 py-1.5 " +
  "text-sm font-medium " +
  "transition-colors disabled:opacity-50 disabled:pointer-events-none";

interface Looks {
  kind?: Kind;
  icon?: string;
  children?: ReactNode;
  className?: string;
}

type ButtonProps = Looks & ButtonHTMLAttributes<HTMLButtonElement> & { busy?: boolean };

/** A button; busy, it keeps its size and takes no second press. */
export function Button({ kind = "plain", icon, busy = false, className = "", children, ...rest }: ButtonProps) {
  return (
    <button type="button" aria-busy={busy} disabled={busy} {...rest} className={`${SHAPE} ${KINDS[kind]} ${className}`}>
      {icon !== undefined && <Icon name={icon} size={18} />}
      {children}
    </button>
  );
}

/** A link within the app that looks like a button. */
export function ButtonLink({ kind = "plain", icon, className = "", children, to }: Looks & { to: string }) {
  return (
    <Link to={to} className={`${SHAPE} ${KINDS[kind]} ${className}`}>
      {icon !== undefined && <Icon name={icon} size={18} />}
      {children}
    </Link>
  );
}

/** A button that is only an icon; its name is what a screen reader and the tooltip say. */
export function IconButton({
  name,
  icon,
  className = "",
  ...rest
}: { name: string; icon: string } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      {...rest}
      className={classes(
        "inline-flex size-9 shrink-0 items-center justify-center rounded-lg text-ink-2",
        "transition-colors",
        "pointer-coarse:size-11 hover:bg-sunken hover:text-ink disabled:opacity-50",
        className,
      )}
    >
      <Icon name={icon} />
    </button>
  );
}
