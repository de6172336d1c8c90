/** A file that is on its way: what it is called in its batch, and how far it got. */
export interface Upload {
  path: string;
  size: number;
  file: Blob;
  sent: number;
  state: "waiting" | "sending" | "sent" | "failed";
  reason?: string;
}

/** What the server says of a chunk: how many bytes it has now. */
export interface Receipt {
  received: number;
  complete: boolean;
}

/** Why a chunk was not taken: try later, resume elsewhere, sign in first, or give up on this file. */
export type Refusal =
  | { kind: "away" }
  | { kind: "resume"; received: number }
  | { kind: "signed_out" }
  | { kind: "refused"; reason: string };

export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.kind);
  }
}

export interface Transport {
  send(upload: Upload, offset: number, chunk: Blob, signal: AbortSignal): Promise<Receipt>;
}

/** What a page shows of the queue, made again at most a few times a second. */
export interface Snapshot {
  state: "idle" | "running" | "paused" | "away" | "signed_out" | "finished";
  files: number;
  sentFiles: number;
  failed: Upload[];
  active: Upload[];
  bytes: number;
  sentBytes: number;
  rate: number | null;
  eta: number | null;
  retryAt: number | null;
}

export interface Options {
  parallel?: number;
  chunk?: number;
  now?: () => number;
  wait?: (ms: number, then: () => void) => () => void;
}

const LONGEST_WAIT_MS = 30_000;
const TELL_EVERY_MS = 200;
const RATE_OVER_MS = 15_000;

/** Sends files in chunks, several at a time, resuming where the server stopped and waiting while it is away. */
export class UploadQueue {
  private readonly uploads = new Map<string, Upload>();
  private readonly line: Upload[] = [];
  private readonly active = new Map<Upload, AbortController>();
  private readonly failed = new Set<Upload>();
  private readonly listeners = new Set<() => void>();
  private readonly marks: { at: number; bytes: number }[] = [];
  private sentFiles = 0;
  private bytes = 0;
  private sentBytes = 0;
  private hold: "none" | "paused" | "away" | "signed_out" = "none";
  private attempt = 0;
  private retryAt: number | null = null;
  private cancelRetry: (() => void) | null = null;
  private telling = false;
  private view: Snapshot;
  private readonly parallel: number;
  private readonly chunk: number;
  private readonly now: () => number;
  private readonly wait: NonNullable<Options["wait"]>;

  constructor(
    private readonly transport: Transport,
    options: Options = {},
  ) {
    this.parallel = options.parallel ?? 4;
    this.chunk = options.chunk ?? 8 * 1024 * 1024;
    this.now = options.now ?? Date.now;
    this.wait =
      options.wait ??
      ((ms, then) => {
        const id = setTimeout(then, ms);
        return () => {
          clearTimeout(id);
        };
      });
    this.view = this.look();
  }

  /** Put files in line; one that is in line already under the same path is not sent twice. */
  add(files: { path: string; file: Blob; received?: number }[]): void {
    for (const { path, file, received = 0 } of files) {
      const known = this.uploads.get(path);
      if (known && known.state !== "failed") continue;
      if (known) this.forget(known);
      const upload: Upload = { path, size: file.size, file, sent: received, state: "waiting" };
      this.uploads.set(path, upload);
      this.line.push(upload);
      this.bytes += upload.size;
      this.sentBytes += received;
    }
    this.pump();
  }

  /** Stop after what is being sent is broken off; nothing received is lost. */
  pause(): void {
    this.stop("paused");
  }

  /** Go on after a pause, a signed-out spell, or while waiting for the server. */
  resume(): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
    this.retryAt = null;
    this.hold = "none";
    this.marks.length = 0;
    this.pump();
  }

  /** Put what failed in line again. */
  retry(): void {
    for (const upload of this.failed) {
      upload.state = "waiting";
      delete upload.reason;
      this.line.push(upload);
    }
    this.failed.clear();
    this.pump();
  }

  /** Forget everything: the batch is done or given up. */
  clear(): void {
    this.stop("none");
    for (const memory of [this.uploads, this.failed]) memory.clear();
    this.line.length = this.marks.length = 0;
    this.sentFiles = this.bytes = this.sentBytes = this.attempt = 0;
    this.tell(true);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): Snapshot => this.view;

  private stop(hold: UploadQueue["hold"]): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
    this.retryAt = null;
    this.hold = hold;
    for (const [upload, controller] of this.active) {
      controller.abort();
      upload.state = "waiting";
      this.line.unshift(upload);
    }
    this.active.clear();
    this.tell();
  }

  private forget(upload: Upload): void {
    this.failed.delete(upload);
    this.uploads.delete(upload.path);
    this.bytes -= upload.size;
    this.sentBytes -= upload.sent;
  }

  private pump(): void {
    while (this.hold === "none" && this.active.size < this.parallel) {
      const upload = this.line.shift();
      if (!upload) break;
      const controller = new AbortController();
      this.active.set(upload, controller);
      upload.state = "sending";
      void this.deliver(upload, controller.signal);
    }
    this.tell();
  }

  private async deliver(upload: Upload, signal: AbortSignal): Promise<void> {
    try {
      let complete = false;
      while (!complete) {
        const chunk = upload.file.slice(upload.sent, upload.sent + this.chunk);
        const receipt = await this.transport.send(upload, upload.sent, chunk, signal);
        if (signal.aborted) return;
        if (!receipt.complete && receipt.received <= upload.sent) throw new Refused({ kind: "away" });
        this.moved(upload, receipt.received);
        this.attempt = 0;
        complete = receipt.complete;
      }
      this.moved(upload, upload.size);
      this.finish(upload, "sent");
    } catch (error) {
      if (!signal.aborted) this.handle(upload, error);
    }
  }

  private handle(upload: Upload, error: unknown): void {
    const refusal: Refusal = error instanceof Refused ? error.refusal : { kind: "refused", reason: String(error) };
    switch (refusal.kind) {
      case "resume":
        if (refusal.received === upload.sent) break; // It asks for what was just refused: let it come to its senses.
        this.moved(upload, refusal.received);
        this.active.delete(upload);
        this.line.unshift(upload);
        this.pump();
        return;
      case "signed_out":
        this.stop("signed_out");
        return;
      case "refused":
        upload.reason = refusal.reason;
        this.finish(upload, "failed");
        return;
      case "away":
        break;
    }
    this.stop("away");
    this.later();
  }

  private later(): void {
    const ms = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** this.attempt++);
    this.retryAt = this.now() + ms;
    this.cancelRetry = this.wait(ms, () => {
      this.resume();
    });
    this.tell();
  }

  private finish(upload: Upload, state: "sent" | "failed"): void {
    this.active.delete(upload);
    upload.state = state;
    if (state === "sent") this.sentFiles++;
    else this.failed.add(upload);
    this.pump();
  }

  private moved(upload: Upload, received: number): void {
    this.sentBytes += received - upload.sent;
    upload.sent = received;
    const at = this.now();
    this.marks.push({ at, bytes: this.sentBytes });
    while ((this.marks[0]?.at ?? at) < at - RATE_OVER_MS) this.marks.shift();
    this.tell();
  }

  private tell(now = false): void {
    if (this.telling && !now) return;
    this.telling = true;
    const speak = (): void => {
      this.telling = false;
      this.view = this.look();
      for (const listener of this.listeners) listener();
    };
    if (now) speak();
    else this.wait(TELL_EVERY_MS, speak);
  }

  private look(): Snapshot {
    const first = this.marks[0];
    const last = this.marks.at(-1);
    const rate =
      first && last && last.at - first.at > 500 ? ((last.bytes - first.bytes) / (last.at - first.at)) * 1000 : null;
    const left = this.bytes - this.sentBytes;
    return {
      state: this.stateNow(),
      files: this.uploads.size,
      sentFiles: this.sentFiles,
      failed: [...this.failed],
      active: [...this.active.keys()].map((upload) => ({ ...upload })),
      bytes: this.bytes,
      sentBytes: this.sentBytes,
      rate,
      eta: rate ? left / rate : null,
      retryAt: this.retryAt,
    };
  }

  private stateNow(): Snapshot["state"] {
    if (this.hold !== "none") return this.hold;
    if (this.active.size > 0 || this.line.length > 0) return "running";
    return this.uploads.size > 0 ? "finished" : "idle";
  }
}
