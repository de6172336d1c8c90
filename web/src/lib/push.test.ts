import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";

import { hindranceOf } from "./push";

const GOOD = { secure: true, supported: true, apple: false, permission: "default" };

test("what stands in the way of notifications", () => {
  expect(hindranceOf(GOOD)).toBe(null);
  expect(hindranceOf({ ...GOOD, permission: "granted" })).toBe(null);
  expect(hindranceOf({ ...GOOD, permission: "denied" })).toBe("blocked");
  expect(hindranceOf({ ...GOOD, secure: false, supported: false, apple: true })).toBe("insecure");
  expect(hindranceOf({ ...GOOD, supported: false, apple: true })).toBe("install");
  expect(hindranceOf({ ...GOOD, supported: false })).toBe("unsupported");
});

type Listener = (event: Record<string, unknown>) => void;

/** The service worker as it is, in surroundings that note what it does. */
function worker(open: string[] = [], kept?: unknown) {
  const listeners: Record<string, Listener> = {};
  const windows = open.map((url) => ({ url, focus: vi.fn() }));
  const subscription = { toJSON: () => ({ endpoint: "https://push.example/2", keys: { p256dh: "p", auth: "a" } }) };
  const around = {
    addEventListener: (name: string, listener: Listener) => {
      listeners[name] = listener;
    },
    location: { origin: "https://home.example" },
    registration: { showNotification: vi.fn(), pushManager: { subscribe: vi.fn(() => Promise.resolve(subscription)) } },
    clients: { matchAll: () => Promise.resolve(windows), openWindow: vi.fn() },
    caches: { open: () => Promise.resolve({ match: () => Promise.resolve(kept && { json: () => kept }) }) },
    fetch: vi.fn(),
  };
  const code = readFileSync(new URL("../../public/sw.js", import.meta.url), "utf8");
  // It is no module: it runs as the browser runs it.
  new Function(...Object.keys(around), code)(...Object.values(around));
  const send = async (name: string, event: Record<string, unknown>): Promise<void> => {
    const waits: unknown[] = [];
    listeners[name]?.({ ...event, waitUntil: (promise: unknown) => waits.push(promise) });
    await Promise.all(waits);
  };
  return { ...around, windows, send };
}

test("a message is shown, also one that can't be read", async () => {
  const { registration, send } = worker();
  const said = { id: "1", title: "Gear is due for service", text: "Chain of Bike", page: "/gear" };
  await send("push", { data: { json: () => said } });
  const shown = { body: "Chain of Bike", tag: "1", icon: "/icon-192.png", data: { page: "/gear" } };
  expect(registration.showNotification).toHaveBeenLastCalledWith(said.title, shown);
  await send("push", { data: { json: () => JSON.parse("{") as unknown } });
  await send("push", { data: null });
  expect(registration.showNotification).toHaveBeenCalledTimes(3);
  expect(registration.showNotification.mock.lastCall?.[0]).toBe("Homestretch");
});

test("a click goes to the page where it is open, else opens it, and never leads elsewhere", async () => {
  const { windows, clients, send } = worker(["https://home.example/import", "https://home.example/gear?x=1"]);
  const click = (page: string) => send("notificationclick", { notification: { close: vi.fn(), data: { page } } });
  await click("/gear");
  expect(windows[1]?.focus).toHaveBeenCalledOnce();
  expect(clients.openWindow).not.toHaveBeenCalled();
  await click("/activities/7");
  expect(clients.openWindow).toHaveBeenCalledWith("https://home.example/activities/7");
  await click("//elsewhere.example/");
  expect(clients.openWindow).toHaveBeenCalledOnce();
});

test("the server learns where the browser takes messages from now on", async () => {
  const { fetch, registration, send } = worker([], { channel: "c1", key: "k1" });
  await send("pushsubscriptionchange", { newSubscription: null });
  expect(registration.pushManager.subscribe).toHaveBeenCalledWith({
    userVisibleOnly: true,
    applicationServerKey: "k1",
  });
  const [path, request] = fetch.mock.lastCall as [string, { method: string; body: string }];
  expect([path, request.method]).toEqual(["/api/notifications/devices/c1", "PUT"]);
  expect(JSON.parse(request.body)).toEqual({ endpoint: "https://push.example/2", p256dh: "p", auth: "a" });
  const off = worker();
  await off.send("pushsubscriptionchange", { newSubscription: null });
  expect(off.fetch).not.toHaveBeenCalled();
});
