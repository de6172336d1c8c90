import { useSources } from "@/api/sources/sources";
import type { BroughtBy } from "@/api/types";
import { sourceName } from "@/lib/activity/merging";
import { t } from "@/lib/text";
import { Icon } from "@/ui/pictures/Icon";

const CHIP = "inline-flex min-w-0 items-center gap-1 rounded-full border border-line px-2.5 py-0.5 text-xs text-ink-2";

/** The names of sources as their descriptions have them. */
export function useSourceName(): (key: string) => string {
  const available = useSources().data?.available ?? [];
  return (key) => sourceName(key, available);
}

/** The sources of a recording, each with a link to its page there. */
export function Provenance({ sources }: { sources: readonly BroughtBy[] }) {
  const nameOf = useSourceName();
  return (
    <ul aria-label={t("sources.provenance")} className="flex min-w-0 flex-wrap gap-1.5">
      {sources.map(({ source, key, url }) => (
        <li key={`${source}:${key ?? ""}`} className="flex min-w-0">
          <OutLink url={url} name={nameOf(source)} />
        </li>
      ))}
    </ul>
  );
}

/** A source as a chip; where the activity has a page there it leads to it. */
export function OutLink({ url, name }: { url: string | null; name: string }) {
  if (url === null) return <span className={CHIP}>{name}</span>;
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      title={t("provenance.open", { name })}
      className={`touch ${CHIP} hover:border-line-strong hover:text-ink`}
    >
      {name}
      <Icon name="out" size={14} />
      <span className="sr-only">{t("provenance.open", { name })}</span>
    </a>
  );
}
