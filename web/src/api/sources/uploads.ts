import { useSyncExternalStore } from "react";

import { api, bytes, reply, Problem, Unreachable } from "@/api/client";
import type { Batch, BatchItem, Page } from "@/api/types";
import { Refused, UploadQueue, type Receipt, type Transport, type Upload } from "@/lib/upload/queue";

/** A file that a person chose, and the path it had in the folder they chose. */
export interface Chosen {
  path: string;
  file: File;
}

/** Files are announced in portions, so that a folder of twenty thousand is no single huge request. */
const PORTION = 1000;

let batch: string | null = null;
let preparing = 0;
/** How many files of an earlier visit were still missing when this visit had sent all of its own. */
let unsent = 0;
const listeners = new Set<() => void>();

const transport: Transport = {
  async send(upload: Upload, offset: number, chunk: Blob, signal: AbortSignal): Promise<Receipt> {
    try {
      const params = {
        path: { batch: Number(batch) },
        query: { path: upload.path, size: upload.size, offset },
      };
      return await reply(api.PUT("/api/imports/{batch}/upload", { params, ...bytes(chunk), signal }));
    } catch (error) {
      throw refusal(error);
    }
  },
};

function refusal(error: unknown): unknown {
  if (error instanceof Unreachable) return new Refused({ kind: "away" });
  if (!(error instanceof Problem)) return error;
  if (error.status === 401) return new Refused({ kind: "signed_out" });
  if (error.status === 409 && typeof error.details.received === "number") {
    return new Refused({ kind: "resume", received: error.details.received });
  }
  if (error.status === 429 || error.status >= 500) return new Refused({ kind: "away" });
  return new Refused({ kind: "refused", reason: error.message });
}

export const queue = new UploadQueue(transport);

queue.subscribe(() => {
  const { state, failed } = queue.snapshot();
  if (state !== "finished" || failed.length > 0 || batch === null || preparing > 0) return;
  const done = batch;
  batch = null;
  settle(done).catch(() => {
    batch = done;
  });
});

/** Close a batch once all it was told of has come; what an earlier visit announced may still be missing. */
async function settle(done: string): Promise<void> {
  unsent = (await missing(done)).size;
  if (unsent === 0) await reply(api.POST("/api/imports/{batch}/close", { params: { path: { batch: Number(done) } } }));
  for (const listener of listeners) listener();
}

/** Announce and send files; an upload that was not finished is taken up where it stopped. */
export async function upload(files: Chosen[]): Promise<void> {
  setPreparing(preparing + files.length);
  try {
    const open = await openBatch();
    if (queue.snapshot().state === "finished") queue.clear();
    const known = open === null ? new Map<string, BatchItem>() : await missing(open.id);
    const named = nameFiles(files, known);
    batch = open?.id ?? null;
    for (let at = 0; at < named.length; at += PORTION) {
      const portion = named.slice(at, at + PORTION);
      await announce(portion.filter(({ path }) => !known.has(path)));
      queue.add(portion.map(({ path, file }) => ({ path, file, received: known.get(path)?.received ?? 0 })));
      setPreparing(Math.max(0, preparing - portion.length));
    }
  } finally {
    setPreparing(0);
  }
}

async function openBatch(): Promise<Batch | null> {
  const { items } = await reply(api.GET("/api/imports", { params: { query: { limit: 20 } } }));
  return items.find((item) => item.state === "receiving" && item.origin === "upload") ?? null;
}

async function announce(files: Chosen[]): Promise<void> {
  const told = { files: files.map(({ path, file }) => ({ path, size: file.size })) };
  if (batch === null) batch = (await reply(api.POST("/api/imports", { body: { origin: "upload", ...told } }))).id;
  else if (files.length > 0)
    await reply(api.POST("/api/imports/{batch}/files", { params: { path: { batch: Number(batch) } }, body: told }));
}

/** What a batch was told of and has not received, by path. */
export async function missing(id: string): Promise<Map<string, BatchItem>> {
  const found = new Map<string, BatchItem>();
  for (const status of ["expected", "arriving"] as const) {
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: Page<BatchItem> = await reply(
        api.GET("/api/imports/{batch}/items", {
          params: { path: { batch: Number(id) }, query: { status, limit: 500, cursor } },
        }),
      );
      for (const item of page.items) found.set(item.path, item);
      cursor = page.next;
    }
  }
  return found;
}

/** Give each file the path its batch knows it by (the same name and size will do), and no two files the same path. */
function nameFiles(files: Chosen[], known: Map<string, BatchItem>): Chosen[] {
  const byName = new Map<string, string>();
  for (const item of known.values())
    byName.set(`${item.path.slice(item.path.lastIndexOf("/") + 1)}\0${item.size}`, item.path);
  const taken = new Map<string, File>();
  for (const { path, file } of files) {
    const same = known.get(path)?.size === file.size;
    const wanted = same ? path : (byName.get(`${file.name}\0${file.size}`) ?? path);
    let free = wanted;
    for (let copy = 2; taken.has(free) && taken.get(free)?.size !== file.size; copy++) free = `${wanted} (${copy})`;
    taken.set(free, file);
  }
  return [...taken].map(([path, file]) => ({ path, file }));
}

function setPreparing(count: number): void {
  preparing = count;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useUploads = () => useSyncExternalStore(queue.subscribe, queue.snapshot);
export const useUnsent = () => useSyncExternalStore(subscribe, () => unsent);
export const usePreparing = () => useSyncExternalStore(subscribe, () => preparing);
