import { reason } from "@/api/client";
import { useMakeResetLink } from "@/api/people/resets";
import { usePreferences } from "@/api/session";
import type { Account } from "@/api/types";
import { t as inviteText } from "@/features/people/text";
import { Pass } from "@/features/sharing/Pass";
import { instant } from "@/lib/dates";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { t } from "./text";

/** Makes a link by which somebody sets a new password, and shows it this once. */
export function ResetLink({ account, onClose }: { account: Account; onClose: () => void }) {
  const wish = usePreferences();
  const make = useMakeResetLink();
  const name = account.username;
  if (make.data)
    return (
      <Dialog title={t("resets.title", { name })} onClose={onClose}>
        <p className="mb-3 text-sm text-ink-2">{t("resets.once", { when: instant(make.data.until, wish) })}</p>
        <TextField
          label={t("resets.link", { name })}
          value={location.origin + make.data.path}
          readOnly
          onFocus={({ target }) => {
            target.select();
          }}
        />
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Pass path={make.data.path} name={t("app.name")} />
          <Button kind="primary" onClick={onClose}>
            {inviteText("invite.done")}
          </Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={t("resets.title", { name })} onClose={onClose}>
      {make.error && (
        <div role="alert" className="mb-4">
          <Notice tone="bad">{reason(make.error)}</Notice>
        </div>
      )}
      <p className="mb-5">{t("resets.hint", { name })}</p>
      <div className="flex justify-end gap-2">
        <Button kind="quiet" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button
          kind="primary"
          busy={make.isPending}
          onClick={() => {
            make.mutate(account.id);
          }}
        >
          {t("resets.make")}
        </Button>
      </div>
    </Dialog>
  );
}
