import { lazy, type ReactNode } from "react";
import { useParams } from "react-router";

import { useActivity, useStreams, type Tagged } from "@/api/activities/activities";
import { Problem } from "@/api/client";
import { useAnalysis } from "@/api/numbers";
import type { Analysis } from "@/api/types";
import type { Stretch } from "@/charts/channels/frame";
import { PlannedPart } from "@/features/coach/PlannedPart";
import { routes } from "@/lib/routes";
import { Header } from "@/pages/activity/header/Header";
import { titleOf } from "@/pages/activity/header/Name";
import { Feeling } from "@/pages/activity/numbers/Feeling";
import { Medals } from "@/pages/activity/numbers/Medals";
import { Numbers } from "@/pages/activity/numbers/Numbers";
import { RouteLine } from "@/pages/activity/parts/Courses";
import { Legs } from "@/pages/activity/parts/Legs";
import { WeatherLine } from "@/pages/activity/parts/WeatherLine";
import { AddPhotos } from "@/pages/activity/photos/AddPhotos";
import { PhotoDrop } from "@/pages/activity/photos/PhotoDrop";
import { Photos } from "@/pages/activity/photos/Photos";
import { usePhotosOf, type PhotosOf } from "@/pages/activity/photos/photosOf";
import { Picture } from "@/pages/activity/picture/Picture";
import { useView, type View } from "@/pages/activity/picture/view";
import { Near } from "@/pages/activity/sections/Near";
import { Part } from "@/pages/activity/sections/Part";
import { SectionBar } from "@/pages/activity/sections/SectionBar";
import { SECTIONS, sectionsOf, useAnchor, type SectionKey } from "@/pages/activity/sections/sections";
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
    <article id="overview" className={`${FRAME} outline-none`}>
      <Header key={data.id} activity={data} />
      <Detail key={data.id} activity={data} whole={!isPlaceholderData} />
    </article>
  );
}

const LapsPart = lazy(async () => ({ default: (await import("@/pages/activity/sections/LapsPart")).LapsPart }));
const AnalysisPart = lazy(async () => ({
  default: (await import("@/pages/activity/sections/AnalysisPart")).AnalysisPart,
}));
const DataPart = lazy(async () => ({ default: (await import("@/pages/activity/sections/DataPart")).DataPart }));

/**
 * The numbers, then the sections. Until the activity is `whole`, a list has told its numbers; they stay where they are
 * when the rest comes, and what was opened of them stays open.
 */
function Detail({ activity, whole }: { activity: Tagged; whole: boolean }) {
  const { data: analysis, isPending } = useAnalysis(activity.id);
  const sections = sectionsOf(activity, analysis);
  return (
    <>
      <SectionBar sections={whole && !isPending ? sections : SECTIONS} />
      <Numbers activity={activity} />
      {whole ? <Sections activity={activity} analysis={analysis} sections={sections} /> : <PictureSkeleton />}
    </>
  );
}

/** What it was at once, all else when it comes near or is gone to. */
function Sections({
  activity,
  analysis,
  sections,
}: {
  activity: Tagged;
  analysis: Analysis | undefined;
  sections: readonly SectionKey[];
}) {
  const [view, change] = useView();
  const at = useAnchor();
  const select = (stretch: Stretch): void => {
    change({ stretch });
  };
  const photos = usePhotosOf(activity);
  return (
    <PhotoDrop onFiles={photos.add}>
      <div className="mt-3 flex flex-wrap items-center gap-x-6 gap-y-1">
        <Feeling activity={activity} analysis={analysis} />
        {analysis && <RouteLine route={analysis.route} />}
        <WeatherLine activity={activity.id} />
        {photos.items.length === 0 && photos.mayEdit && <AddPhotos progress={photos.progress} onFiles={photos.add} />}
      </div>
      <Photos activity={activity.id} photos={photos} />
      <Pictures activity={activity} view={view} change={change} photos={photos}>
        {analysis && <Medals medals={analysis.medals} activity={activity} onSelect={select} />}
        <PlannedPart activity={activity.id} sport={activity.sport} />
      </Pictures>
      <Legs legs={activity.legs} />
      {sections.includes("laps") && (
        <Part of="laps">
          <Near at={at} light height={480}>
            <LapsPart activity={activity} analysis={analysis} onSelect={select} />
          </Near>
        </Part>
      )}
      {sections.includes("analysis") && analysis && (
        <Part of="analysis">
          <Near at={at} light height={900}>
            <AnalysisPart activity={activity} analysis={analysis} at={at} />
          </Near>
        </Part>
      )}
      {sections.includes("data") && (
        <Part of="data">
          <Near at={at} light height={480}>
            <DataPart activity={activity} />
          </Near>
        </Part>
      )}
    </PhotoDrop>
  );
}

/** The map and the charts, once the samples are there; `children` stand with them, or alone without any. */
function Pictures({
  activity,
  view,
  change,
  photos,
  children,
}: {
  activity: Tagged;
  view: View;
  change: (changed: Partial<View>) => void;
  photos: PhotosOf;
  children: ReactNode;
}) {
  const streamed = activity.channels.length > 0;
  const streams = useStreams(activity.id, streamed);
  if (streamed && streams.isPending) return <PictureSkeleton />;
  if (streams.data && streams.data.time_s.length > 0)
    return (
      <Picture
        activity={activity}
        streams={streams.data}
        view={view}
        change={change}
        refining={streams.refining}
        pins={photos.pins}
        onPin={photos.open}
      >
        {children}
      </Picture>
    );
  const bare = activity.sets.length === 0 && activity.lengths.length === 0 && activity.legs.length === 0;
  return (
    <>
      {children}
      {streams.error ? (
        <Failure
          error={streams.error}
          retry={() => {
            location.reload();
          }}
        />
      ) : (
        bare && <p className="card mt-4 px-4 py-6 text-center text-ink-2">{t("activity.no_streams_hint")}</p>
      )}
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
