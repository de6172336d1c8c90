import { lazy } from "react";
import { BrowserRouter, Navigate, Route, Routes } from "react-router";

import { Shell } from "@/app/shell/Shell";
import { routes } from "@/lib/routes";
import type { PageInfo } from "@/ui/layout/pageInfo";
import { PAGES } from "./found";
import { NotFound } from "./NotFound";

type Load = PageInfo["routes"][string];

const loads = PAGES.flatMap((page) => Object.entries(page.routes));
/** What each address shows, fetched when it is first opened; two addresses of one page show the same. */
const SHOWN = new Map(loads.map(([, load]: [string, Load]) => [load, lazy(async () => ({ default: await load() }))]));

function show(load: Load) {
  const Shown = SHOWN.get(load);
  return Shown && <Shown />;
}

/** The pages at their addresses. */
export function Pages() {
  return (
    <BrowserRouter>
      <Routes>
        <Route element={<Shell />}>
          {loads.map(([path, load]) => (
            <Route key={path} path={path} element={show(load)} />
          ))}
          <Route path="settings" element={<Navigate to={routes.settings()} replace />} />
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </BrowserRouter>
  );
}
