import { useEffect, useMemo, useRef, useState } from "react";

import { reason } from "@/api/client";
import { previewTable } from "@/api/health";
import { lookAt, useAthlete, useMayEdit } from "@/api/session";
import { useBatches } from "@/api/sources/batches";
import { onOpenedFiles } from "@/api/sources/shared";
import { upload, usePreparing, useUnsent, useUploads } from "@/api/sources/uploads";
import type { TablePreview } from "@/api/types";
import { TryDemo } from "@/features/TryDemo";
import { classes } from "@/lib/classes";
import { fromPicker, type Found } from "@/lib/upload/files";
import { headOf, isTable } from "@/lib/upload/tables";
import { Button } from "@/ui/controls/Button";
import { Page, Section } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { Icon } from "@/ui/pictures/Icon";
import { BatchCard } from "./BatchCard";
import { Sending } from "./Sending";
import { SharedFiles } from "./SharedFiles";
import { TableDialog } from "./TableDialog";
import { many, t } from "./text";
import { Unfinished } from "./Unfinished";

/** The format of tables of measurements. */
const TABLE = "measurements_csv";

/** Bring files in, watch them arrive, and see what became of earlier ones. */
export function Import() {
  const mayEdit = useMayEdit();
  const demo = useAthlete()?.demo ?? false;
  const batches = useBatches(mayEdit);
  const uploads = useUploads();
  const preparing = usePreparing();
  const items = useMemo(() => batches.data?.pages.flatMap((page) => page.items) ?? [], [batches.data]);
  const unsent = useUnsent();
  useOpenedFiles(mayEdit && !demo);
  const resting = preparing === 0 && (uploads.state === "idle" || (uploads.state === "finished" && unsent > 0));
  const unfinished = resting
    ? items.find(
        (batch) =>
          batch.origin === "upload" && batch.state === "receiving" && batch.counts.expected + batch.counts.arriving > 0,
      )
    : undefined;
  if (!mayEdit)
    return (
      <Page title={t("import.title")} narrow>
        <div className="card">
          <Empty icon="import" title={t("import.not_shown")} hint={t("import.none_to_see")} />
        </div>
      </Page>
    );
  return (
    <Page title={t("import.title")} narrow>
      {unfinished && <Unfinished batch={unfinished} />}
      {demo ? (
        <div className="card">
          <Empty icon="import" title={t("demo.import")} hint={t("demo.import_hint")}>
            <Button
              kind="primary"
              onClick={() => {
                lookAt("");
              }}
            >
              {t("demo.back")}
            </Button>
          </Empty>
        </div>
      ) : (
        <>
          <SharedFiles />
          <DropZone />
          <p className="mt-3 text-center">
            <TryDemo />
          </p>
        </>
      )}
      {preparing > 0 && uploads.files === 0 && (
        <p role="status" className="mt-4 text-ink-2">
          {many("import.preparing", preparing)}
        </p>
      )}
      {uploads.files > 0 && <Sending uploads={uploads} />}
      <Section title={t("import.history")}>
        {batches.isPending && (
          <Waiting>
            <div className="flex flex-col gap-3">
              <div className="skeleton h-20" />
              <div className="skeleton h-20" />
            </div>
          </Waiting>
        )}
        {batches.isError && items.length === 0 && (
          <Failure error={batches.error} retry={() => void batches.refetch()} />
        )}
        {batches.isSuccess && items.length === 0 && (
          <p className="card px-5 py-8 text-center text-ink-2">{t("import.history_none")}</p>
        )}
        <ul className="flex flex-col gap-3">
          {items.map((batch) => (
            <li key={batch.id}>
              <BatchCard batch={batch} />
            </li>
          ))}
        </ul>
        {batches.hasNextPage && (
          <Button className="mt-3" busy={batches.isFetchingNextPage} onClick={() => void batches.fetchNextPage()}>
            {t("batch.more")}
          </Button>
        )}
      </Section>
    </Page>
  );
}

/** Import the files that the system opens this app with. */
function useOpenedFiles(allowed: boolean): void {
  useEffect(() => {
    if (!allowed) return;
    onOpenedFiles((files) => {
      upload(files.map((file) => ({ path: file.name, file }))).catch((error: unknown) => {
        sayError(reason(error));
      });
    });
  }, [allowed]);
}

/** Where files are dropped or chosen; dropping works anywhere in the window as well. */
function DropZone() {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [table, setTable] = useState<{ file: File; preview: TablePreview } | null>(null);
  const take = (input: HTMLInputElement): void => {
    const found = fromPicker(input.files ?? new DataTransfer().files);
    input.value = "";
    const [first] = found;
    if (!first) say(t("import.nothing_chosen"));
    else
      (found.length === 1 && isTable(first) ? lookAtTable(first) : upload(found)).catch((error: unknown) => {
        sayError(reason(error));
      });
  };
  /** Send a table that is understood, or that is something else; ask what the columns of another one are. */
  const lookAtTable = async (found: Found): Promise<void> => {
    const preview = await previewTable(headOf(found.file, ""), found.file.name);
    const isOther = preview.format !== null && preview.format !== TABLE;
    if (preview.understood || isOther || preview.header.length < 2) await upload([found]);
    else setTable({ file: found.file, preview });
  };
  return (
    <div
      className={classes(
        "flex flex-col items-center gap-3 rounded-2xl border-2 border-dashed border-line-strong/50",
        "bg-surface px-6 py-9 text-center",
      )}
    >
      <span className="grid size-14 place-items-center rounded-full bg-accent-soft text-accent">
        <Icon name="import" size={28} />
      </span>
      <p className="text-lg font-semibold pointer-coarse:hidden">{t("import.drop")}</p>
      <p className="max-w-lg text-sm text-ink-2">{t("import.drop_hint")}</p>
      <div className="mt-1 flex flex-wrap justify-center gap-2">
        <Button kind="primary" icon="file" onClick={() => files.current?.click()}>
          {t("import.choose_files")}
        </Button>
        <Button icon="folder" className="pointer-coarse:hidden" onClick={() => folder.current?.click()}>
          {t("import.choose_folder")}
        </Button>
      </div>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        data-testid="files"
        onChange={(event) => {
          take(event.target);
        }}
      />
      <input
        ref={folder}
        type="file"
        webkitdirectory=""
        hidden
        data-testid="folder"
        onChange={(event) => {
          take(event.target);
        }}
      />
      {table && (
        <TableDialog
          file={table.file}
          first={table.preview}
          onClose={() => {
            setTable(null);
          }}
        />
      )}
    </div>
  );
}
