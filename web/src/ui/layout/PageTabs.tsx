import { useEffect, useRef } from "react";
import { Link } from "react-router";

/** A page: its key, its name, and where it is. */
export type PageTab = [key: string, name: string, to: string];

const TAB =
  "touch inline-flex items-center rounded-md px-3 py-1 text-sm whitespace-nowrap text-ink-2 hover:text-ink " +
  "aria-[current=page]:bg-surface aria-[current=page]:font-medium aria-[current=page]:text-ink " +
  "aria-[current=page]:shadow-sm";

/** The way between pages that belong together, with the one that is shown. */
export function PageTabs({ label, tabs, at }: { label: string; tabs: PageTab[]; at: string }) {
  const bar = useRef<HTMLElement>(null);
  // On a phone there is no room for all of them, but the one that is shown is in sight.
  useEffect(() => {
    const here = bar.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (bar.current && here) bar.current.scrollLeft = here.offsetLeft + here.offsetWidth - bar.current.clientWidth;
  }, [at]);
  return (
    <nav ref={bar} aria-label={label} className="relative mb-4 max-w-full overflow-x-auto">
      <div className="inline-flex rounded-lg bg-sunken p-0.5">
        {tabs.map(([key, name, to]) => (
          <Link key={key} to={to} aria-current={key === at ? "page" : undefined} className={TAB}>
            {name}
          </Link>
        ))}
      </div>
    </nav>
  );
}
