import type { ReactNode } from "react";
import { Link } from "react-router";

import { Icon } from "@/ui/pictures/Icon";

const SHAPE = "inline-flex max-w-full items-center rounded-full border border-line bg-sunken text-sm";

/** Something that holds, with a button that ends it. */
export function Chip({ name, onRemove, children }: { name: string; onRemove: () => void; children: ReactNode }) {
  return (
    <span className={`${SHAPE} pl-3`}>
      <span className="truncate">{children}</span>
      <button
        type="button"
        aria-label={name}
        title={name}
        onClick={onRemove}
        className="touch grid size-8 shrink-0 place-items-center rounded-full text-ink-3 hover:text-ink"
      >
        <Icon name="close" size={16} />
      </button>
    </span>
  );
}

/** A word that leads to all that share it. */
export function ChipLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className={`${SHAPE} touch px-3 py-0.5 hover:border-line-strong`}>
      <span className="truncate">{children}</span>
    </Link>
  );
}
