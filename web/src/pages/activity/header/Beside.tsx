import { useEffect } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";

import { useNeighbours, type Tagged } from "@/api/activities/activities";
import { usePreferences } from "@/api/session";
import type { Neighbour } from "@/api/types";
import { classes } from "@/lib/classes";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { t } from "@/pages/activity/text";
import { taken } from "@/ui/hooks/keys";
import { Icon } from "@/ui/pictures/Icon";
import { titleOf } from "./Name";

/** The filter of the list that one came from, as a query; empty for all activities. */
export const useList = (): string => useSearchParams()[0].get("list") ?? "";

/** The ways to the activities before and after this one, within the list that one came from; also `j` and `k`. */
export function Beside({ activity }: { activity: Tagged }) {
  const list = useList();
  const navigate = useNavigate();
  const { data } = useNeighbours(activity.id, list);
  const [previous, next] = [data?.previous ?? null, data?.next ?? null];
  const to = { j: next?.id, k: previous?.id };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (taken(event) || (event.key !== "j" && event.key !== "k")) return;
      const id = event.key === "j" ? to.j : to.k;
      if (id === undefined) return;
      event.preventDefault();
      void navigate(routes.activity(id, list));
    };
    addEventListener("keydown", press);
    return () => {
      removeEventListener("keydown", press);
    };
  }, [to.j, to.k, list, navigate]);
  if (data === undefined || (previous === null && next === null)) return null;
  return (
    <div className="ml-auto flex gap-1">
      <Step to={previous} list={list} icon="left" name={t("beside.previous")} word={t("beside.previous_short")} />
      <Step to={next} list={list} icon="right" name={t("beside.next")} word={t("beside.next_short")} />
    </div>
  );
}

function Step({
  to,
  list,
  icon,
  name,
  word,
}: {
  to: Neighbour | null;
  list: string;
  icon: "left" | "right";
  name: string;
  word: string;
}) {
  const wish = usePreferences();
  const look = classes(
    "touch inline-flex min-w-9 items-center justify-center gap-1 rounded-lg px-2 py-1 pointer-coarse:min-w-11",
    icon === "right" && "flex-row-reverse",
  );
  const inside = (
    <>
      <Icon name={icon} size={18} />
      <span className="max-sm:sr-only">{word}</span>
    </>
  );
  if (to === null)
    return (
      <span aria-hidden="true" className={`${look} invisible`}>
        {inside}
      </span>
    );
  const what = `${name}: ${titleOf(to)}, ${day(to.day, wish)}`;
  return (
    <Link
      to={routes.activity(to.id, list)}
      aria-label={what}
      title={what}
      className={`${look} hover:bg-sunken hover:text-ink`}
    >
      {inside}
    </Link>
  );
}
