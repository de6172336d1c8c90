import { useRemoveChannel, type NoticeChannel } from "@/api/notices/notices";
import { reason } from "@/api/client";
import { t as common } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { t } from "./text";

/** Removing a channel, which is asked once more. */
export function RemoveChannel({ channel: { id, name }, onClose }: { channel: NoticeChannel; onClose: () => void }) {
  const remove = useRemoveChannel();
  return (
    <Dialog title={t("notify.remove_title", { name })} onClose={onClose}>
      <p className="text-ink-2">{t("notify.remove_hint")}</p>
      {remove.isError && (
        <div role="alert" className="mt-3">
          <Notice tone="bad">{reason(remove.error)}</Notice>
        </div>
      )}
      <div className="mt-5 flex justify-end gap-2">
        <Button kind="quiet" onClick={onClose}>
          {common("app.cancel")}
        </Button>
        <Button
          kind="danger"
          busy={remove.isPending}
          onClick={() => {
            remove.mutate(id, {
              onSuccess: () => {
                say(t("notify.removed", { name }));
                onClose();
              },
            });
          }}
        >
          {t("notify.remove")}
        </Button>
      </div>
    </Dialog>
  );
}
