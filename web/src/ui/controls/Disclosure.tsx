import type { ReactNode } from "react";

import { classes } from "@/lib/classes";
import { Icon } from "@/ui/pictures/Icon";

/** What is there for those who want to know more, behind a line that opens it. */
export function Disclosure({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="group mt-1 text-sm">
      <summary
        className={classes(
          "touch -ml-1 inline-flex list-none items-center gap-1 rounded px-1 text-ink-2",
          "hover:text-ink [&::-webkit-details-marker]:hidden",
        )}
      >
        <Icon name="right" size={16} className="transition-transform group-open:rotate-90" />
        {title}
      </summary>
      {children}
    </details>
  );
}
