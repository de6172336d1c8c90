import { useEffect, useRef, useState, type KeyboardEvent, type TouchEvent } from "react";
import { useLocation, useNavigate } from "react-router";

import { usePreferences } from "@/api/session";
import type { ActivityItem } from "@/api/types";
import { sportLook } from "@/lib/activity/sports";
import { classes } from "@/lib/classes";
import { day as dayWords, month as monthWords, today, weekday } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { span, told } from "@/lib/units";
import { Chip } from "./Chip";
import { keyDay, stepped, sumOf } from "./days";
import { many, t } from "./text";

export type Days = Record<string, ActivityItem[]>;

const SHOWN = 3;
const DOTS = 3;
const SWIPE_PX = 60;

interface Acts {
  onOpen: (day: string) => void;
  onMore: (day: string) => void;
}

/** The days of a month, a week in a row; arrows move from day to day, and beyond the edges from month to month. */
export function Grid({
  month,
  weeks,
  days,
  compact,
  onOpen,
  onMore,
}: { month: string; weeks: string[][]; days: Days; compact: boolean } & Acts) {
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
      onOpen(at);
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
                  outside={!day.startsWith(month)}
                  isToday={day === now}
                  chosen={day === at}
                  compact={compact}
                  onFocus={() => {
                    setAt(day);
                  }}
                  onOpen={onOpen}
                  onMore={onMore}
                />
              ))}
              {!compact && <WeekSum items={week.flatMap((day) => days[day] ?? [])} />}
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

interface DayOf extends Acts {
  day: string;
  items: ActivityItem[];
  outside: boolean;
  isToday: boolean;
  chosen: boolean;
  compact: boolean;
  onFocus: () => void;
}

function Day({ day, items, outside, isToday, chosen, compact, onFocus, onOpen, onMore }: DayOf) {
  const wish = usePreferences();
  const what = [
    items.length === 0 ? t("calendar.day_none") : many("activities.count", items.length),
    ...(isToday ? [t("calendar.today")] : []),
  ].join(", ");
  // One more fits where the line for the rest would stand.
  const shown = items.length > SHOWN ? items.slice(0, SHOWN) : items;
  const left = items.length - shown.length;
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
        outside && "bg-sunken/60",
        compact ? "h-12 cursor-pointer p-1 text-center last:border-r-0" : "h-28 p-1",
      )}
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
        <Dots items={items} outside={outside} />
      ) : (
        <div className={`mt-0.5 flex flex-col gap-0.5 ${outside ? "grayscale-60" : ""}`}>
          {shown.map((item) => (
            <Chip key={item.id} item={item} />
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

/** A dot for each activity, in the colour of its sport; the list below says what they are. */
function Dots({ items, outside }: { items: ActivityItem[]; outside: boolean }) {
  return (
    <span aria-hidden="true" className={`flex h-2 items-center justify-center gap-0.5 ${outside ? "opacity-60" : ""}`}>
      {items.slice(0, DOTS).map((item) => (
        <span key={item.id} data-tone={sportLook(item.sport).colour} className="size-1.5 rounded-full bg-(--tone)" />
      ))}
    </span>
  );
}

function WeekSum({ items }: { items: ActivityItem[] }) {
  const wish = usePreferences();
  const { count, seconds, metres } = sumOf(items);
  return (
    <td className="py-2 pr-3 text-right align-top text-sm">
      {count > 0 && <span className="block font-semibold whitespace-nowrap">{span(seconds)}</span>}
      {metres > 0 && (
        <span className="block text-xs whitespace-nowrap text-ink-2">
          {told("distance", metres, wish, undefined, 0)}
        </span>
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
