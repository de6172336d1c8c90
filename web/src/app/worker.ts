/** Let the service worker keep the app on this device, so that it opens without the server (public/sw.js). */
export function keepApp(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  addEventListener("load", () => {
    // A browser may refuse, as in some private windows; the app then needs the server each time, as it does without.
    navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  });
}
