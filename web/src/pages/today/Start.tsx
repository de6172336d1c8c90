import { Navigate, useLocation } from "react-router";

import { routes } from "@/lib/routes";
import { Today } from "./Today";

/** What the list of activities is narrowed and ordered by; it once was the first page. */
const FILTERS = ["sport", "gear", "from", "to", "text", "sort", "hidden", "deleted"];

/** The first page; an address of the list of activities from when that was it leads to the list. */
export function Start() {
  const { search } = useLocation();
  const asked = new URLSearchParams(search);
  if (FILTERS.some((key) => asked.has(key))) return <Navigate to={`${routes.activities}${search}`} replace />;
  return <Today />;
}
