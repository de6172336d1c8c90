import { useEffect, useLayoutEffect } from "react";
import { useLocation, useNavigationType } from "react-router";

import { visitOf } from "./found";

const places = new Map<string, number>();

/** A new page starts at its top; going back finds the place that was left. */
export function useScrollPlaces(): void {
  const { key, pathname } = useLocation();
  const visit = visitOf(pathname);
  const back = useNavigationType() === "POP";
  useEffect(() => {
    history.scrollRestoration = "manual";
  }, []);
  useLayoutEffect(() => {
    window.scrollTo(0, back ? (places.get(key) ?? 0) : 0);
    // The query of an address changes without leaving the page, so only another page counts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [visit]);
  useEffect(() => {
    const remember = (): void => {
      places.set(key, window.scrollY);
    };
    addEventListener("scroll", remember, { passive: true });
    return () => {
      removeEventListener("scroll", remember);
    };
  }, [key]);
}
