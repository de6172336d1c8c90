import { useMemo, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";

import { Problem, reason } from "@/api/client";
import {
  ENDINGS,
  routeFile,
  useChangeRoute,
  usePlannedRoute,
  useRemoveRoute,
  useRestoreRoute,
  type PlannedRoute,
} from "@/api/coach/plannedRoutes";
import { useMayOwn, useMayPlan, usePreferences, useSession } from "@/api/session";
import { Cursor } from "@/charts/channels/cursor";
import type { Stretch } from "@/charts/channels/frame";
import { TrackMap } from "@/charts/map/TrackMap";
import { ShareDialog } from "@/features/sharing/ShareDialog";
import { sportLook } from "@/lib/activity/sports";
import { lineOf } from "@/lib/geo/track";
import { routes } from "@/lib/routes";
import { decimal, duration, told } from "@/lib/units";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { Menu, MenuDownload, MenuItem } from "@/ui/controls/Menu";
import { Section, useTitle } from "@/ui/layout/Page";
import { Empty, Failure, Notice, Waiting } from "@/ui/layout/States";
import { Title } from "@/ui/layout/Title";
import { say, sayError } from "@/ui/layout/Toasts";
import { SportIcon } from "@/ui/pictures/Sport";
import { Figures } from "@/ui/values/Figures";
import { ElevationProfile } from "./ElevationProfile";
import { EstimateDialog } from "./EstimateDialog";
import { LOOKS, sectionAt, sportWords } from "./looks";
import { Sections } from "./Sections";
import { t } from "./text";

const FRAME = "mx-auto w-full max-w-[84rem] px-4 pt-4 pb-24 md:px-8 md:pt-6 md:pb-12";
const FILES = {
  gpx: "planned.file_gpx",
  fit: "planned.file_fit",
  tcx: "planned.file_tcx",
  csv: "planned.file_csv",
  json: "planned.file_json",
} as const;

/** A planned route: on the map, its profile, and its sections with time and gear. */
export function PlannedRoutePage() {
  const { id = "" } = useParams();
  const { data, error, refetch } = usePlannedRoute(id);
  useTitle(data?.name ?? "");
  if (error instanceof Problem && error.status === 404) {
    return (
      <Empty page icon="route" title={t("app.not_found")} hint={t("app.not_found_hint")}>
        <ButtonLink to={routes.plannedRoutes} kind="primary">
          {t("planned.back")}
        </ButtonLink>
      </Empty>
    );
  }
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  return (
    <article className={FRAME}>
      {data ? (
        <Whole route={data} />
      ) : (
        <Waiting>
          <div className="skeleton h-8 w-80" />
          <div className="skeleton mt-6 h-80" />
        </Waiting>
      )}
    </article>
  );
}

function Whole({ route }: { route: PlannedRoute }) {
  const wish = usePreferences();
  const { seconds, uncertainty_pct, length_m, gain_m, notes, removed } = route;
  return (
    <>
      <Head route={route} />
      {removed && <Removed route={route} />}
      <Figures
        figures={[
          { name: t("planned.length"), value: told("distance", length_m, wish) },
          { name: t("planned.gain"), value: told("elevation", gain_m, wish) },
          {
            name: t("planned.time"),
            value: duration(seconds),
            ...(seconds !== null && { hint: t("planned.off", { pct: decimal(uncertainty_pct) }) }),
          },
        ]}
      />
      {notes.map((note) => (
        <p key={note} className="mt-2 text-sm text-ink-2">
          {note}
        </p>
      ))}
      <Picture key={route.id} route={route} />
    </>
  );
}

/** The map, the profile and the sections, which share one place: metres from the start. */
function Picture({ route }: { route: PlannedRoute }) {
  const wish = usePreferences();
  const mayPlan = useMayPlan();
  const { data: session } = useSession();
  const change = useChangeRoute();
  const [cursor] = useState(() => new Cursor());
  const [chosen, choose] = useState<number | null>(null);
  const [cutting, setCutting] = useState(false);
  const { id, profile, sections, cuts, sport } = route;
  const grades = useMemo(
    () =>
      profile.altitude_m === null ? null : profile.distance_m.map((at) => sectionAt(sections, at)?.grade_pct ?? null),
    [profile, sections],
  );
  const line = useMemo(
    () => lineOf(profile.longitude, profile.latitude, profile.distance_m, grades),
    [profile, grades],
  );
  const section = sections.find(({ number }) => number === chosen);
  const stretch = useMemo<Stretch | null>(
    () => (section ? { from: section.start_m, to: section.end_m } : null),
    [section],
  );
  const setCuts = (wanted: number[], words: string): void => {
    choose(null);
    change.mutate(
      { id, change: { cuts: wanted } },
      {
        onSuccess: () => {
          say(words, () => {
            change.mutate({ id, change: { cuts } });
          });
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  const edits = mayPlan && !route.removed;
  return (
    <>
      <div className="card relative mt-4 h-72 overflow-hidden md:h-96">
        {session && (
          <TrackMap
            line={line}
            tone={`sport-${sportLook(LOOKS[sport]).colour}`}
            setting={session.map}
            stretch={stretch}
            cursor={cursor}
            imperial={wish.units === "imperial"}
          />
        )}
      </div>
      <div className="card mt-4 p-3">
        <ElevationProfile
          route={route}
          cursor={cursor}
          chosen={chosen}
          onCut={
            edits && cutting
              ? (at) => {
                  setCuts([...cuts, at], t("planned.was_cut", { at: told("distance", at, wish) }));
                }
              : null
          }
        />
        {cutting && <p className="mt-1 text-sm text-ink-2">{t("planned.cut_hint")}</p>}
      </div>
      <Section
        id="route-sections"
        title={t("planned.sections")}
        actions={
          edits && (
            <Button
              icon={cutting ? "check" : "split"}
              aria-pressed={cutting}
              onClick={() => {
                setCutting(!cutting);
              }}
            >
              {t(cutting ? "planned.cut_done" : "planned.cut")}
            </Button>
          )
        }
      >
        <Sections
          route={route}
          cursor={cursor}
          chosen={chosen}
          onChoose={choose}
          onUncut={
            edits
              ? (at) => {
                  setCuts(
                    cuts.filter((cut) => cut !== at),
                    t("planned.was_uncut"),
                  );
                }
              : null
          }
        />
      </Section>
    </>
  );
}

function Head({ route }: { route: PlannedRoute }) {
  const mayPlan = useMayPlan() && !route.removed;
  const navigate = useNavigate();
  const change = useChangeRoute();
  const remove = useRemoveRoute();
  const restore = useRestoreRoute();
  const mayShare = useMayOwn() && !route.removed;
  const [estimates, setEstimates] = useState(false);
  const [sharing, setSharing] = useState(false);
  const { id, name, sport, activity } = route;
  const fail = (error: Error): void => {
    sayError(reason(error));
  };
  const rename = (wanted: string): void => {
    change.mutate(
      { id, change: { name: wanted } },
      {
        onSuccess: () => {
          say(t("planned.renamed", { name: wanted }), () => {
            change.mutate({ id, change: { name } });
          });
        },
        onError: fail,
      },
    );
  };
  const takeAway = (): void => {
    remove.mutate(id, {
      onSuccess: () => {
        say(t("planned.removed", { name }), () => {
          restore.mutate(id);
        });
        void navigate(routes.plannedRoutes);
      },
      onError: fail,
    });
  };
  return (
    <Title
      back={t("planned.back")}
      to={routes.plannedRoutes}
      name={name}
      rename={t("planned.rename")}
      onRename={mayPlan ? rename : null}
      actions={
        <>
          <Menu
            button={(wiring) => (
              <Button icon="download" {...wiring}>
                {t("planned.download")}
              </Button>
            )}
          >
            {ENDINGS.map((ending) => (
              <MenuDownload key={ending} icon="file" href={routeFile(id, ending)}>
                {t(FILES[ending])}
              </MenuDownload>
            ))}
          </Menu>
          {mayPlan && (
            <>
              <Button
                icon="settings"
                onClick={() => {
                  setEstimates(true);
                }}
              >
                {t("planned.parameters")}
              </Button>
              <Menu button={(wiring) => <Button icon="more" aria-label={t("planned.acts")} {...wiring} />}>
                {mayShare && (
                  <MenuItem
                    icon="out"
                    onClick={() => {
                      setSharing(true);
                    }}
                  >
                    {t("planned.share")}
                  </MenuItem>
                )}
                <MenuItem icon="trash" danger onClick={takeAway}>
                  {t("planned.remove")}
                </MenuItem>
              </Menu>
            </>
          )}
          {sharing && (
            <ShareDialog
              subject={{ kind: "route", id }}
              onClose={() => {
                setSharing(false);
              }}
            />
          )}
          {estimates && (
            <EstimateDialog
              route={route}
              onClose={() => {
                setEstimates(false);
              }}
            />
          )}
        </>
      }
    >
      <SportIcon sport={LOOKS[sport]} size={18} />
      <span>{sportWords(sport)}</span>
      {activity !== null && (
        <Link to={routes.activity(activity)} className="text-accent underline underline-offset-4">
          {t("planned.from_activity")}
        </Link>
      )}
    </Title>
  );
}

function Removed({ route: { id } }: { route: PlannedRoute }) {
  const restore = useRestoreRoute();
  return (
    <div className="mb-4">
      <Notice tone="warn">
        {t("planned.removed_note")}
        <Button
          busy={restore.isPending}
          onClick={() => {
            restore.mutate(id);
          }}
        >
          {t("planned.restore")}
        </Button>
      </Notice>
    </div>
  );
}
