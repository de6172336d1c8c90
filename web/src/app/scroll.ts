import { useEffect, useLayoutEffect } from "react";
import { useLocation, useNavigationType } from "react-router";

const places = new Map<string, number>();

/** A new page starts at its top; going back finds the place that was left. */
export function useScrollPlaces(): void {
  const { key, pathname } = useLocation();
  const back = useNavigationType() === "POP";
  useEffect(() => {
    history.scrollRestoration = "manual";
  }, []);
  useLayoutEffect(() => {
    window.scrollTo(0, back ? (places.get(key) ?? 0) : 0);
    // The query of an address changes without leaving the page, so only a new path counts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [pathname]);
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
