import { Navigate, useLocation } from "react-router";

import { routes } from "@/lib/routes";
import { Today } from "./Today";

/** The first page; an address of the time when it was the list of activities, with its filters, leads to that. */
export function Start() {
  const { search } = useLocation();
  return search === "" ? <Today /> : <Navigate to={`${routes.activities}${search}`} replace />;
}
