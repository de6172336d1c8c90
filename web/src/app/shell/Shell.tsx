import { Suspense, useEffect, useRef } from "react";
import { Outlet, useLocation } from "react-router";

import { useEvents } from "@/api/events";
import { useAthlete, useMayEdit } from "@/api/session";
import { useUploads } from "@/api/sources/uploads";
import { Crash } from "@/app/Crash";
import { visitOf } from "@/app/found";
import { useScrollPlaces } from "@/app/scroll";
import { t } from "@/app/text";
import { classes } from "@/lib/classes";
import { Banner } from "./Banner";
import { DropAnywhere } from "./DropAnywhere";
import { SearchDoor } from "./OpenSearch";
import { BottomBar, GroupBar, Sidebar } from "./Navigation";

/** What stands around every page: navigation, the skip link, banners, and the whole window as a place to drop files. */
export function Shell() {
  useEvents();
  useLeaveWarning();
  useScrollPlaces();
  const mayEdit = useMayEdit();
  const demo = useAthlete()?.demo ?? false;
  const { pathname } = useLocation();
  const visit = visitOf(pathname);
  const main = useFocusOnNewPage(visit);
  return (
    <div className="flex min-h-dvh">
      <a
        href="#main"
        className={classes(
          "fixed top-2 left-2 z-50 -translate-y-20 rounded-lg bg-accent px-4 py-2 font-medium",
          "text-accent-ink",
          "focus:translate-y-0",
        )}
      >
        {t("app.skip")}
      </a>
      <Sidebar />
      <div className="flex min-w-0 flex-1 flex-col">
        <Banner />
        <main id="main" ref={main} tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <Suspense fallback={null}>
            <Crash key={visit} at={pathname}>
              <GroupBar />
              <Outlet />
            </Crash>
          </Suspense>
        </main>
      </div>
      <BottomBar />
      <SearchDoor />
      {mayEdit && !demo && <DropAnywhere />}
    </div>
  );
}

/** After going to another page the focus is at its start, where the keyboard and the screen reader go on. */
function useFocusOnNewPage(visit: string) {
  const main = useRef<HTMLElement>(null);
  const before = useRef(visit);
  useEffect(() => {
    if (before.current !== visit) main.current?.focus({ preventScroll: true });
    before.current = visit;
  }, [visit]);
  return main;
}

function useLeaveWarning(): void {
  const { state } = useUploads();
  useEffect(() => {
    if (state !== "running" && state !== "away") return;
    const warn = (event: BeforeUnloadEvent): void => {
      event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => {
      removeEventListener("beforeunload", warn);
    };
  }, [state]);
}
