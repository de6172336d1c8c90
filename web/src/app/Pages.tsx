import { lazy } from "react";
import { BrowserRouter, Navigate, Route, Routes } from "react-router";

import { routes } from "@/lib/routes";
import { NotFound } from "./NotFound";
import { Shell } from "./Shell";

const Activities = lazy(async () => ({ default: (await import("@/pages/activities/Activities")).Activities }));
const Activity = lazy(async () => ({ default: (await import("@/pages/activity/Activity")).ActivityPage }));
const Import = lazy(async () => ({ default: (await import("@/pages/import/Import")).Import }));
const Calendar = lazy(async () => ({ default: (await import("@/pages/calendar/Calendar")).Calendar }));
const Training = lazy(async () => ({ default: (await import("@/pages/training/Training")).Training }));
const Records = lazy(async () => ({ default: (await import("@/pages/records/Records")).Records }));
const Segments = lazy(async () => ({ default: (await import("@/pages/segments/Segments")).Segments }));
const Segment = lazy(async () => ({ default: (await import("@/pages/segments/Segment")).SegmentPage }));
const Gear = lazy(async () => ({ default: (await import("@/pages/gear/Gear")).Gear }));
const Courses = lazy(async () => ({ default: (await import("@/pages/routes/Courses")).Courses }));
const Course = lazy(async () => ({ default: (await import("@/pages/routes/Course")).CoursePage }));
const Explore = lazy(async () => ({ default: (await import("@/pages/map/Explore")).Explore }));
const Year = lazy(async () => ({ default: (await import("@/pages/year/Year")).Year }));
const Sources = lazy(async () => ({ default: (await import("@/pages/sources/Sources")).Sources }));
const Source = lazy(async () => ({ default: (await import("@/pages/sources/Source")).SourcePage }));
const Callback = lazy(async () => ({ default: (await import("@/pages/sources/Callback")).Callback }));
const Duplicates = lazy(async () => ({ default: (await import("@/pages/duplicates/Duplicates")).Duplicates }));
const Compare = lazy(async () => ({ default: (await import("@/pages/compare/Compare")).Compare }));
const Changes = lazy(async () => ({ default: (await import("@/pages/compare/Changes")).Changes }));
const Settings = lazy(async () => ({ default: (await import("@/pages/settings/Settings")).Settings }));

/** Every page and its address; each is fetched when it is first opened. */
export function Pages() {
  return (
    <BrowserRouter>
      <Routes>
        <Route element={<Shell />}>
          <Route index element={<Navigate to={routes.activities} replace />} />
          <Route path="activities" element={<Activities />} />
          <Route path="activities/:id" element={<Activity />} />
          <Route path="calendar" element={<Calendar />} />
          <Route path="calendar/:what" element={<Calendar />} />
          <Route path="training" element={<Training />} />
          <Route path="records" element={<Records />} />
          <Route path="segments" element={<Segments />} />
          <Route path="segments/:id" element={<Segment />} />
          <Route path="gear" element={<Gear />} />
          <Route path="routes" element={<Courses />} />
          <Route path="routes/:id" element={<Course />} />
          <Route path="map" element={<Explore />} />
          <Route path="year/:year" element={<Year />} />
          <Route path="sources" element={<Sources />} />
          <Route path="sources/callback" element={<Callback />} />
          <Route path="sources/:id" element={<Source />} />
          <Route path="duplicates" element={<Duplicates />} />
          <Route path="compare" element={<Compare />} />
          <Route path="compare/:month" element={<Compare />} />
          <Route path="changes" element={<Changes />} />
          <Route path="import" element={<Import />} />
          <Route path="settings" element={<Navigate to={routes.settings()} replace />} />
          <Route path="settings/:section" element={<Settings />} />
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </BrowserRouter>
  );
}
