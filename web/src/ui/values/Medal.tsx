import { t } from "@/lib/text";

const METAL = ["gold", "silver", "bronze"];

/** A rank as a medal; beyond the third a plain number. */
export function Medal({ rank, title }: { rank: number; title?: string }) {
  const metal = METAL[rank - 1];
  const name = title ?? t("records.rank", { rank });
  return (
    <span
      title={name}
      className="inline-grid size-5 shrink-0 place-items-center rounded-full text-xs font-semibold text-(--medal-ink)"
      style={{ background: metal ? `var(--${metal})` : "var(--sunken)", ...(!metal && { color: "var(--ink-2)" }) }}
    >
      <span aria-hidden="true">{rank}</span>
      <span className="sr-only">{name}</span>
    </span>
  );
}
