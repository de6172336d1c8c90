import { useMemo, useRef } from "react";
import { Link, useNavigate } from "react-router";

import { reason } from "@/api/client";
import { useImportRoute, usePlannedRoutes, type PlannedRouteItem } from "@/api/coach/plannedRoutes";
import { useMayPlan, usePreferences } from "@/api/session";
import { CoachPage } from "@/features/coach/CoachPage";
import { FileDrop } from "@/features/coach/FileDrop";
import { routes } from "@/lib/routes";
import { told } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { SearchBox } from "@/ui/controls/Field";
import { useAddress } from "@/ui/hooks/address";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { SportIcon } from "@/ui/pictures/Sport";
import { TrackPicture } from "@/ui/pictures/Track";
import { LOOKS, sportWords } from "./looks";
import { Question } from "./Question";
import { many, t } from "./text";

const USUAL = { text: "" };
const ACCEPTED = ".gpx,.fit,.tcx";

/** The planned routes: dropped here, or made from activities. */
export function PlannedRoutes() {
  const mayPlan = useMayPlan();
  const take = useImportRoute();
  const navigate = useNavigate();
  const picker = useRef<HTMLInputElement>(null);
  const importFile = (file: File): void => {
    take.mutate(file, {
      onSuccess: (items) => {
        say(many("planned.imported", items.length));
        const [only] = items;
        if (only && items.length === 1) void navigate(routes.plannedRoute(only.id));
      },
      onError: (error) => {
        sayError(reason(error));
      },
    });
  };
  return (
    <CoachPage
      at="routes"
      title={t("planned.title")}
      actions={
        mayPlan && (
          <>
            <input
              ref={picker}
              type="file"
              accept={ACCEPTED}
              className="sr-only"
              tabIndex={-1}
              aria-label={t("planned.import")}
              data-testid="route-file"
              onChange={(event) => {
                const file = event.target.files?.[0];
                event.target.value = "";
                if (file) importFile(file);
              }}
            />
            <Button kind="primary" icon="import" busy={take.isPending} onClick={() => picker.current?.click()}>
              {t("planned.import")}
            </Button>
          </>
        )
      }
    >
      <FileDrop words={t("planned.drop")} onFile={importFile}>
        <Found />
      </FileDrop>
    </CoachPage>
  );
}

function Found() {
  const { data, error, refetch } = usePlannedRoutes();
  const [{ text }, change] = useAddress(USUAL);
  const shown = useMemo(() => {
    const wanted = text.trim().toLocaleLowerCase();
    return (data?.items ?? []).filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  }, [data, text]);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <Waiting>
        <div className="skeleton h-80" />
      </Waiting>
    );
  return (
    <>
      {data.questions.map((question) => (
        <Question key={question.file} question={question} />
      ))}
      {data.items.length === 0 ? (
        <div className="card">
          <Empty icon="route" title={t("planned.none")} hint={t("planned.none_hint")} />
        </div>
      ) : (
        <>
          <div role="search">
            <SearchBox
              name={t("planned.search")}
              value={text}
              onChange={(typed) => {
                change({ text: typed });
              }}
            />
          </div>
          <p role="status" className="my-2.5 text-sm text-ink-2">
            {many("planned.count", shown.length)}
          </p>
          <ul aria-label={t("planned.title")} className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
            {shown.map((route) => (
              <li key={route.id}>
                <Card route={route} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Card({ route: { id, name, sport, length_m, gain_m, thumb } }: { route: PlannedRouteItem }) {
  const wish = usePreferences();
  const look = LOOKS[sport];
  const figures = [
    told("distance", length_m, wish),
    ...(gain_m === null ? [] : [`↑ ${told("elevation", gain_m, wish)}`]),
  ];
  return (
    <Link to={routes.plannedRoute(id)} className="card flex items-center gap-4 p-3 hover:bg-sunken/60">
      <TrackPicture thumb={thumb} sport={look} width={88} height={68} />
      <span className="min-w-0">
        <span className="line-clamp-2 font-semibold">{name}</span>
        <span className="mt-0.5 flex items-center gap-1.5 text-sm text-ink-2">
          <SportIcon sport={look} size={16} />
          {`${sportWords(sport)} · ${figures.join(" · ")}`}
        </span>
      </span>
    </Link>
  );
}
