import type { SegmentItem } from "@/api/types";

/** What the list is narrowed to and sorted by. */
export interface Choice {
  text: string;
  sport: string;
  sort: string;
}

const BY: Record<string, (a: SegmentItem, b: SegmentItem) => number> = {
  times: (a, b) => b.efforts - a.efforts,
  last: (a, b) => (b.last_day ?? "").localeCompare(a.last_day ?? ""),
  length: (a, b) => b.length_m - a.length_m,
  name: () => 0,
};

/** The segments that fit, sorted; those alike stand by name. */
export function listed(segments: readonly SegmentItem[], { text, sport, sort }: Choice): SegmentItem[] {
  const wanted = text.trim().toLocaleLowerCase();
  const found = segments.filter(
    ({ name, family }) => (sport === "" || family === sport) && name.toLocaleLowerCase().includes(wanted),
  );
  const by = BY[sort] ?? BY.times;
  return found.sort((a, b) => (by?.(a, b) ?? 0) || a.name.localeCompare(b.name));
}
