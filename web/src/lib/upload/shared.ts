import type { Found } from "./files";

/** Where the service worker keeps files that another app shared with this one (public/sw.js). */
const SHARED = "shared";

/** A shared file, and where it is kept. */
export interface Shared extends Found {
  kept: string;
}

/** A page that is not secure has no caches, and nothing was shared with it. */
const here = (): boolean => "caches" in globalThis;

/** The files that were shared and not imported yet, the first first. */
export async function sharedFiles(): Promise<Shared[]> {
  if (!here()) return [];
  const cache = await caches.open(SHARED);
  const found: Shared[] = [];
  for (const request of await cache.keys()) {
    const answer = await cache.match(request);
    if (!answer) continue;
    const name = decodeURIComponent(answer.headers.get("X-Name") ?? "shared");
    found.push({ path: name, file: new File([await answer.blob()], name), kept: request.url });
  }
  return found.sort((a, b) => a.kept.localeCompare(b.kept, "en", { numeric: true }));
}

/** Keep shared files no longer. */
export async function forgetShared(files: Shared[]): Promise<void> {
  const cache = await caches.open(SHARED);
  await Promise.all(files.map(({ kept }) => cache.delete(kept)));
}

/** Keep no shared file any longer: whoever comes next is somebody else. */
export async function forgetAllShared(): Promise<void> {
  if (here()) await caches.delete(SHARED);
}
