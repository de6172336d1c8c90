import { reason } from "@/api/client";
import { useRemoveSink, type Sink } from "@/api/sinks";
import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";

/** Removing a sink: what stays, and what does not. */
export function RemoveSink({ sink: { id, name }, onClose }: { sink: Sink; onClose: () => void }) {
  const remove = useRemoveSink();
  return (
    <Dialog title={t("sinks.remove_title", { name })} onClose={onClose}>
      <p className="text-ink-2">{t("sinks.remove_hint")}</p>
      {remove.isError && (
        <div role="alert" className="mt-3">
          <Notice tone="bad">{reason(remove.error)}</Notice>
        </div>
      )}
      <div className="mt-5 flex justify-end gap-2">
        <Button kind="quiet" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button
          kind="danger"
          busy={remove.isPending}
          onClick={() => {
            remove.mutate(id, {
              onSuccess: () => {
                say(t("sinks.removed", { name }));
                onClose();
              },
            });
          }}
        >
          {t("sinks.remove")}
        </Button>
      </div>
    </Dialog>
  );
}
