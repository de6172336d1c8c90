import { describe, expect, it } from "vitest";

import { Refused, UploadQueue, type Receipt, type Refusal, type Transport } from "./queue";

/** A server that keeps bytes, and a clock that moves by hand. */
class Bench implements Transport {
  readonly got = new Map<string, number>();
  readonly calls: string[] = [];
  readonly refusals: Refusal[] = [];
  readonly timers: { at: number; then: () => void }[] = [];
  busy = 0;
  busiest = 0;
  now = 0;
  held: (() => void)[] | null = null;

  async send(
    upload: { path: string; size: number },
    offset: number,
    chunk: Blob,
    signal: AbortSignal,
  ): Promise<Receipt> {
    this.calls.push(`${upload.path}@${offset}`);
    this.busiest = Math.max(this.busiest, ++this.busy);
    try {
      if (this.held) await new Promise<void>((resolve) => this.held?.push(resolve));
      else await Promise.resolve();
      if (signal.aborted) throw new Error("aborted");
      const refusal = this.refusals.shift();
      if (refusal) throw new Refused(refusal);
      const received = offset + chunk.size;
      this.got.set(upload.path, received);
      return { received, complete: received >= upload.size };
    } finally {
      this.busy--;
    }
  }

  readonly wait = (ms: number, then: () => void): (() => void) => {
    const timer = { at: this.now + ms, then };
    this.timers.push(timer);
    return () => {
      this.timers.splice(this.timers.indexOf(timer), 1);
    };
  };

  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    for (;;) {
      await settle();
      const next = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.now = next.at;
      this.timers.splice(this.timers.indexOf(next), 1);
      next.then();
    }
    this.now = end;
    await settle();
  }

  queue(chunk = 10): UploadQueue {
    return new UploadQueue(this, { chunk, now: () => this.now, wait: this.wait });
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 200; i++) await Promise.resolve();
}

const file = (path: string, size: number) => ({ path, file: new Blob([new Uint8Array(size)]) });

describe("upload queue", () => {
  it("sends small files in one request and large ones in chunks", async () => {
    const bench = new Bench();
    const queue = bench.queue();
    queue.add([file("small", 4), file("large", 25), file("empty", 0)]);
    await bench.pass(1000);
    expect(bench.calls.sort()).toEqual(["empty@0", "large@0", "large@10", "large@20", "small@0"]);
    expect(queue.snapshot()).toMatchObject({ state: "finished", files: 3, sentFiles: 3, bytes: 29, sentBytes: 29 });
  });

  it("sends at most four at a time and each file once", async () => {
    const bench = new Bench();
    const queue = bench.queue();
    const files = Array.from({ length: 50 }, (_, i) => file(`f${i}`, 5));
    queue.add(files);
    queue.add(files);
    await bench.pass(1000);
    expect(bench.busiest).toBe(4);
    expect(bench.calls).toHaveLength(50);
  });

  it("goes on where the server says it stopped", async () => {
    const bench = new Bench();
    bench.refusals.push({ kind: "resume", received: 20 });
    const queue = bench.queue();
    queue.add([file("large", 25)]);
    await bench.pass(1000);
    expect(bench.calls).toEqual(["large@0", "large@20"]);
    expect(queue.snapshot().sentBytes).toBe(25);
  });

  it("starts where an earlier visit stopped", async () => {
    const bench = new Bench();
    const queue = bench.queue();
    queue.add([{ ...file("large", 25), received: 20 }]);
    await bench.pass(1000);
    expect(bench.calls).toEqual(["large@20"]);
  });

  it("waits longer and longer while the server is away, then goes on by itself", async () => {
    const bench = new Bench();
    bench.refusals.push({ kind: "away" }, { kind: "away" }, { kind: "away" });
    const queue = bench.queue();
    queue.add([file("a", 5)]);
    await bench.pass(500);
    expect(queue.snapshot()).toMatchObject({ state: "away", retryAt: 1000 });
    await bench.pass(700);
    expect(queue.snapshot()).toMatchObject({ state: "away", retryAt: 3000 });
    await bench.pass(10_000);
    expect(queue.snapshot().state).toBe("finished");
    expect(bench.calls).toHaveLength(4);
  });

  it("does not spin where the server asks for what it just refused", async () => {
    const bench = new Bench();
    bench.refusals.push({ kind: "resume", received: 0 });
    const queue = bench.queue();
    queue.add([file("a", 5)]);
    await bench.pass(300);
    expect(queue.snapshot().state).toBe("away");
  });

  it("pauses at once and loses nothing", async () => {
    const bench = new Bench();
    bench.held = [];
    const queue = bench.queue();
    queue.add([file("a", 25), file("b", 5)]);
    await bench.pass(300);
    queue.pause();
    const { held } = bench;
    bench.held = null;
    held.forEach((release) => {
      release();
    });
    await bench.pass(1000);
    expect(queue.snapshot()).toMatchObject({ state: "paused", sentFiles: 0 });
    queue.resume();
    await bench.pass(1000);
    expect(queue.snapshot()).toMatchObject({ state: "finished", sentFiles: 2 });
    expect(bench.got).toEqual(
      new Map([
        ["a", 25],
        ["b", 5],
      ]),
    );
  });

  it("keeps what was refused for good aside, and sends it again when asked", async () => {
    const bench = new Bench();
    bench.refusals.push({ kind: "refused", reason: "too large" });
    const queue = bench.queue();
    queue.add([file("a", 5), file("b", 5)]);
    await bench.pass(1000);
    expect(queue.snapshot().failed).toMatchObject([{ path: "a", reason: "too large" }]);
    queue.retry();
    await bench.pass(1000);
    expect(queue.snapshot()).toMatchObject({ state: "finished", sentFiles: 2, failed: [] });
  });

  it("holds when signed out until told to go on", async () => {
    const bench = new Bench();
    bench.refusals.push({ kind: "signed_out" });
    const queue = bench.queue();
    queue.add([file("a", 5)]);
    await bench.pass(60_000);
    expect(queue.snapshot().state).toBe("signed_out");
    queue.resume();
    await bench.pass(1000);
    expect(queue.snapshot().state).toBe("finished");
  });
});
