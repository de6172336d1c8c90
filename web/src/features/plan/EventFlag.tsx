import { Icon } from "@/ui/pictures/Icon";

/** An event within a day. */
export function EventFlag({ name }: { name: string }) {
  return (
    <span className="flex items-center gap-1 rounded-md bg-accent px-1.5 py-1 text-xs font-semibold text-accent-ink">
      <Icon name="flag" size={14} />
      <span className="min-w-0 truncate">{name}</span>
    </span>
  );
}
