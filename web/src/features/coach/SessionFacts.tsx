import type { PlanSession } from "@/api/coach/plans";
import { sportLook } from "@/lib/activity/sports";
import { decimal, span } from "@/lib/units";
import { Icon } from "@/ui/pictures/Icon";
import { t } from "./text";
import { sportOf } from "./words";

/** A planned session: its title, length and load, why it is there, and what to eat where a rule asks. */
export function SessionFacts({ session, large = false }: { session: PlanSession; large?: boolean }) {
  const { title, sport, minutes, load, hard, why, fuel, note } = session;
  const { icon, colour } = sportLook(sportOf(sport));
  const figures = [span(60 * minutes), t("coach.load", { load: decimal(load) }), ...(hard ? [t("coach.hard")] : [])];
  return (
    <div className="min-w-0">
      <p className={`flex items-center gap-2 font-semibold ${large ? "text-xl" : ""}`}>
        <span data-tone={colour} className="text-(--tone)">
          <Icon name={icon} size={large ? 24 : 18} />
        </span>
        {title}
      </p>
      <p className="text-ink-2">{figures.join(" · ")}</p>
      {why !== "" && <p className="mt-2 max-w-prose text-sm">{why}</p>}
      {fuel !== null && <p className="mt-1 max-w-prose text-sm text-ink-2">{fuel}</p>}
      {note !== "" && <p className="mt-1 max-w-prose text-sm text-ink-2">{note}</p>}
    </div>
  );
}
