import { Link, useNavigate, useParams } from "react-router";

import { Problem, reason } from "@/api/client";
import { useDeleteSegment, useRenameSegment, useRestoreSegment, useSegment } from "@/api/places/segments";
import { useMayEdit, usePreferences } from "@/api/session";
import type { SegmentWhole } from "@/api/types";
import { FrameChart } from "@/charts/frames/FrameChart";
import { PlainMap } from "@/charts/map/PlainMap";
import { trend } from "@/lib/activity/efforts";
import { sportOfFamily } from "@/lib/activity/sports";
import { familyName } from "@/lib/charts/frames";
import { day } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { decimal, duration, NOTHING, told } from "@/lib/units";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { useAddress } from "@/ui/hooks/address";
import { useTitle } from "@/ui/layout/Page";
import { Empty, Failure, Notice, Waiting } from "@/ui/layout/States";
import { Title } from "@/ui/layout/Title";
import { say, sayError } from "@/ui/layout/Toasts";
import { SportIcon } from "@/ui/pictures/Sport";
import { Figures } from "@/ui/values/Figures";
import { Comparison } from "./Comparison";
import { Efforts, keyOf } from "./Efforts";
import { many, t } from "./text";

const FRAME = "mx-auto w-full max-w-[84rem] px-4 pt-4 pb-24 md:px-8 md:pt-6 md:pb-12";
const USUAL = { compare: "", order: "rank" };

/** One segment: where it is, every time on it, how they went on, and two of them laid over each other. */
export function SegmentPage() {
  const { id = "" } = useParams();
  const { data, error, refetch } = useSegment(id);
  useTitle(data?.name ?? "");
  if (error instanceof Problem && error.status === 404) {
    return (
      <Empty page icon="segment" title={t("app.not_found")} hint={t("app.not_found_hint")}>
        <ButtonLink to={routes.segments} kind="primary">
          {t("segments.back")}
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
      <Whole segment={data} />
    </article>
  );
}

function Whole({ segment }: { segment: SegmentWhole }) {
  const wish = usePreferences();
  const [{ compare, order }, change] = useAddress(USUAL);
  const { efforts, family } = segment;
  const sport = sportOfFamily(family);
  const keys = compare.split(" ").filter(Boolean);
  const chosen = keys
    .map((key) => efforts.find((effort) => keyOf(effort) === key))
    .filter((effort) => effort !== undefined);
  const best = efforts.find(({ rank }) => rank === 1);
  const last = efforts.at(-1);
  const speed = (seconds: number): string => told("speed", segment.length_m / seconds, wish, sport);
  const compareThem = (all: string[]): void => {
    change({ compare: all.join(" ") });
  };
  return (
    <>
      <Head segment={segment} />
      <Figures
        figures={[
          { name: t("segments.done"), value: decimal(efforts.length) },
          {
            name: t("segments.best"),
            value: duration(best?.elapsed_s),
            ...(best && { hint: `${day(best.day, wish, "plain")} · ${speed(best.elapsed_s)}` }),
          },
          {
            name: t("segments.last"),
            value: duration(last?.elapsed_s),
            ...(last && { hint: day(last.day, wish, "plain") }),
          },
          { name: t("segments.length"), value: told("distance", segment.length_m, wish) },
        ]}
      />
      <Looking waiting={segment.waiting} />
      <div className={`mt-4 grid gap-4 ${efforts.length > 1 ? "lg:grid-cols-2" : ""}`}>
        <PlainMap line={segment.line} family={family} className="h-72 lg:h-[23rem]" />
        {efforts.length > 1 && (
          <div className="card min-w-0 p-2">
            <Trend segment={segment} />
          </div>
        )}
      </div>
      {efforts.length === 0 && segment.waiting === 0 && !segment.deleted && (
        <p className="card mt-4 px-4 py-10 text-center text-ink-2">{t("segments.never")}</p>
      )}
      {efforts.length > 0 && (
        <Efforts
          segment={segment}
          sport={sport}
          order={order}
          chosen={keys}
          onOrder={(wanted) => {
            change({ order: wanted });
          }}
          onChoose={compareThem}
        />
      )}
      {chosen.length > 1 && <Comparison key={compare} segment={segment} chosen={chosen} sport={sport} />}
    </>
  );
}

/** What is still being looked for, said as long as it is. */
function Looking({ waiting }: { waiting: number }) {
  return (
    <div role="status">
      {waiting > 0 && (
        <div className="mt-4">
          <Notice>{many("segments.waiting", waiting)}</Notice>
        </div>
      )}
    </div>
  );
}

function Trend({ segment }: { segment: SegmentWhole }) {
  const title = t("segments.trend");
  const frame = trend(
    title,
    segment.efforts.map(({ day: on, elapsed_s, activity }) => ({
      day: on,
      seconds: elapsed_s,
      activity,
      counts: true,
    })),
    {
      time: t("segments.time"),
      best: t("line.record"),
    },
  );
  return <FrameChart key={segment.efforts.length} frame={frame} title={title} />;
}

function Head({ segment }: { segment: SegmentWhole }) {
  const { id, name, family, origin, deleted } = segment;
  const navigate = useNavigate();
  const mayEdit = useMayEdit();
  const [rename, remove, restore] = [useRenameSegment(), useDeleteSegment(), useRestoreSegment()];
  const failed = (error: unknown): void => {
    sayError(reason(error));
  };
  const back = (): void => {
    restore.mutate(id, {
      onSuccess: () => {
        say(t("segments.restored", { name }));
      },
      onError: failed,
    });
  };
  const away = (): void => {
    remove.mutate(id, {
      onSuccess: () => {
        void navigate(routes.segments);
        say(t("segments.deleted", { name }), back);
      },
      onError: failed,
    });
  };
  const [kind, ...from] = origin.split(":");
  return (
    <>
      <Title
        back={t("segments.back")}
        to={routes.segments}
        name={name}
        rename={t("segments.rename")}
        onRename={
          mayEdit
            ? (wanted) => {
                rename.mutate({ id, name: wanted }, { onError: failed });
              }
            : null
        }
        actions={
          mayEdit &&
          !deleted && (
            <Button kind="danger" icon="trash" busy={remove.isPending} onClick={away}>
              {t("segments.delete")}
            </Button>
          )
        }
      >
        <SportIcon sport={sportOfFamily(family)} size={18} />
        <span>{familyName(family)}</span>
        <span aria-hidden="true">·</span>
        {kind === "activity" ? (
          <Link to={routes.activity(from.join(":"))} className="underline underline-offset-4 hover:text-ink">
            {t("segments.drawn_on")}
          </Link>
        ) : (
          <span>{t("segments.from_file", { file: from.join(":") || NOTHING })}</span>
        )}
      </Title>
      {deleted && (
        <div className="mb-4">
          <Notice tone="warn">
            {t("segments.deleted_note")}
            {mayEdit && (
              <Button busy={restore.isPending} onClick={back}>
                {t("segments.restore")}
              </Button>
            )}
          </Notice>
        </div>
      )}
    </>
  );
}
