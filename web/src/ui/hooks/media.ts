import { useSyncExternalStore } from "react";

/** Whether a media query holds, now and whenever it changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener("change", listener);
      return () => {
        list.removeEventListener("change", listener);
      };
    },
    () => matchMedia(query).matches,
  );
}

/** Whether the window is as narrow as a phone's. */
export const useNarrow = (): boolean => useMedia("(max-width: 767px)");

/** The colour of a token as it is now, for canvases, which know no variables. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Say whenever the screen's own pixels become larger or smaller; returns how to stop. */
export function watchSharpness(changed: () => void): () => void {
  const end = new AbortController();
  const watch = (): void => {
    const list = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    list.addEventListener(
      "change",
      () => {
        watch();
        changed();
      },
      { once: true, signal: end.signal },
    );
  };
  watch();
  return () => {
    end.abort();
  };
}

export type Ground = "light" | "dark";

/** Draws again what holds colours when the theme changes: `light` or `dark`. */
export function useGround(): Ground {
  return useSyncExternalStore(
    (listener) => {
      addEventListener("themechange", listener);
      return () => {
        removeEventListener("themechange", listener);
      };
    },
    () => (document.documentElement.dataset.theme === "dark" ? "dark" : "light"),
  );
}
