import { forgetShared, type Shared } from "@/lib/upload/shared";
import { queue, upload } from "./uploads";

/** Import files that other apps shared; they stay on this device until all are sent. */
export async function importShared(files: Shared[]): Promise<void> {
  await upload(files);
  const stop = queue.subscribe(() => {
    if (queue.snapshot().state !== "finished") return;
    stop();
    void forgetShared(files);
  });
}

interface Launch {
  files: readonly FileSystemFileHandle[];
}

/** Take the files that the system opens this app with; the browser tells of them as often as it happens. */
export function onOpenedFiles(take: (files: File[]) => void): void {
  const { launchQueue } = globalThis as { launchQueue?: { setConsumer: (consumer: (launch: Launch) => void) => void } };
  launchQueue?.setConsumer(({ files }) => {
    if (files.length > 0) void Promise.all(files.map((one) => one.getFile())).then(take);
  });
}
