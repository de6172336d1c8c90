import { Link, useParams } from "react-router";

import { Problem, reason } from "@/api/client";
import { useNameRoute, useRoute } from "@/api/places/places";
import { useMayEdit, usePreferences } from "@/api/session";
import type { RouteTime, RouteWhole } from "@/api/types";
import { FrameChart } from "@/charts/frames/FrameChart";
import { PlainMap } from "@/charts/map/PlainMap";
import { trend } from "@/lib/activity/efforts";
import { sportLook, sportOfFamily } from "@/lib/activity/sports";
import { familyName } from "@/lib/charts/frames";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { known } from "@/lib/text";
import { decimal, duration, NOTHING, told } from "@/lib/units";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { Segmented } from "@/ui/controls/Field";
import { useAddress } from "@/ui/hooks/address";
import { Section, useTitle } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { Title } from "@/ui/layout/Title";
import { say, sayError } from "@/ui/layout/Toasts";
import { SportIcon } from "@/ui/pictures/Sport";
import { Figures } from "@/ui/values/Figures";
import { Medal } from "@/ui/values/Medal";
import { Table, type ColumnOf } from "@/ui/values/Table";
import { t } from "./text";

const FRAME = "mx-auto w-full max-w-[84rem] px-4 pt-4 pb-24 md:px-8 md:pt-6 md:pb-12";
const USUAL = { order: "day" };
const FIRST = 20;

/** One route: where it leads, and every time on it. */
export function CoursePage() {
  const { id = "" } = useParams();
  const { data, error, refetch } = useRoute(id);
  useTitle(data?.name ?? "");
  if (error instanceof Problem && error.status === 404) {
    return (
      <Empty page icon="route" title={t("app.not_found")} hint={t("app.not_found_hint")}>
        <ButtonLink to={routes.routes} kind="primary">
          {t("courses.back")}
        </ButtonLink>
      </Empty>
    );
  }
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <div className={FRAME}>
        <Waiting>
          <div className="skeleton h-8 w-80" />
          <div className="skeleton mt-6 h-80" />
        </Waiting>
      </div>
    );
  return (
    <article className={FRAME}>
      <Whole course={data} />
    </article>
  );
}

function Whole({ course }: { course: RouteWhole }) {
  const wish = usePreferences();
  const { family, track, items, times, best_s, length_m, ascent_m, last_day } = course;
  const sport = sportOfFamily(family);
  const title = t("courses.trend");
  const frame = trend(
    title,
    items.map(({ day: on, elapsed_s, activity, rank }) => ({
      day: on,
      seconds: elapsed_s,
      activity,
      counts: rank !== null,
    })),
    {
      time: t("segments.time"),
      best: t("line.record"),
    },
  );
  const some = frame.x.values.length > 1;
  return (
    <>
      <Head course={course} sport={sport} />
      <Figures
        figures={[
          { name: t("segments.done"), value: decimal(times), hint: day(last_day, wish, "plain") },
          {
            name: t("segments.best"),
            value: duration(best_s),
            ...(best_s !== null && { hint: told("speed", length_m / best_s, wish, sport) }),
          },
          { name: t("segments.length"), value: told("distance", length_m, wish) },
          { name: t("courses.ascent"), value: told("elevation", ascent_m, wish) },
        ]}
      />
      <div className={`mt-4 grid gap-4 ${some && track !== null ? "lg:grid-cols-2" : ""}`}>
        {track !== null && <PlainMap line={track} family={family} className="h-72 lg:h-[23rem]" />}
        {some && (
          <div className="card min-w-0 p-2">
            <FrameChart frame={frame} title={title} />
          </div>
        )}
      </div>
      <Times course={course} sport={sport} />
    </>
  );
}

function Head({ course, sport }: { course: RouteWhole; sport: string }) {
  const call = useNameRoute(course.id);
  const mayEdit = useMayEdit();
  const name = (wanted: string | null): void => {
    call.mutate(wanted, {
      onSuccess: () => {
        say(wanted === null ? t("courses.unnamed") : t("courses.named", { name: wanted }));
      },
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  return (
    <Title
      back={t("courses.back")}
      to={routes.routes}
      name={course.name}
      rename={t("courses.rename")}
      onRename={mayEdit ? name : null}
      actions={
        mayEdit &&
        course.named && (
          <Button
            icon="undo"
            busy={call.isPending}
            onClick={() => {
              name(null);
            }}
          >
            {t("courses.unname")}
          </Button>
        )
      }
    >
      <SportIcon sport={sport} size={18} />
      <span>{familyName(course.family)}</span>
    </Title>
  );
}

function Times({ course: { items }, sport }: { course: RouteWhole; sport: string }) {
  const wish = usePreferences();
  const [{ order }, change] = useAddress(USUAL);
  const paced = sportLook(sport).pace !== "speed";
  const rows = [...items].sort((a, b) =>
    order === "day" ? b.day.localeCompare(a.day) : (a.rank ?? Infinity) - (b.rank ?? Infinity),
  );
  const some = (field: "avg_power_w" | "avg_hr_bpm"): boolean => items.some((time) => time[field] !== null);
  const speed = ({ distance_m, moving_s, elapsed_s }: RouteTime): number | null => {
    const seconds = moving_s ?? elapsed_s;
    return distance_m === null || seconds === null || seconds <= 0 ? null : distance_m / seconds;
  };
  const columns: ColumnOf<RouteTime>[] = [
    { head: t("segments.rank"), words: true, cell: ({ rank }) => (rank === null ? NOTHING : <Medal rank={rank} />) },
    {
      head: t("segments.date"),
      words: true,
      cell: ({ activity, day: on }) => (
        <Link to={routes.activity(activity)} className="font-medium text-accent underline-offset-4 hover:underline">
          {day(on, wish)}
        </Link>
      ),
    },
    { head: t("segments.time"), cell: ({ elapsed_s }) => <span className="font-semibold">{duration(elapsed_s)}</span> },
    { head: t("courses.moving"), cell: ({ moving_s }) => duration(moving_s) },
    { head: t(paced ? "total.pace" : "total.speed"), cell: (time) => told("speed", speed(time), wish, sport) },
    ...(some("avg_power_w")
      ? [{ head: t("total.power"), cell: ({ avg_power_w }: RouteTime) => told("power", avg_power_w, wish) }]
      : []),
    ...(some("avg_hr_bpm")
      ? [{ head: t("total.heart_rate"), cell: ({ avg_hr_bpm }: RouteTime) => told("heart_rate", avg_hr_bpm, wish) }]
      : []),
    {
      head: t("courses.direction"),
      words: true,
      cell: ({ direction }) => <span className="text-ink-2">{known("direction", direction) ?? direction}</span>,
    },
    {
      head: t("segments.activity"),
      words: true,
      cell: ({ name }) => <span className="block max-w-64 truncate text-ink-2">{name}</span>,
    },
  ];
  return (
    <Section
      title={t("courses.times")}
      actions={
        <Segmented
          name={t("activities.sort")}
          hideName
          value={order}
          onChange={(wanted) => {
            change({ order: wanted });
          }}
          options={[
            { value: "day", label: t("segments.newest") },
            { value: "rank", label: t("segments.fastest") },
          ]}
        />
      }
    >
      {items.some(({ rank }) => rank === null) && (
        <p className="-mt-1 mb-2 text-sm text-ink-2">{t("courses.counts")}</p>
      )}
      <Table
        label={t("courses.times")}
        first={FIRST}
        rows={rows}
        columns={columns}
        keyOf={({ activity }) => activity}
      />
    </Section>
  );
}
