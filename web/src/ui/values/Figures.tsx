import type { ReactNode } from "react";

/** A number with its name above and what it means below. */
export interface Figure {
  name: string;
  value: ReactNode;
  hint?: string;
}

/** A few numbers side by side, those that say what a page is about. */
export function Figures({ figures }: { figures: Figure[] }) {
  return (
    <dl className="card grid grid-cols-2 p-1 md:flex md:flex-wrap">
      {figures.map(({ name, value, hint }) => (
        <div key={name} className="min-w-0 px-3 py-2 md:min-w-36 md:flex-1">
          <dt className="label">{name}</dt>
          <dd className="text-xl font-semibold">{value}</dd>
          {hint !== undefined && <dd className="text-sm text-ink-2">{hint}</dd>}
        </div>
      ))}
    </dl>
  );
}
