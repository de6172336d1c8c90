import { useCallback, useMemo } from "react";
import { useNavigate } from "react-router";

import { useFoundActivities } from "@/api/activities/search";
import { usePlannedRoutes } from "@/api/coach/plannedRoutes";
import { useWorkouts } from "@/api/coach/workouts";
import { useGear } from "@/api/gear";
import { useRoutes } from "@/api/places/places";
import { useSegments } from "@/api/places/segments";
import {
  lookAt,
  useAthlete,
  useChangePreferences,
  useMayPlan,
  usePreferences,
  useSession,
  useSignOut,
} from "@/api/session";
import { DESTINATIONS } from "@/app/found";
import { useHas } from "@/app/shell/places";
import { sportName } from "@/lib/activity/sports";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { useLater } from "@/ui/hooks/later";
import { matching, type Named } from "./matching";
import { t } from "./text";

/** One line of the results: what it is called, what it is, and what choosing it does. */
export interface Result extends Named {
  key: string;
  icon: string;
  note?: string;
  choose: () => void;
}

const QUIET_MS = 150;
/** So many of each kind are shown. */
const MOST = 6;

/** What fits a text: pages and actions, activities, and what has a name: routes, segments, gear, workouts, athletes. */
export function useResults(typed: string): { title: string; results: Result[] }[] {
  const text = useLater(typed.trim(), QUIET_MS);
  const pages = usePageResults();
  const actions = useActionResults();
  const activities = useActivityResults(text);
  const places = useNamedPlaces();
  const planned = usePlanned();
  const athletes = useOtherAthletes();
  const some = typed.trim() !== "";
  const parts = [
    { title: t("search.pages"), results: matching(pages, typed).slice(0, some ? MOST : pages.length) },
    { title: t("search.activities"), results: some ? activities : [] },
    { title: t("search.places"), results: some ? matching(places, typed).slice(0, MOST) : [] },
    { title: t("search.planned"), results: some ? matching(planned, typed).slice(0, MOST) : [] },
    { title: t("search.athletes"), results: matching(athletes, typed).slice(0, MOST) },
    { title: t("search.actions"), results: matching(actions, typed).slice(0, MOST) },
  ];
  return parts.filter(({ results }) => results.length > 0);
}

function useGo(): (to: string) => void {
  const navigate = useNavigate();
  return useCallback((to) => void navigate(to), [navigate]);
}

function usePageResults(): Result[] {
  const has = useHas();
  const go = useGo();
  return DESTINATIONS.filter(has).map(({ to, icon, name, words }) => ({
    key: to,
    icon,
    name: name(),
    words: words?.() ?? "",
    choose: () => {
      go(to);
    },
  }));
}

function useActivityResults(text: string): Result[] {
  const { data } = useFoundActivities(text, MOST);
  const wish = usePreferences();
  const go = useGo();
  return (data ?? []).map((one) => ({
    key: `activity ${one.id}`,
    icon: "activities",
    name: one.name ?? sportName(one.sport),
    note: day(one.start_local, wish),
    choose: () => {
      go(routes.activity(one.id));
    },
  }));
}

/** Routes, segments and gear: lists that are short enough to be looked through here. */
function useNamedPlaces(): Result[] {
  const { data: courses } = useRoutes();
  const { data: segments } = useSegments();
  const { data: gear } = useGear();
  const go = useGo();
  return useMemo(() => {
    const entry = (icon: string, id: string, note: string, name: string, to: string): Result => ({
      key: `${icon} ${id}`,
      icon,
      name,
      note,
      choose: () => {
        go(to);
      },
    });
    return [
      ...(courses ?? []).map(({ id, name }) => entry("route", id, t("search.route"), name, routes.route(id))),
      ...(segments ?? []).map(({ id, name }) => entry("segment", id, t("search.segment"), name, routes.segment(id))),
      ...(gear?.items ?? []).map(({ id, name }) => entry("gear", id, t("search.gear"), name, routes.gear)),
    ];
  }, [courses, segments, gear, go]);
}

/** Planned routes and workouts, for those who plan. */
function usePlanned(): Result[] {
  const mayPlan = useMayPlan();
  const { data: ways } = usePlannedRoutes(mayPlan);
  const { data: workouts } = useWorkouts(mayPlan);
  const go = useGo();
  return useMemo(() => {
    const entry = (icon: string, id: string, note: string, name: string, to: string): Result => ({
      key: `planned ${icon} ${id}`,
      icon,
      name,
      note,
      choose: () => {
        go(to);
      },
    });
    return [
      ...(ways?.items ?? []).map(({ id, name }) =>
        entry("route", id, t("search.planned_route"), name, routes.plannedRoute(id)),
      ),
      ...(workouts ?? []).map(({ id, name }) => entry("target", id, t("search.workout"), name, routes.workout(id))),
    ];
  }, [ways, workouts, go]);
}

/** The other athletes whose data one sees: choosing one shows it. */
function useOtherAthletes(): Result[] {
  const shown = useAthlete();
  const { data: session } = useSession();
  return (session?.athletes ?? [])
    .filter(({ id }) => id !== shown?.id)
    .map(({ id, name }) => ({
      key: `athlete ${id}`,
      icon: "people",
      name,
      words: t("search.athlete_words"),
      note: t("search.athlete"),
      choose: () => {
        lookAt(id, routes.today);
      },
    }));
}

function useActionResults(): Result[] {
  const { theme } = usePreferences();
  const change = useChangePreferences();
  const signOut = useSignOut();
  const themes = (["light", "dark", "system"] as const).filter((one) => one !== theme);
  const names = { light: t("search.light"), dark: t("search.dark"), system: t("search.system") };
  const icons = { light: "sun", dark: "moon", system: "auto" };
  return [
    ...themes.map((one) => ({
      key: one,
      icon: icons[one],
      name: names[one],
      words: t("search.theme_words"),
      choose: () => {
        change.mutate({ theme: one });
      },
    })),
    {
      key: "out",
      icon: "signout",
      name: t("app.sign_out"),
      words: t("search.out_words"),
      choose: () => {
        signOut.mutate();
      },
    },
  ];
}
