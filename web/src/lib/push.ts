/** Push to this device: what the browser says of it, and what the service worker has to know (public/sw.js). */

/** Where a browser takes messages, with its keys in base64url. */
export interface Subscription {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** What this device is to the server: its channel, and the server's key that the browser subscribed with. */
interface Device {
  channel: string;
  key: string;
}

/** Why a browser can't get notifications: each has a sentence. */
export type Hindrance = "insecure" | "install" | "unsupported" | "blocked";

/** What decides whether a browser can get notifications. */
export interface Surroundings {
  secure: boolean;
  supported: boolean;
  apple: boolean;
  permission: string;
}

const DEVICE = "device";
const PLACE = "/";

/** What stands in the way; null for nothing. On an iPhone only an app of the home screen can. */
export function hindranceOf({ secure, supported, apple, permission }: Surroundings): Hindrance | null {
  if (!secure) return "insecure";
  if (!supported) return apple ? "install" : "unsupported";
  return permission === "denied" ? "blocked" : null;
}

export function surroundings(): Surroundings {
  const supported = "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
  // An iPad calls itself a Mac, which has no screen that feels several fingers.
  const apple =
    /iPhone|iPad/.test(navigator.userAgent) ||
    (navigator.userAgent.includes("Mac OS X") && navigator.maxTouchPoints > 1);
  return { secure: isSecureContext, supported, apple, permission: supported ? Notification.permission : "default" };
}

/** Ask the person, then the browser's push service, for messages with the server's key; null where either refuses. */
export async function subscribe(key: string): Promise<Subscription | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  // Without a worker, as in some private windows, `ready` would be waited for in vain.
  if (!(await navigator.serviceWorker.getRegistration())) throw new DOMException("there is no service worker");
  const { pushManager } = await navigator.serviceWorker.ready;
  // One with another key can't be used, and keeps a new one from being made.
  await (await pushManager.getSubscription())?.unsubscribe();
  return given(await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
}

/** Keep what this device is to the server. */
export async function keepDevice(device: Device): Promise<void> {
  await (await caches.open(DEVICE)).put(PLACE, new Response(JSON.stringify(device)));
}

/** The channel of this device, and where its browser takes messages now; null where notifications are off. */
export async function thisDevice(): Promise<{ channel: string; subscription: Subscription } | null> {
  if (!isSecureContext || !surroundings().supported) return null;
  const kept = await caches.match(PLACE, { cacheName: DEVICE });
  if (!kept) return null;
  const { channel } = (await kept.json()) as Device;
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  return subscription ? { channel, subscription: given(subscription) } : null;
}

/** Take no more messages on this device. The browser may fail to say so to its push service: the server knows too. */
export async function forgetDevice(): Promise<void> {
  if (!isSecureContext || !surroundings().supported) return;
  await caches.delete(DEVICE);
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  await subscription?.unsubscribe().catch(() => false);
}

function given(subscription: PushSubscription): Subscription {
  const { endpoint = "", keys = {} } = subscription.toJSON();
  return { endpoint, p256dh: keys.p256dh ?? "", auth: keys.auth ?? "" };
}
