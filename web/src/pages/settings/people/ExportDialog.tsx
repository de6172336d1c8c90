import { exportAt, useExportSize } from "@/api/people/people";
import { bytes, decimal } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { many, t } from "./text";

/** Says what is in an export of the athlete, how large it is, and downloads it. */
export function ExportDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const size = useExportSize();
  const download = async (): Promise<void> => {
    // Asked again, so that whoever waited for too long confirms who it is here and not on an empty page.
    const { isSuccess } = await size.refetch();
    if (!isSuccess) return;
    const link = document.createElement("a");
    link.href = exportAt();
    link.download = "";
    link.click();
    onClose();
  };
  return (
    <Dialog title={t("export.title", { name })} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <p>{t("export.in", { name })}</p>
        <p className="text-ink-2">{t("export.out")}</p>
        {size.isPending && (
          <Waiting>
            <div className="skeleton h-6 w-56" />
          </Waiting>
        )}
        {size.isError && <Failure error={size.error} retry={() => void size.refetch()} />}
        {size.data && (
          <p className="font-medium">
            {t("export.size", { size: bytes(size.data.bytes) })} ·{" "}
            {many("export.files", size.data.originals, decimal(size.data.originals))}
          </p>
        )}
        {size.data && size.data.missing > 0 && (
          <Notice tone="bad">{many("export.missing", size.data.missing, decimal(size.data.missing))}</Notice>
        )}
        <p className="text-sm text-ink-2">{t("export.private", { name })}</p>
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button
            kind="primary"
            icon="download"
            busy={size.isFetching}
            disabled={!size.isSuccess}
            onClick={() => void download()}
          >
            {t("export.download")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
