import { useEffect, useRef, useState, type KeyboardEvent, type TouchEvent } from "react";
import { useLocation, useNavigate } from "react-router";

import type { PlanSession } from "@/api/coach/plans";
import { usePreferences } from "@/api/session";
import type { ActivityItem } from "@/api/types";
import { sportOf } from "@/features/coach/words";
import { useDropDays, type Edit } from "@/features/plan/draft";
import { EventFlag } from "@/features/plan/EventFlag";
import { SessionChip } from "@/features/plan/SessionChip";
import { sportLook } from "@/lib/activity/sports";
import { classes } from "@/lib/classes";
import { day as dayWords, month as monthWords, today, weekday } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { span, told } from "@/lib/units";
import { Chip } from "./Chip";
import { keyDay, stepped, sumOf } from "@/pages/calendar/days";
import type { CalendarPlan, DayPlan } from "./plan";
import { many, t } from "@/pages/calendar/text";

export type Days = Record<string, ActivityItem[]>;

const SHOWN = 3;
const DOTS = 3;
const SWIPE_PX = 60;

interface Acts {
  edit: Edit;
  onSession: (session: PlanSession) => void;
  onOpen: (day: string) => void;
  onMore: (day: string) => void;
}

/** The days of a month, a week in a row; arrows move from day to day, and beyond the edges from month to month. */
export function Grid({
  month,
  weeks,
  days,
  plan,
  compact,
  edit,
  ...acts
}: { month: string; weeks: string[][]; days: Days; plan: CalendarPlan; compact: boolean } & Acts) {
  const wish = usePreferences();
  const now = today(wish.zone);
  const go = useNavigate();
  const table = useRef<HTMLTableElement>(null);
  const asked = useAskedDay();
  const [at, setAt] = useState(asked?.startsWith(month) ? asked : now.startsWith(month) ? now : `${month}-01`);
  const cell = (day: string): HTMLElement | null =>
    table.current?.querySelector<HTMLElement>(`[data-day="${day}"]`) ?? null;
  useEffect(() => {
    if (!asked?.startsWith(month)) return;
    // After the page has put the focus at its start, as it does at every new address.
    const later = requestAnimationFrame(() =>
      table.current?.querySelector<HTMLElement>(`[data-day="${asked}"]`)?.focus({ preventScroll: true }),
    );
    return () => {
      cancelAnimationFrame(later);
    };
  }, [asked, month]);
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target as HTMLElement).dataset.day) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      acts.onOpen(at);
      return;
    }
    const next = keyDay(event.key, at, wish.week_start);
    if (next === null) return;
    event.preventDefault();
    if (next.startsWith(month)) {
      setAt(next);
      cell(next)?.focus();
    } else void go(routes.calendar(next.slice(0, 7)), { state: { day: next }, replace: true });
  };
  const { over, drop } = useDropDays(now, edit);
  const swipe = useSwipe((count) => void go(routes.calendar(stepped(month, count))));
  return (
    <div className="card overflow-hidden" {...(compact ? swipe : {})}>
      <table
        ref={table}
        role="grid"
        aria-label={t("calendar.grid", { month: monthWords(month) })}
        onKeyDown={press}
        className="w-full table-fixed border-collapse"
      >
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col" abbr={weekday(day, "long")} className="label py-2 text-center font-medium">
                {weekday(day)}
              </th>
            ))}
            {!compact && (
              <th scope="col" className="label w-24 py-2 pr-3 text-right font-medium">
                {t("calendar.week")}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]} className="border-t border-line">
              {week.map((day) => (
                <Day
                  key={day}
                  day={day}
                  items={days[day] ?? []}
                  planned={plan.days[day] ?? NOTHING_PLANNED}
                  plan={plan}
                  now={now}
                  over={over === day}
                  drop={drop(day)}
                  outside={!day.startsWith(month)}
                  isToday={day === now}
                  chosen={day === at}
                  compact={compact}
                  onFocus={() => {
                    setAt(day);
                  }}
                  edit={edit}
                  {...acts}
                />
              ))}
              {!compact && <WeekSum week={week} days={days} plan={plan} />}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The day that the focus is to be on, where a key led to this month. */
function useAskedDay(): string | undefined {
  const state = useLocation().state as { day?: string } | null;
  return state?.day;
}

const NOTHING_PLANNED: DayPlan = { sessions: [], events: [] };

interface DayOf extends Acts {
  day: string;
  items: ActivityItem[];
  planned: DayPlan;
  plan: CalendarPlan;
  now: string;
  /** Whether a session is about to be dropped here. */
  over: boolean;
  drop: ReturnType<ReturnType<typeof useDropDays>["drop"]>;
  outside: boolean;
  isToday: boolean;
  chosen: boolean;
  compact: boolean;
  onFocus: () => void;
}

function Day({ day, items, planned, plan, now, over, drop, outside, isToday, chosen, compact, ...acts }: DayOf) {
  const { edit, onFocus, onOpen, onMore, onSession } = acts;
  const wish = usePreferences();
  const what = [
    items.length === 0 ? t("calendar.day_none") : many("activities.count", items.length),
    ...(planned.sessions.length > 0 ? [many("calendar.planned", planned.sessions.length)] : []),
    ...planned.events,
    ...(isToday ? [t("calendar.today")] : []),
  ].join(", ");
  // One more fits where the line for the rest would stand.
  const all = items.length + planned.sessions.length;
  const shown = all > SHOWN ? items.slice(0, SHOWN) : items;
  const ahead = all > SHOWN ? planned.sessions.slice(0, SHOWN - shown.length) : planned.sessions;
  const left = all - shown.length - ahead.length;
  return (
    <td
      role="gridcell"
      data-day={day}
      tabIndex={chosen ? 0 : -1}
      aria-current={isToday ? "date" : undefined}
      onFocus={onFocus}
      onClick={
        compact
          ? () => {
              onOpen(day);
            }
          : undefined
      }
      className={classes(
        "border-r border-line align-top",
        "focus-visible:-outline-offset-2",
        over ? "bg-accent-soft" : outside && "bg-sunken/60",
        compact ? "h-12 cursor-pointer p-1 text-center last:border-r-0" : "h-28 p-1",
      )}
      {...drop}
    >
      <span className="sr-only">{t("calendar.day_of", { day: dayWords(day, wish), what })}</span>
      <span className={`flex ${compact ? "justify-center" : "px-0.5"}`}>
        <span
          aria-hidden="true"
          className={classes(
            "grid size-6 place-items-center rounded-full text-xs",
            isToday ? "bg-accent font-semibold text-accent-ink" : outside ? "text-ink-3" : "text-ink-2",
          )}
        >
          {Number(day.slice(8))}
        </span>
      </span>
      {compact ? (
        <Dots items={items} planned={planned} outside={outside} />
      ) : (
        <div className={`mt-0.5 flex flex-col gap-0.5 ${outside ? "grayscale-60" : ""}`}>
          {planned.events.map((name) => (
            <EventFlag key={name} name={name} />
          ))}
          {shown.map((item) => (
            <Chip key={item.id} item={item} session={plan.done[item.id]} />
          ))}
          {ahead.map((session) => (
            <SessionChip
              key={session.id}
              session={session}
              planned
              changed={plan.changed.has(session.id)}
              edit={session.locked || session.date < now ? null : edit}
              now={now}
              onShow={onSession}
            />
          ))}
          {left > 0 && (
            <button
              type="button"
              tabIndex={-1}
              aria-label={t("calendar.more_of", { count: left, day: dayWords(day, wish, "plain") })}
              onClick={() => {
                onMore(day);
              }}
              className={classes(
                "rounded-md px-1.5 py-0.5 text-left text-xs font-medium text-ink-2",
                "hover:bg-sunken hover:text-ink",
              )}
            >
              {t("calendar.more", { count: left })}
            </button>
          )}
        </div>
      )}
    </td>
  );
}

/** A dot for each activity and a ring for each session, in the colour of its sport; the list below names them. */
function Dots({ items, planned, outside }: { items: ActivityItem[]; planned: DayPlan; outside: boolean }) {
  return (
    <span aria-hidden="true" className={`flex h-2 items-center justify-center gap-0.5 ${outside ? "opacity-60" : ""}`}>
      {items.slice(0, DOTS).map((item) => (
        <span key={item.id} data-tone={sportLook(item.sport).colour} className="size-1.5 rounded-full bg-(--tone)" />
      ))}
      {planned.sessions.slice(0, Math.max(0, DOTS - items.length)).map(({ id, sport }) => (
        <span
          key={id}
          data-tone={sportLook(sportOf(sport)).colour}
          className="size-1.5 rounded-full border border-(--tone)"
        />
      ))}
    </span>
  );
}

function WeekSum({ week, days, plan }: { week: string[]; days: Days; plan: CalendarPlan }) {
  const wish = usePreferences();
  const { count, seconds, metres } = sumOf(week.flatMap((day) => days[day] ?? []));
  const ahead = week
    .flatMap((day) => plan.days[day]?.sessions ?? [])
    .filter(({ state }) => state === "open")
    .reduce((sum, { minutes }) => sum + minutes, 0);
  return (
    <td className="py-2 pr-3 text-right align-top text-sm">
      {count > 0 && <span className="block font-semibold whitespace-nowrap">{span(seconds)}</span>}
      {metres > 0 && (
        <span className="block text-xs whitespace-nowrap text-ink-2">
          {told("distance", metres, wish, undefined, 0)}
        </span>
      )}
      {ahead > 0 && (
        <span className="block text-xs text-ink-2">{t("calendar.to_come", { time: span(60 * ahead) })}</span>
      )}
    </td>
  );
}

/** Going on or back by a finger drawn across. */
function useSwipe(step: (count: number) => void) {
  const from = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart: ({ touches }: TouchEvent): void => {
      from.current = touches.length === 1 && touches[0] ? { x: touches[0].clientX, y: touches[0].clientY } : null;
    },
    onTouchEnd: ({ changedTouches }: TouchEvent): void => {
      const [start, end] = [from.current, changedTouches[0]];
      from.current = null;
      if (!start || !end) return;
      const [dx, dy] = [end.clientX - start.x, end.clientY - start.y];
      if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > 2 * Math.abs(dy)) step(dx < 0 ? 1 : -1);
    },
  };
}
