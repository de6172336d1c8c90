import { useEffect, useRef, type KeyboardEvent } from "react";
import { Link, useLocation } from "react-router";

import { t } from "@/pages/activity/text";
import { NAMES, useSectionInSight, type SectionKey } from "./sections";

const LINK =
  "touch inline-flex items-center border-b-2 border-transparent px-3 py-2 text-sm whitespace-nowrap text-ink-2 " +
  "hover:text-ink focus-visible:-outline-offset-2 aria-[current=location]:border-accent " +
  "aria-[current=location]:font-medium aria-[current=location]:text-ink";

/** The way between the sections; it stays in sight and marks the one that is read. */
export function SectionBar({ sections }: { sections: readonly SectionKey[] }) {
  const bar = useRef<HTMLElement>(null);
  const { search } = useLocation();
  const at = useSectionInSight(sections);
  useEffect(() => {
    const here = bar.current?.querySelector<HTMLElement>("[aria-current]");
    if (bar.current && here)
      bar.current.scrollLeft = here.offsetLeft - (bar.current.clientWidth - here.offsetWidth) / 2;
  }, [at]);
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const links = [...(bar.current?.querySelectorAll("a") ?? [])];
    const next = step && links[links.findIndex((link) => link === document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  if (sections.length < 2) return null;
  return (
    <nav
      ref={bar}
      aria-label={t("sections.title")}
      onKeyDown={press}
      className="sticky top-0 z-20 -mx-4 mt-4 overflow-x-auto border-b border-line bg-ground px-1 md:-mx-8 md:px-5"
    >
      <div className="flex">
        {sections.map((key) => (
          <Link
            key={key}
            to={{ search, hash: `#${key}` }}
            replace
            aria-current={key === at ? "location" : undefined}
            className={LINK}
          >
            {t(NAMES[key])}
          </Link>
        ))}
      </div>
    </nav>
  );
}
