import type { ItemStatus } from "@/api/types";
import { Icon } from "@/ui/pictures/Icon";

/** What can become of a file, in the order of the report. */
export const STATUSES = [
  "failed",
  "imported",
  "duplicate",
  "skipped",
  "waiting",
  "arriving",
  "expected",
  "container",
] as const satisfies ItemStatus[];

const MARKS: Partial<Record<ItemStatus, [icon: string, tone: string]>> = {
  imported: ["check", "text-accent"],
  failed: ["alert", "text-danger"],
};

/** The icon of what became of a file. */
export function StatusMark({ status }: { status: ItemStatus }) {
  const [icon, tone] = MARKS[status] ?? ["info", "text-ink-3"];
  return <Icon name={icon} size={16} className={tone} />;
}
