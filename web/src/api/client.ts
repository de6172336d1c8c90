import createClient, {
  createFinalURL,
  defaultPathSerializer,
  type Client,
  type ClientPathsWithMethod,
} from "openapi-fetch";

import { t } from "@/lib/text";
import { inLanguage, problemText } from "@/lib/texts/inLanguage";

import type { paths } from "./schema.d.ts";

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

type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;

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

type Readable = ClientPathsWithMethod<Client<paths>, "get">;
type ParametersOf<P extends Readable> = paths[P]["get"]["parameters"];

/** The query about the athlete that is chosen. */
const querySerializer = (query: unknown): string => asked({ ...(query as Query), athlete: chosen });

/** The address of what can be read, about the athlete that is chosen; without `path` its names stay as they are. */
export function address<P extends Readable>(
  path: P,
  params: { path?: ParametersOf<P>["path"]; query?: ParametersOf<P>["query"] } = {},
): string {
  return createFinalURL(path, { baseUrl: "", params, querySerializer, pathSerializer: defaultPathSerializer });
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

/** Where a wrong password is just that, and nobody is signed out. */
const CONFIRM = "/api/session/confirm";

const signedOut = new Set<() => void>();

/** Call `listener` whenever the server says that nobody is signed in. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

/** The server, typed by path: a wrong path, query, body or answer does not compile. Raises Problem and Unreachable. */
export const api = createClient<paths>({
  fetch: reach,
  headers: { Accept: "application/json", "X-Homestretch": "web" },
  querySerializer,
});

/** Asks the person to confirm who they are; what it promises is whether they did. */
type AskIdentity = () => Promise<boolean>;
let askIdentity: AskIdentity | null = null;

/** Have `ask` called whenever the server wants to know again who it is; what waits for that is sent again. */
export function onConfirm(ask: AskIdentity): () => void {
  askIdentity = ask;
  return () => {
    askIdentity = null;
  };
}

async function reach(request: Request): Promise<Response> {
  const again = request.clone();
  let response: Response;
  try {
    response = await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new Unreachable();
  }
  if (response.ok) return response;
  const found = await problem(response, new URL(request.url).pathname);
  const asks = found instanceof Problem && found.code === "confirm-identity";
  if (asks && askIdentity !== null && (await askIdentity())) return reach(again);
  throw found;
}

/** What sends bytes as they are, where the description of the API has no body. */
export function bytes(body: Blob) {
  return {
    body: body as unknown as undefined,
    bodySerializer: () => body,
    headers: { "Content-Type": "application/octet-stream" },
  };
}

/** What the server answered; an error of `api` is raised before. */
export async function reply<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return inLanguage((await answer).data as T);
}

/** What the server answered, with the tag by which it knows whether that has changed since. */
export async function tagged<T extends object>(
  answer: Promise<{ data?: T; response: Response }>,
): Promise<T & { etag: string | null }> {
  const { data, response } = await answer;
  return { ...inLanguage(data as T), etag: response.headers.get("ETag") };
}

async function problem(response: Response, path: string): Promise<Error> {
  const details = (await response.json().catch(() => null)) as Record<string, unknown> | null;
  // A proxy that finds nobody behind it says so in HTML; the server itself always says why.
  if (details === null) return new Unreachable();
  if (response.status === 401 && path !== "/api/session" && path !== CONFIRM)
    for (const listener of signedOut) listener();
  const say = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
  const code = say(details.code) ?? String(response.status);
  return new Problem(response.status, code, problemText(code, details) ?? t("app.failed"), details);
}

/** What to tell a person about an error. */
export function reason(error: unknown): string {
  return error instanceof Problem || error instanceof Unreachable ? error.message : t("app.failed");
}
