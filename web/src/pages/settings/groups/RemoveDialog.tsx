import { reason } from "@/api/client";
import { useRemoveGroupMember } from "@/api/people/groups";
import type { Group } from "@/api/types";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { t } from "./text";

/** Asks whether somebody is to leave a group, oneself too. */
export function RemoveDialog({
  group,
  member,
  title,
  hint,
  go,
  done,
  onClose,
}: {
  group: Group;
  member: string;
  title: string;
  hint: string;
  go: string;
  done: string;
  onClose: () => void;
}) {
  const remove = useRemoveGroupMember(group.id);
  return (
    <Dialog title={title} onClose={onClose}>
      <p className="mb-5">{hint}</p>
      {remove.error && (
        <div role="alert" className="mb-4">
          <Notice tone="bad">{reason(remove.error)}</Notice>
        </div>
      )}
      <div className="flex justify-end gap-2">
        <Button kind="quiet" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button
          kind="danger"
          busy={remove.isPending}
          onClick={() => {
            remove.mutate(member, {
              onSuccess: () => {
                say(done);
                onClose();
              },
            });
          }}
        >
          {go}
        </Button>
      </div>
    </Dialog>
  );
}
