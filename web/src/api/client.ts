import { t } from "@/lib/text";

/** What the server refused, in its own plain words; `details` are the parameters of its problem document. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly details: Record<string, unknown>,
  ) {
    super(detail);
  }
}

/** The server could not be asked at all: it is down, or this device is offline. */
export class Unreachable extends Error {
  constructor() {
    super(t("app.unreachable"));
  }
}

export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;

export interface Ask {
  query?: Query;
  json?: unknown;
  body?: BodyInit;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

export interface Answer<T> {
  data: T;
  etag: string | null;
}

const CHOSEN = "athlete";
/** The athlete whose data is asked for; empty for one's own. */
let chosen = localStorage.getItem(CHOSEN) ?? "";

export const chosenAthlete = (): string => chosen;

/** Ask for the data of another athlete from now on, of one's own if empty. */
export function chooseAthlete(id: string): void {
  chosen = id;
  if (id === "") localStorage.removeItem(CHOSEN);
  else localStorage.setItem(CHOSEN, id);
}

/** The address of an API path with its query, about the athlete that is chosen. */
export function address(path: string, query: Query = {}): string {
  return `/api${path}${asked({ ...query, athlete: chosen })}`;
}

/** A query as addresses have it, with its question mark; empty parameters are left out. */
export function asked(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (typeof value === "object" && value !== null) for (const one of value) parameters.append(key, one);
    else if (value !== null && value !== undefined && value !== "") parameters.set(key, String(value));
  }
  const tail = parameters.toString();
  return tail === "" ? "" : `?${tail}`;
}

const signedOut = new Set<() => void>();

/** Call `listener` whenever the server says that nobody is signed in. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

/** Ask the server; raises Problem where it refuses and Unreachable where it does not answer. */
export async function ask<T>(method: string, path: string, options: Ask = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: "application/json", ...options.headers };
  if (method !== "GET") headers["X-Homestretch"] = "web";
  if (options.json !== undefined) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(address(path, options.query), {
      method,
      headers,
      body: options.json === undefined ? (options.body ?? null) : JSON.stringify(options.json),
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Unreachable();
  }
  if (!response.ok) throw await problem(response, path);
  const data = (response.status === 204 ? undefined : await response.json()) as T;
  return { data, etag: response.headers.get("ETag") };
}

async function problem(response: Response, path: string): Promise<Error> {
  const details = (await response.json().catch(() => null)) as Record<string, unknown> | null;
  // A proxy that finds nobody behind it says so in HTML; the server itself always says why.
  if (details === null) return new Unreachable();
  if (response.status === 401 && path !== "/session") for (const listener of signedOut) listener();
  const say = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
  const detail = say(details.detail) ?? say(details.title) ?? t("app.failed");
  return new Problem(response.status, say(details.code) ?? String(response.status), detail, details);
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return (await ask<T>("GET", path, { query: query ?? {}, signal })).data;
}

export async function send<T>(method: "POST" | "PATCH" | "DELETE" | "PUT", path: string, json?: unknown): Promise<T> {
  return (await ask<T>(method, path, { json })).data;
}

/** What to tell a person about an error. */
export function reason(error: unknown): string {
  return error instanceof Problem || error instanceof Unreachable ? error.message : t("app.failed");
}
