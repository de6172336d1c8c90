import type { ReactNode } from "react";

import { t } from "@/pages/activity/text";
import { NAMES, type SectionKey } from "./sections";

/** One section of the page, where its address leads. */
export function Part({ of, children, first = false }: { of: SectionKey; children: ReactNode; first?: boolean }) {
  return (
    <section
      id={of}
      aria-label={t(NAMES[of])}
      tabIndex={-1}
      className={`-scroll-mt-8 outline-none ${first ? "" : "mt-10 border-t border-line"}`}
    >
      {children}
    </section>
  );
}
