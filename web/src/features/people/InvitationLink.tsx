import { Pass } from "@/features/sharing/Pass";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { SelectField, TextField } from "@/ui/controls/Field";
import { many, t } from "./text";

const DAYS = [1, 7, 30];
export const USUAL_DAYS = 7;

/** For how many days an invitation is open. */
export function DaysField({ days, onChange }: { days: number; onChange: (days: number) => void }) {
  return (
    <SelectField
      label={t("invite.open")}
      value={days}
      onChange={({ target }) => {
        onChange(Number(target.value));
      }}
    >
      {DAYS.map((count) => (
        <option key={count} value={count}>
          {many("invite.days", count)}
        </option>
      ))}
    </SelectField>
  );
}

/** Shows the link of an invitation that was just made, this once. */
export function InvitationLink({ path, lead, onClose }: { path: string; lead: string; onClose: () => void }) {
  return (
    <Dialog title={t("invite.title")} onClose={onClose}>
      <p className="mb-3 text-sm text-ink-2">{lead}</p>
      <TextField
        label={t("invite.link")}
        value={location.origin + path}
        readOnly
        onFocus={({ target }) => {
          target.select();
        }}
      />
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Pass path={path} name={t("app.name")} />
        <Button kind="primary" onClick={onClose}>
          {t("invite.done")}
        </Button>
      </div>
    </Dialog>
  );
}
