import type { ReactNode } from "react";

/** A part of the settings: a heading, what it is for, and its controls. */
export function Part({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <section className="card p-5 md:p-6">
      <h2 className="text-lg font-semibold">{title}</h2>
      {lead !== undefined && <p className="mt-1 max-w-prose text-sm text-ink-2">{lead}</p>}
      <div className="mt-5">{children}</div>
    </section>
  );
}
