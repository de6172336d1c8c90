import { useEffect } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";

import { refreshCalendar, useFetchMonth, type CalendarColumn, type CalendarMonth } from "@/api/activities/calendar";
import { reason } from "@/api/client";
import { useMayEdit, usePreferences } from "@/api/session";
import { useSources } from "@/api/sources/sources";
import { month as monthWords, today } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Button, ButtonLink, IconButton } from "@/ui/controls/Button";
import { Menu, MenuItem } from "@/ui/controls/Menu";
import { say, sayError } from "@/ui/layout/Toasts";
import { StandingMark } from "./StandingMark";
import { t } from "./text";

/** What of the month each source has given, and the ways to have more of it fetched. */
export function Strip({ month }: { month: CalendarMonth }) {
  const wish = usePreferences();
  const mayEdit = useMayEdit();
  useFollowed();
  const coming = month.month > today(wish.zone).slice(0, 7);
  const { go, busy } = useFetching(month.month);
  return (
    <section aria-labelledby="calendar-sources" className="card mb-4 max-md:mt-6">
      <header className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2 px-4 pt-3 md:px-5">
        <h2 id="calendar-sources" className="font-semibold">
          {t("calendar.sources")}
        </h2>
        <div className="flex flex-wrap items-center gap-2">
          <ButtonLink kind="quiet" icon="compare" to={routes.compare(month.month)}>
            {t("calendar.compare")}
          </ButtonLink>
          {mayEdit && !coming && month.columns.length > 1 && (
            <>
              <Button
                icon="sync"
                busy={busy}
                onClick={() => {
                  go("sync", null);
                }}
              >
                {t("calendar.pull_all")}
              </Button>
              <Menu button={(wiring) => <IconButton name={t("calendar.more_all")} icon="more" {...wiring} />}>
                <MenuItem
                  icon="download"
                  onClick={() => {
                    go("refetch", null);
                  }}
                >
                  {t("calendar.again_all")}
                </MenuItem>
              </Menu>
            </>
          )}
        </div>
      </header>
      <ul className="mt-1 divide-y divide-line px-4 md:px-5">
        {month.columns.map((column) => (
          <li key={column.connection}>
            <Row month={month} column={column} acts={mayEdit && !coming} />
          </li>
        ))}
      </ul>
      {mayEdit && <p className="label border-t border-line px-4 py-2 md:px-5">{t("calendar.sources_lead")}</p>}
    </section>
  );
}

/** Fetch again for the months whenever a source begins or ends something. */
function useFollowed(): void {
  const client = useQueryClient();
  const states = useSources()
    .data?.items.map(({ id, state }) => `${id}:${state}`)
    .join();
  useEffect(() => {
    refreshCalendar(client);
  }, [client, states]);
}

function useFetching(month: string) {
  const fetching = useFetchMonth(month);
  const go = (how: "sync" | "refetch", connection: string | null): void => {
    fetching.mutate(
      { how, connection },
      {
        onSuccess: () => {
          say(t(how === "sync" ? "calendar.pulling" : "calendar.fetching", { month: monthWords(month) }));
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  return { go, busy: fetching.isPending };
}

function Row({ month, column, acts }: { month: CalendarMonth; column: CalendarColumn; acts: boolean }) {
  const { connection, name, label } = column;
  const leave = useNavigate();
  const { go, busy } = useFetching(month.month);
  const standing = month.sources[connection];
  return (
    <div
      data-source-month={connection}
      data-state={standing?.state ?? "none"}
      className="flex min-h-13 items-center gap-2 py-1.5"
    >
      <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-0.5">
        <span className="min-w-0 basis-44 max-md:basis-full">
          <span className="block font-medium">{name}</span>
          {label !== name && (
            <span className="label block truncate" title={label}>
              {label}
            </span>
          )}
        </span>
        <span role="status" className="min-w-0 flex-1 text-sm">
          <StandingMark standing={standing} />
        </span>
      </span>
      {acts && (
        <span className="flex items-center gap-1">
          <Button
            icon="sync"
            busy={busy}
            aria-label={t("calendar.pull_of", { month: monthWords(month.month), name })}
            onClick={() => {
              go("sync", connection);
            }}
          >
            {t("calendar.pull")}
          </Button>
          <Menu button={(wiring) => <IconButton name={t("calendar.more_acts", { name })} icon="more" {...wiring} />}>
            <MenuItem
              icon="download"
              onClick={() => {
                go("refetch", connection);
              }}
            >
              {t("calendar.again")}
            </MenuItem>
            <MenuItem icon="sources" onClick={() => void leave(routes.source(connection))}>
              {t("calendar.see_source")}
            </MenuItem>
          </Menu>
        </span>
      )}
    </div>
  );
}
