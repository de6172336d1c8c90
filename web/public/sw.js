// The service worker: the app opens without the server, and files that another app shares wait here until they are
// imported. It keeps no data of the athlete: what /api answers never comes by here.
const BUILD = "__BUILD__";
/** The files of the app, written here by the build; the others are kept when they are first used. */
const FILES = "__FILES__";
const SHELL = `shell-${BUILD}`;
/** Files that were shared wait in here (web/src/lib/upload/shared.ts). */
const SHARED = "shared";
/** What this device is to the server, once notifications are on here (web/src/lib/push.ts). */
const DEVICE = "device";
/** So long the page may take to come before the one that is kept is shown. */
const PATIENCE_MS = 4000;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(["/", ...FILES])));
});

// A new build waits until no page of the old one is open: those go on with the files that they know.
addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => clients.claim()));
});

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => ![SHELL, SHARED, DEVICE].includes(name)).map((name) => caches.delete(name)));
}

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (origin !== location.origin) return;
  if (method === "POST" && pathname === "/share") event.respondWith(share(event.request));
  else if (method !== "GET") return;
  else if (mode === "navigate" && isPage(pathname)) event.respondWith(page(event.request));
  else if (pathname.startsWith("/assets/") || FILES.includes(pathname)) event.respondWith(file(event.request));
});

/** Whether the app draws an address; the others are the server's own answers, such as a file or a calendar. */
const isPage = (path) => !path.startsWith("/api/") && !["/health", "/mcp"].includes(path) && !/\.\w+$/.test(path);

/** The page as the server has it, or the one that is kept where the server can't be reached. */
async function page(request) {
  const answer = fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  const kept = () => caches.match("/", { cacheName: SHELL });
  try {
    const first = await Promise.race([answer, late]);
    return first ?? (await kept()) ?? (await answer);
  } catch (error) {
    const shell = await kept();
    if (shell) return shell;
    throw error;
  } finally {
    answer.catch(() => undefined);
  }
}

/** A file of the app: the one that is kept, else the server's, which is kept from now on. */
async function file(request) {
  const cache = await caches.open(SHELL);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

/** Keep the files that another app shares, and open the page that imports them: also offline, or signed out. */
async function share(request) {
  const form = await request.formData();
  const files = form.getAll("files").filter((one) => one instanceof File);
  const cache = await caches.open(SHARED);
  const at = Date.now();
  await Promise.all(
    files.map((one, index) => {
      const headers = { "X-Name": encodeURIComponent(one.name) };
      return cache.put(`/shared/${at}-${index}`, new Response(one, { headers }));
    }),
  );
  return Response.redirect(`/import?shared=${files.length}`, 303);
}

addEventListener("push", (event) => {
  event.waitUntil(show(event.data));
});

/** Show a message of the server; a browser wants something shown for each, also for one that can't be read. */
function show(data) {
  const { id = "", title = "Homestretch", text = "", page = "/" } = read(data);
  return registration.showNotification(title, { body: text, tag: id, icon: "/icon-192.png", data: { page } });
}

function read(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
}

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.page ?? "/"));
});

/** Go to where a page of the app is open, or open it: what is open elsewhere may hold what was not saved yet. */
async function open(page) {
  const { origin, pathname, href } = new URL(page, location.origin);
  if (origin !== location.origin) return;
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find(({ url }) => new URL(url).pathname === pathname);
  if (there) await there.focus();
  else await clients.openWindow(href);
}

addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(renew(event.newSubscription));
});

/** Tell the server where this device takes messages from now on; a browser that has not subscribed again does it here. */
async function renew(given) {
  const kept = await (await caches.open(DEVICE)).match("/");
  if (!kept) return;
  const { channel, key } = await kept.json();
  const options = { userVisibleOnly: true, applicationServerKey: key };
  const { endpoint, keys } = (given ?? (await registration.pushManager.subscribe(options))).toJSON();
  await fetch(`/api/notifications/devices/${channel}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "X-Homestretch": "web" },
    body: JSON.stringify({ endpoint, p256dh: keys.p256dh, auth: keys.auth }),
  });
}
