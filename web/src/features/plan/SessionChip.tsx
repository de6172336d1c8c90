import { useState, type KeyboardEvent } from "react";

import type { PlannedSession, PlanSession } from "@/api/coach/plans";
import { usePreferences } from "@/api/session";
import { sportOf } from "@/features/coach/words";
import { sportLook } from "@/lib/activity/sports";
import { classes } from "@/lib/classes";
import { day as dayWords, shifted } from "@/lib/dates";
import { span } from "@/lib/units";
import { Icon } from "@/ui/pictures/Icon";
import { drag, moving, type Edit } from "./draft";
import { SessionMenu } from "./SessionMenu";
import { t } from "./text";

/** What became of a session; nothing of one that is still to be done. */
function stateWords(state: PlannedSession["state"] | undefined): string {
  return state === "missed" ? t("grid.missed") : state === "skipped" ? t("grid.skipped") : "";
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** A session within a day: drag it, or press M and choose its day with the arrow keys. */
export function SessionChip({
  session,
  changed,
  planned = false,
  edit,
  now,
  onShow,
}: {
  session: PlanSession & { state?: PlannedSession["state"] };
  changed: boolean;
  /** Whether it stands among activities, which it is set off from. */
  planned?: boolean;
  edit: Edit;
  now: string;
  onShow: (session: PlanSession) => void;
}) {
  const wish = usePreferences();
  const [target, setTarget] = useState<string | null>(null);
  const { icon, colour } = sportLook(sportOf(session.sport));
  const press = (event: KeyboardEvent): void => {
    if (!edit || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target === null) {
      if (event.key.toLowerCase() === "m") setTarget(session.date < now ? now : session.date);
      return;
    }
    const step = STEPS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = shifted(target, step);
      setTarget(next < now ? now : next);
    } else if (event.key === "Enter") {
      event.preventDefault();
      edit(moving(session.id, target));
      setTarget(null);
    } else if (event.key === "Escape") setTarget(null);
  };
  return (
    <div
      data-tone={colour}
      data-session={session.id}
      draggable={edit !== null}
      onDragStart={(event) => {
        drag(event, session.id);
      }}
      className={classes(
        "flex min-w-0 items-start gap-1 rounded-md border-l-3 border-(--tone) px-1.5 py-1 text-xs",
        planned ? "border-y border-r border-dashed" : "bg-sunken",
        edit !== null && "cursor-grab active:cursor-grabbing",
        changed && "outline-2 outline-accent outline-dashed",
      )}
    >
      <button
        type="button"
        onKeyDown={press}
        onClick={() => {
          onShow(session);
        }}
        className="min-w-0 flex-1 text-left"
      >
        <span className="flex min-w-0 items-center gap-1">
          <span className="shrink-0 text-(--tone)">
            <Icon name={icon} size={14} />
          </span>
          <span className={`min-w-0 md:line-clamp-2 ${session.hard ? "font-semibold" : ""}`}>{session.title}</span>
        </span>
        <span className="block text-ink-2">
          {[span(60 * session.minutes), stateWords(session.state)].filter((words) => words !== "").join(" · ")}
        </span>
        <span className="sr-only">{dayWords(session.date, wish, "short")}</span>
      </button>
      {edit && <SessionMenu session={session} edit={edit} now={now} />}
      {target !== null && (
        <p
          role="status"
          className="fixed inset-x-4 bottom-20 z-30 mx-auto max-w-lg rounded-lg bg-accent p-3 text-sm text-accent-ink"
        >
          {t("grid.moving", { title: session.title, day: dayWords(target, wish) })}
        </p>
      )}
    </div>
  );
}
