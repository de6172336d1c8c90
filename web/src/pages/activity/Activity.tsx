import { useParams } from "react-router";

import { useActivity, useStreams, type Tagged } from "@/api/activities/activities";
import { Problem } from "@/api/client";
import { useAnalysis } from "@/api/numbers";
import { PlannedPart } from "@/features/coach/PlannedPart";
import { InWords } from "@/features/words/InWords";
import { routes } from "@/lib/routes";
import { Edits } from "@/pages/activity/header/Edits";
import { Header, titleOf } from "@/pages/activity/header/Header";
import { ActivityCurve } from "@/pages/activity/numbers/ActivityCurve";
import { Feeling } from "@/pages/activity/numbers/Feeling";
import { Medals } from "@/pages/activity/numbers/Medals";
import { Metrics } from "@/pages/activity/numbers/Metrics";
import { Numbers } from "@/pages/activity/numbers/Numbers";
import { ZoneBars } from "@/pages/activity/numbers/ZoneBars";
import { RouteLine, SegmentTimes } from "@/pages/activity/parts/Courses";
import { Legs } from "@/pages/activity/parts/Legs";
import { Devices, Laps, Lengths, Sets } from "@/pages/activity/parts/Parts";
import { Climbs, Intervals, Splits } from "@/pages/activity/parts/Stages";
import { Picture } from "@/pages/activity/picture/Picture";
import { useView } from "@/pages/activity/picture/view";
import { Similar } from "@/pages/activity/similar/Similar";
import { Sources } from "@/pages/activity/recordings/Sources";
import { ButtonLink } from "@/ui/controls/Button";
import { useTitle } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { t } from "./text";

const FRAME = "mx-auto w-full max-w-[96rem] px-4 pt-4 pb-24 md:px-8 md:pt-6 md:pb-12";

/** One activity: what it was, its numbers, its pictures, its parts, and where all that comes from. */
export function ActivityPage() {
  const { id = "" } = useParams();
  const { data, error, refetch, isPlaceholderData } = useActivity(id);
  useTitle(data ? titleOf(data) : "");
  if (error instanceof Problem && error.status === 404) {
    return (
      <Empty page icon="map" title={t("app.not_found")} hint={t("app.not_found_hint")}>
        <ButtonLink to={routes.activities} kind="primary">
          {t("app.to_activities")}
        </ButtonLink>
      </Empty>
    );
  }
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton />;
  return (
    <article className={FRAME}>
      <Header key={data.id} activity={data} />
      <Numbers activity={data} />
      {isPlaceholderData ? <PictureSkeleton /> : <Detail activity={data} />}
    </article>
  );
}

function Detail({ activity }: { activity: Tagged }) {
  const [view, change] = useView();
  const streamed = activity.channels.length > 0;
  const streams = useStreams(activity.id, streamed);
  const empty = !streamed || streams.data?.time_s.length === 0;
  const analysis = useAnalysis(activity.id).data;
  const select = (stretch: { from: number; to: number }): void => {
    change({ stretch });
  };
  const stages = { activity, onSelect: select };
  return (
    <>
      <Feeling activity={activity} analysis={analysis} />
      {analysis && <RouteLine route={analysis.route} />}
      <div data-testid="stretch-anchor" className="scroll-mt-4" />
      {streams.error && !streams.data ? (
        <Failure
          error={streams.error}
          retry={() => {
            location.reload();
          }}
        />
      ) : null}
      {streams.isPending && streamed && !streams.error && <PictureSkeleton />}
      {streams.data && !empty && (
        <Picture activity={activity} streams={streams.data} view={view} change={change} refining={streams.refining} />
      )}
      {empty && activity.sets.length === 0 && activity.lengths.length === 0 && activity.legs.length === 0 && (
        <p className="card mt-4 px-4 py-6 text-center text-ink-2">{t("activity.no_streams_hint")}</p>
      )}
      <Legs legs={activity.legs} />
      {analysis && (
        <>
          <Medals medals={analysis.medals} activity={activity} onSelect={select} />
          <SegmentTimes times={analysis.segments} onSelect={select} />
          <ZoneBars zones={analysis.zones} sport={activity.sport} />
          <Metrics analysis={analysis} sport={activity.sport} />
          <ActivityCurve activity={activity} />
          <Climbs stages={analysis.climbs} {...stages} />
        </>
      )}
      <PlannedPart activity={activity.id} />
      <InWords asked={{ kind: "workout", activity: activity.id }} subject={activity.id} />
      <Laps activity={activity} onSelect={select} />
      {analysis && (
        <>
          <Splits stages={analysis.splits} {...stages} />
          <Intervals stages={analysis.intervals} {...stages} />
        </>
      )}
      <Lengths lengths={activity.lengths} />
      <Sets sets={activity.sets} />
      <Similar activity={activity} />
      <Devices devices={activity.devices} />
      <Sources activity={activity} />
      <Edits activity={activity} />
    </>
  );
}

function PictureSkeleton() {
  return (
    <Waiting>
      <div className="mt-4 grid gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
        <div className="skeleton h-80 xl:h-[min(34rem,calc(100dvh-8rem))]" />
        <div className="skeleton h-[34rem]" />
      </div>
    </Waiting>
  );
}

function Skeleton() {
  return (
    <div className={FRAME}>
      <Waiting>
        <div className="skeleton h-5 w-32" />
        <div className="skeleton mt-4 h-8 w-80" />
        <div className="skeleton mt-6 h-32" />
      </Waiting>
      <PictureSkeleton />
    </div>
  );
}
