import { useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";

import type { Tagged } from "@/api/activities/activities";
import type { Analysis } from "@/api/types";
import type { Plain } from "@/pages/activity/text";

/** The sections of the page, in order; each is the part of an address after `#`. */
export const SECTIONS = ["overview", "charts", "laps", "analysis", "data"] as const;
export type SectionKey = (typeof SECTIONS)[number];
export const NAMES = {
  overview: "sections.overview",
  charts: "sections.charts",
  laps: "sections.laps",
  analysis: "sections.analysis",
  data: "sections.data",
} as const satisfies Record<SectionKey, Plain>;

/** How far below the window's top a section begins, under the bar that stays there. */
const UNDER_PX = 96;
/** What arrives late moves what was gone to; so long it is brought back, unless the reader moves. */
const SETTLE_MS = 4000;
const MOVES = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

/** The sections that have anything in them. */
export function sectionsOf(activity: Tagged, analysis: Analysis | undefined): SectionKey[] {
  const parts = [activity.lengths, activity.sets, analysis?.splits, analysis?.intervals, analysis?.climbs];
  const some = parts.some((one) => one !== undefined && one.length > 0);
  const there: Record<SectionKey, boolean> = {
    overview: true,
    charts: activity.channels.length > 0,
    laps: activity.laps.length > 1 || some || (analysis?.segments.length ?? 0) > 0,
    analysis: analysis !== undefined && Object.keys(analysis.metrics).length > 0,
    data: activity.recordings.length > 0 || activity.devices.length > 0 || activity.edits.length > 0,
  };
  return SECTIONS.filter((key) => there[key]);
}

/** The section that is read: the last that has begun above the middle of what is in sight, or the last at the end. */
export function sectionAt(tops: readonly [SectionKey, number][], height: number, atEnd: boolean): SectionKey {
  if (atEnd) return tops.at(-1)?.[0] ?? "overview";
  return tops.findLast(([, top]) => top <= Math.max(UNDER_PX + 1, height / 3))?.[0] ?? "overview";
}

/** Where the reader is. */
export function useSectionInSight(keys: readonly SectionKey[]): SectionKey {
  const [at, put] = useState<SectionKey>("overview");
  const named = keys.join();
  useEffect(() => {
    const look = (): void => {
      const tops = named.split(",").flatMap((key): [SectionKey, number][] => {
        const top = document.getElementById(key)?.getBoundingClientRect().top;
        return top === undefined ? [] : [[key as SectionKey, top]];
      });
      const { scrollHeight, clientHeight } = document.documentElement;
      const atEnd = window.scrollY > 0 && window.scrollY + clientHeight >= scrollHeight - 2;
      put(sectionAt(tops, clientHeight, atEnd));
    };
    look();
    addEventListener("scroll", look, { passive: true });
    addEventListener("resize", look);
    return () => {
      removeEventListener("scroll", look);
      removeEventListener("resize", look);
    };
  }, [named]);
  return at;
}

/**
 * Goes to what the address names after `#`: a section, or a heading in one, as soon as it is there. Returns whether
 * the address names anything: then nothing waits until it is near.
 */
export function useAnchor(): boolean {
  const { hash, key } = useLocation();
  const gone = useRef("");
  useEffect(() => {
    if (hash === "") return;
    const id = decodeURIComponent(hash.slice(1));
    const go = (): void => {
      const place = document.getElementById(id);
      if (!place) return;
      place.scrollIntoView({ block: "start" });
      if (gone.current === key) return;
      gone.current = key;
      place.tabIndex = -1;
      place.focus({ preventScroll: true });
    };
    const watch = new ResizeObserver(go);
    const stop = (): void => {
      watch.disconnect();
      clearTimeout(end);
      for (const move of MOVES) removeEventListener(move, stop);
    };
    const end = setTimeout(stop, SETTLE_MS);
    watch.observe(document.body);
    // The press or the key that led here is over by then.
    const armed = setTimeout(() => {
      for (const move of MOVES) addEventListener(move, stop, { passive: true });
    }, 100);
    go();
    return () => {
      clearTimeout(armed);
      stop();
    };
  }, [hash, key]);
  return hash !== "";
}
