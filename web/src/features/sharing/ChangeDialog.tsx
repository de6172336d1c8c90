import { useChangeShare } from "@/api/activities/sharing";
import { reason } from "@/api/client";
import type { Share, ShareChange } from "@/api/types";
import { Dialog } from "@/ui/controls/Dialog";
import { say, sayError } from "@/ui/layout/Toasts";
import { LinkForm } from "./LinkForm";
import { t } from "./text";

/** Changes what a link shows, for how long it is open, and its password. */
export function ChangeDialog({ share, onClose }: { share: Share; onClose: () => void }) {
  const change = useChangeShare();
  const failed = (error: unknown): void => {
    sayError(reason(error));
  };
  const back = (): void => {
    change.mutate({ id: share.id, change: { hidden: share.hidden } }, { onError: failed });
  };
  const save = (wanted: ShareChange): void => {
    // A time that has passed on and a password that only its digest is kept of can't be brought back.
    const undoes = wanted.days === undefined && wanted.password === undefined;
    change.mutate(
      { id: share.id, change: wanted },
      {
        onSuccess: () => {
          onClose();
          say(t("share.changed"), undoes ? back : undefined);
        },
        onError: failed,
      },
    );
  };
  return (
    <Dialog title={share.name ?? t("share.change_title")} onClose={onClose} wide>
      <p className="mb-4 max-w-prose text-sm text-ink-2">{t("share.change_lead")}</p>
      <LinkForm
        subject={{ kind: share.kind, id: share.subject }}
        usual={share.hidden}
        link={share}
        busy={change.isPending}
        onChoose={({ hidden, days, password }) => {
          save({ hidden, ...(days === undefined ? {} : { days }), ...(password === undefined ? {} : { password }) });
        }}
      />
    </Dialog>
  );
}
