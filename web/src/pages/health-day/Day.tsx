import { useCallback } from "react";
import { useNavigate, useParams } from "react-router";

import { useDayCourses, useHealthDay } from "@/api/health";
import { usePreferences } from "@/api/session";
import type { DayCourses, HealthDay } from "@/api/types";
import type { Block } from "@/charts/health/lanes/lane";
import { Lanes } from "@/charts/health/lanes/Lanes";
import { DayBar, useDayOf } from "@/features/health/DayBar";
import { HealthPage } from "@/features/health/HealthPage";
import { lanesOf } from "@/features/health/lanes";
import { NotesCard } from "@/features/health/NotesCard";
import { sportName } from "@/lib/activity/sports";
import { day as dayWords } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { ButtonLink } from "@/ui/controls/Button";
import { Section } from "@/ui/layout/Page";
import { Empty, Failure, Notice, Waiting } from "@/ui/layout/States";
import { MeasuresOfDay } from "./MeasuresOfDay";
import { t } from "./text";

const KINDS = ["body_battery", "stress", "heart_rate_bpm", "steps", "respiration_brpm", "spo2_pct", "hrv_ms"];

/** A day: what was measured through it with its activities, its measures with who says them, and its notes. */
export function Day() {
  const { day: named = "" } = useParams();
  const day = useDayOf(named);
  const navigate = useNavigate();
  const { data, error, refetch } = useHealthDay(day);
  const courses = useDayCourses(day);
  const onDay = useCallback((next: string) => void navigate(routes.healthDay(next)), [navigate]);
  return (
    <HealthPage title={t("health_day.title")} at="day" day={named}>
      <div className="mb-3">
        <DayBar day={day} onDay={onDay} />
      </div>
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data || !courses.data ? (
        <Waiting>
          <div className="skeleton h-[40rem]" />
        </Waiting>
      ) : (
        <Content day={data} courses={courses.data} />
      )}
    </HealthPage>
  );
}

function Content({ day, courses }: { day: HealthDay; courses: DayCourses }) {
  const wish = usePreferences();
  const lanes = lanesOf(courses.courses, KINDS, wish);
  const blocks = blocksOf(day, courses);
  const empty = Object.keys(day.measures).length === 0 && lanes.length === 0 && blocks.length === 0;
  return (
    <>
      {day.partial && !empty && (
        <div className="mb-3">
          <Notice>{t("health_day.partial")}</Notice>
        </div>
      )}
      {empty ? (
        <div className="card mb-4">
          <Empty
            icon="health"
            title={t("health_day.none", { day: dayWords(day.day, wish) })}
            hint={t("health_day.none_hint")}
          />
        </div>
      ) : (
        <>
          <h2 className="mb-2 text-lg font-semibold">{dayWords(day.day, wish)}</h2>
          {lanes.length + blocks.length > 0 ? (
            <div className="card p-2 pr-4">
              <Lanes
                title={t("health_day.course")}
                tableName={t("health_day.table")}
                window={{ start_ms: courses.start_ms, end_ms: courses.end_ms, offset_s: courses.offset_s ?? 0 }}
                lanes={lanes}
                blocks={blocks}
              />
            </div>
          ) : (
            <p className="text-sm text-ink-2">{t("health_day.no_course")}</p>
          )}
          <Section
            title={t("health_day.measures")}
            id="measures"
            actions={
              <ButtonLink kind="quiet" to={routes.healthSources()}>
                {t("health_day.order")}
              </ButtonLink>
            }
          >
            <MeasuresOfDay day={day} />
          </Section>
        </>
      )}
      <div className="mt-6 max-w-2xl">
        <NotesCard key={day.day} day={day.day} notes={day.notes} />
      </div>
    </>
  );
}

/** The night and the activities of the day. */
function blocksOf(day: HealthDay, { activities, start_ms, end_ms }: DayCourses): Block[] {
  const blocks: Block[] = activities.map(({ id, name, sport, ...times }) => ({
    key: id,
    name: name || sportName(sport),
    to: routes.activity(id),
    ...times,
  }));
  if (day.night) {
    const [start, end] = [Date.parse(day.night.start), Date.parse(day.night.end)];
    const block = { key: "sleep", name: t("health_day.sleep"), to: routes.night(day.day) };
    if (end > start_ms && start < end_ms) blocks.unshift({ ...block, start_ms: start, end_ms: end });
  }
  return blocks;
}
