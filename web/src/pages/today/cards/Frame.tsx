import type { ReactNode } from "react";
import { Link } from "react-router";

import { cardName, type CardKey } from "@/pages/today/arranged";

/** A card of the page: its name, which leads to the page that has more, and what it shows. */
export function Frame({ of, to, children }: { of: CardKey; to?: string; children: ReactNode }) {
  const name = cardName(of);
  return (
    <section aria-labelledby={`today-${of}`} data-card={of} className="card min-w-0 p-4">
      <h2 id={`today-${of}`} className="mb-2 font-semibold">
        {to === undefined ? (
          name
        ) : (
          <Link to={to} className="touch inline-flex items-center underline-offset-4 hover:underline">
            {name}
          </Link>
        )}
      </h2>
      {children}
    </section>
  );
}
