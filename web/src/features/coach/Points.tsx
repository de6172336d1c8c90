import type { ReviewPoint } from "@/api/coach/reviews";
import { Icon } from "@/ui/pictures/Icon";

const LOOKS: Record<ReviewPoint["tone"], [icon: string, look: string]> = {
  good: ["check", "text-accent"],
  watch: ["alert", "text-warn"],
  neutral: ["info", "text-ink-3"],
};

/** Sentences of a review, each with its tone as an icon. */
export function Points({ items }: { items: ReviewPoint[] }) {
  return (
    <ul className="flex flex-col gap-1.5">
      {items.map(({ tone, text }) => (
        <li key={text} className="flex items-start gap-2 text-sm">
          <Icon name={LOOKS[tone][0]} size={16} className={`mt-0.5 shrink-0 ${LOOKS[tone][1]}`} />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
