import type { ListedActivity } from "@/api/types";

/** A line of the list: a month's heading with what is known of it, an activity, or one still on its way. */
export type Row =
  | { kind: "month"; key: string; month: string; count: number; moving: number; distance: number; whole: boolean }
  | { kind: "activity"; key: string; item: ListedActivity; index: number }
  | { kind: "waiting"; key: string };

const WAITING_ROWS = 12;

/** The list's lines: under a heading per month where it is in order of time, plain otherwise. */
export function rowsOf(items: ListedActivity[], byMonth: boolean, more: boolean): Row[] {
  const rows: Row[] = [];
  let head: Extract<Row, { kind: "month" }> | null = null;
  items.forEach((item, index) => {
    const month = item.start_local.slice(0, 7);
    if (byMonth && head?.month !== month) {
      if (head) head.whole = true;
      head = { kind: "month", key: `month-${month}`, month, count: 0, moving: 0, distance: 0, whole: false };
      rows.push(head);
    }
    if (head) {
      head.count++;
      head.moving += item.moving_s ?? item.elapsed_s ?? 0;
      head.distance += item.distance_m ?? 0;
    }
    rows.push({ kind: "activity", key: item.id, item, index });
  });
  if (head && !more) (head as Extract<Row, { kind: "month" }>).whole = true;
  if (more) for (let i = 0; i < WAITING_ROWS; i++) rows.push({ kind: "waiting", key: `waiting-${i}` });
  return rows;
}
