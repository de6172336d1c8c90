import { useEffect, useRef, useState } from "react";
import { Link, NavLink, useLocation, type LinkProps } from "react-router";

import {
  useAthlete,
  useChangePreferences,
  useMayEdit,
  usePreferences,
  useSeesSeveral,
  useSession,
  useSignOut,
} from "@/api/session";
import { useUploads } from "@/api/sources/uploads";
import { useWorkLeft } from "@/api/sources/work";
import { many, t } from "@/app/text";
import { classes } from "@/lib/classes";
import { routes } from "@/lib/routes";
import { decimal } from "@/lib/units";
import { questionsWords, useOpenQuestions } from "@/pages/duplicates/waiting";
import { Notifications } from "@/pages/notifications/Notifications";
import { IconButton } from "@/ui/controls/Button";
import { PageTabs, type PageTab } from "@/ui/layout/PageTabs";
import { Icon, Mark } from "@/ui/pictures/Icon";
import { Bell, Dot, useUnseen } from "./Bell";
import { SearchButton } from "./OpenSearch";
import { isHere, placeAt, useEntries, type Entry } from "./places";

/** A link to an entry, current on every address that belongs to it. */
function EntryLink({ entry, ...rest }: { entry: Entry } & Omit<LinkProps, "to">) {
  const { pathname } = useLocation();
  return <Link {...rest} to={entry.to} aria-current={isHere(entry, pathname) ? "page" : undefined} />;
}

type Waiting = Record<string, { count: number; words: string } | undefined>;

/** How many things wait for an answer behind a page, by where it is, in figures and in words. */
function useWaiting(): Waiting {
  const questions = useOpenQuestions();
  return questions > 0 ? { [routes.duplicates]: { count: questions, words: questionsWords(questions) } } : {};
}

/** What waits behind an entry: what waits behind one of its places. */
const waitingAt = (waiting: Waiting, entry: Entry) => entry.places.map(({ to }) => waiting[to]).find(Boolean);

/** So many fit side by side on a phone; the others open above them. */
const AT_HAND = 4;

export function Sidebar() {
  const { sidebar } = usePreferences();
  const change = useChangePreferences();
  const [notifications, setNotifications] = useState(false);
  const entries = useEntries();
  const mayEdit = useMayEdit();
  const waiting = useWaiting();
  const open = sidebar === "open";
  return (
    <div
      className={classes(
        "sticky top-0 hidden h-dvh shrink-0 flex-col border-r border-line bg-surface transition-[width]",
        "duration-150",
        "md:flex",
        open ? "w-56" : "w-16",
      )}
    >
      <div className={`flex h-16 items-center ${open ? "justify-between pr-3 pl-5" : "justify-center"}`}>
        {open && <Wordmark />}
        <IconButton
          name={t(open ? "app.collapse" : "app.expand")}
          icon="sidebar"
          aria-expanded={open}
          onClick={() => {
            change.mutate({ sidebar: open ? "closed" : "open" });
          }}
        />
      </div>
      <SearchButton open={open} className="mx-3 mb-0.5" />
      <nav aria-label={t("app.navigation")} className="flex flex-1 flex-col gap-0.5 px-3">
        {entries.map((entry) => (
          <EntryLink
            key={entry.to}
            entry={entry}
            title={open ? undefined : entry.name()}
            className={classes(
              "touch flex items-center gap-3 rounded-lg py-2 text-sm font-medium text-ink-2",
              "transition-colors",
              "hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft",
              "aria-[current=page]:text-accent",
              open ? "px-3" : "justify-center px-0",
            )}
          >
            <span className="relative">
              <Icon name={entry.icon} />
              {!open && waitingAt(waiting, entry) && <Dot />}
            </span>
            <span className={open ? "flex-1" : "sr-only"}>{entry.name()}</span>
            {waitingAt(waiting, entry) && <Badge {...waitingAt(waiting, entry)} open={open} />}
          </EntryLink>
        ))}
      </nav>
      {mayEdit && (
        <Bell
          className="mx-3 mb-2"
          open={open}
          onPress={() => {
            setNotifications(true);
          }}
        />
      )}
      <UploadMark open={open} />
      <WorkMark open={open} />
      <Person open={open} />
      {notifications && (
        <Notifications
          onClose={() => {
            setNotifications(false);
          }}
        />
      )}
    </div>
  );
}

function Badge({ count = 0, words = "", open = true }: { count?: number; words?: string; open?: boolean }) {
  return (
    <>
      {open && (
        <span
          aria-hidden="true"
          className="rounded-full bg-accent px-1.5 text-xs leading-5 font-semibold text-accent-ink"
        >
          {decimal(count)}
        </span>
      )}
      <span className="sr-only">{words}</span>
    </>
  );
}

function Wordmark() {
  return (
    <span className="flex items-center gap-2.5">
      <Mark />
      <span className="font-semibold tracking-tight">{t("app.name")}</span>
    </span>
  );
}

/** A thin line that grows while files are on their way, wherever one is in the app. */
function UploadMark({ open }: { open: boolean }) {
  const { state, bytes, sentBytes } = useUploads();
  if (state === "idle" || state === "finished" || bytes === 0) return null;
  const percent = `${decimal((100 * sentBytes) / bytes)} %`;
  return (
    <NavLink to={routes.import} className="mx-3 mb-2 rounded-lg px-3 py-2 text-xs text-ink-2 hover:bg-sunken">
      <span className={open ? "" : "sr-only"}>{t("nav.uploading", { percent })}</span>
      <progress aria-hidden="true" value={sentBytes} max={bytes} className="mt-1 h-1 w-full accent-(--accent)" />
    </NavLink>
  );
}

/** Says that numbers are still being calculated, and of how many activities. */
function WorkMark({ open }: { open: boolean }) {
  const left = useWorkLeft();
  if (left === 0) return null;
  return (
    <p role="status" className="mx-3 mb-2 flex items-center gap-2 px-3 py-2 text-xs text-ink-2">
      <span aria-hidden="true" className="size-2 shrink-0 animate-pulse rounded-full bg-accent" />
      <span className={open ? "" : "sr-only"}>{many("nav.analysing", left)}</span>
    </p>
  );
}

function Person({ open }: { open: boolean }) {
  const { data } = useSession();
  const athlete = useAthlete();
  const signOut = useSignOut();
  const name = data?.account?.username ?? "";
  const several = useSeesSeveral();
  return (
    <div className={`flex items-center gap-2.5 border-t border-line py-3 ${open ? "pr-3 pl-5" : "flex-col px-0"}`}>
      <span
        title={t("app.signed_in_as", { name })}
        className={classes(
          "grid size-8 shrink-0 place-items-center rounded-full bg-accent-soft text-sm font-semibold",
          "text-accent uppercase",
        )}
      >
        {name.slice(0, 1)}
      </span>
      {open && (
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm font-medium">{name}</span>
          {several ? (
            <Link to={routes.athletes} className="label touch block truncate underline-offset-4 hover:underline">
              {athlete?.name}
            </Link>
          ) : (
            <span className="label block truncate">{athlete?.name}</span>
          )}
        </span>
      )}
      <IconButton
        name={t("app.sign_out")}
        icon="signout"
        onClick={() => {
          signOut.mutate();
        }}
      />
    </div>
  );
}

const TAB =
  "flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-xs font-medium whitespace-nowrap " +
  "text-ink-2 aria-[current=page]:text-accent";

export function BottomBar() {
  const entries = useEntries();
  const [notifications, setNotifications] = useState(false);
  return (
    <nav
      aria-label={t("app.navigation")}
      className={classes(
        "fixed inset-x-0 bottom-0 z-40 flex border-t border-line bg-surface",
        "pb-[env(safe-area-inset-bottom)]",
        "md:hidden",
      )}
    >
      {entries.slice(0, AT_HAND).map((entry) => (
        <EntryLink key={entry.to} entry={entry} className={TAB}>
          <Icon name={entry.icon} size={22} />
          {entry.name()}
        </EntryLink>
      ))}
      <MorePlaces
        onNotifications={() => {
          setNotifications(true);
        }}
      />
      {notifications && (
        <Notifications
          onClose={() => {
            setNotifications(false);
          }}
        />
      )}
    </nav>
  );
}

/** The pages that have no room in the bar, opened above it. */
function MorePlaces({ onNotifications }: { onNotifications: () => void }) {
  const [open, setOpen] = useState(false);
  const unseen = useUnseen();
  const waiting = useWaiting();
  const { pathname } = useLocation();
  const mayEdit = useMayEdit();
  const rest = useEntries().slice(AT_HAND);
  const here = rest.some((entry) => isHere(entry, pathname));
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const press = (event: KeyboardEvent): void => {
      if (event.key === "Escape") setOpen(false);
    };
    const elsewhere = (event: PointerEvent): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener("keydown", press);
    addEventListener("pointerdown", elsewhere);
    return () => {
      removeEventListener("keydown", press);
      removeEventListener("pointerdown", elsewhere);
    };
  }, [open]);
  return (
    <div ref={box} className="flex flex-1">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
        className={`${TAB} ${here ? "text-accent!" : ""}`}
      >
        <span className="relative">
          <Icon name="more" size={22} />
          {unseen + Object.keys(waiting).length > 0 && <Dot />}
        </span>
        {t("nav.more")}
        {unseen > 0 && <span className="sr-only">{many("notifications.open", unseen, decimal(unseen))}</span>}
      </button>
      {open && (
        <ul className="card rise absolute right-2 bottom-full mb-2 min-w-52 p-1 shadow-float">
          {rest.map((entry) => (
            <li key={entry.to}>
              <EntryLink
                entry={entry}
                onClick={() => {
                  setOpen(false);
                }}
                className={classes(
                  "touch flex items-center gap-3 rounded-lg px-3 py-2 text-sm font-medium text-ink-2",
                  "aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent",
                )}
              >
                <Icon name={entry.icon} />
                <span className="flex-1">{entry.name()}</span>
                {waitingAt(waiting, entry) && <Badge {...waitingAt(waiting, entry)} />}
              </EntryLink>
            </li>
          ))}
          <li>
            <SearchButton
              open
              className="w-full"
              onPress={() => {
                setOpen(false);
              }}
            />
          </li>
          {mayEdit && (
            <li>
              <Bell
                open
                className="w-full"
                onPress={() => {
                  setOpen(false);
                  onNotifications();
                }}
              />
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

/** The way between the places of a group, over the page that is shown. */
export function GroupBar() {
  const { pathname } = useLocation();
  const waiting = useWaiting();
  const { entry, place } = placeAt(useEntries(), pathname);
  if (!entry || !place?.group || entry.places.length < 2) return null;
  const tabs = entry.places.map(({ to, name }): PageTab => [
    to,
    waiting[to] ? `${name()} · ${decimal(waiting[to].count)}` : name(),
    to,
  ]);
  return (
    <div className="mx-auto -mb-4 w-full max-w-[84rem] px-4 pt-5 md:px-8 md:pt-7">
      <PageTabs label={entry.name()} tabs={tabs} at={place.to} />
    </div>
  );
}
