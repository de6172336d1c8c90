/**
 * Answers that are kept on this device to be read offline: in the browser's database, encrypted with a key that no
 * script can read out. A page that is not secure has no such keys, and keeps nothing.
 */
const DATABASE = "homestretch";
const [ANSWERS, KEYS] = ["answers", "keys"];
const KEY = "key";

/** An answer as it is kept; `id` says which, without telling. */
interface Sealed {
  id: string;
  at_ms: number;
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

export const mayKeep = (): boolean => isSecureContext && "indexedDB" in globalThis;

/** Keep a value under a name in place of what was kept under it. */
export async function keep(name: string, value: unknown, at_ms: number): Promise<void> {
  const database = await open();
  try {
    const key = await keyOf(database);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, encode(JSON.stringify(value)));
    const sealed: Sealed = { id: await digest(name), at_ms, iv, bytes };
    await done(database.transaction(ANSWERS, "readwrite").objectStore(ANSWERS).put(sealed));
  } finally {
    database.close();
  }
}

/** Return what is kept and not older than `since_ms`, the newest first and at most so many; the rest goes. */
export async function kept(since_ms: number, most: number): Promise<unknown[]> {
  const database = await open();
  try {
    const key = await keyOf(database);
    const all = (await done(database.transaction(ANSWERS).objectStore(ANSWERS).getAll())) as Sealed[];
    const newest = all.sort((a, b) => b.at_ms - a.at_ms);
    const good = newest.filter(({ at_ms }, index) => at_ms >= since_ms && index < most);
    const old = database.transaction(ANSWERS, "readwrite").objectStore(ANSWERS);
    await Promise.all(newest.filter((one) => !good.includes(one)).map(({ id }) => done(old.delete(id))));
    return await Promise.all(good.map((one) => unseal(key, one)));
  } finally {
    database.close();
  }
}

/** Delete all that is kept, and the key. */
export async function forgetKept(): Promise<void> {
  if (mayKeep()) await done(indexedDB.deleteDatabase(DATABASE));
}

async function unseal(key: CryptoKey, { iv, bytes }: Sealed): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, bytes)));
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(ANSWERS, { keyPath: "id" });
    request.result.createObjectStore(KEYS);
  };
  const database = await done(request);
  database.onversionchange = () => {
    database.close();
  };
  return database;
}

async function keyOf(database: IDBDatabase): Promise<CryptoKey> {
  const known = (await done(database.transaction(KEYS).objectStore(KEYS).get(KEY))) as CryptoKey | undefined;
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const keys = database.transaction(KEYS, "readwrite").objectStore(KEYS);
  // Two answers may come at once: the first key stays, or what it sealed could never be read.
  const meanwhile = (await done(keys.get(KEY))) as CryptoKey | undefined;
  if (!meanwhile) await done(keys.put(made, KEY));
  return meanwhile ?? made;
}

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function digest(name: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", encode(name)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error("the browser's database failed"));
    };
  });
}
