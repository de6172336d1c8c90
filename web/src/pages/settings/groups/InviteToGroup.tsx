import { useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useInviteToGroup } from "@/api/people/groups";
import { usePreferences } from "@/api/session";
import type { Group, GroupRole } from "@/api/types";
import { DaysField, InvitationLink, USUAL_DAYS } from "@/features/people/InvitationLink";
import { GROUP_NAMES, GROUP_ROLES } from "@/features/people/roles";
import { t as roleText } from "@/features/people/text";
import { instant } from "@/lib/dates";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Radios, SelectField, TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { t } from "./text";

/** Makes an invitation to a group, for one or for everybody who has the link, and shows its link this once. */
export function InviteToGroup({ group, onClose }: { group: Group; onClose: () => void }) {
  const invite = useInviteToGroup(group.id);
  const wish = usePreferences();
  const [name, setName] = useState("");
  const [role, setRole] = useState<GroupRole>("member");
  const [many, setMany] = useState(false);
  const [days, setDays] = useState(USUAL_DAYS);
  const made = invite.data;
  if (made)
    return (
      <InvitationLink
        path={made.path ?? ""}
        lead={made.many ? t("ask.lead_many", { day: instant(made.until, wish) }) : roleText("invite.once")}
        onClose={onClose}
      />
    );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    invite.mutate({ name, role: many ? "member" : role, many, days });
  };
  return (
    <Dialog title={roleText("invite.title")} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {invite.error && (
          <div role="alert">
            <Notice tone="bad">{reason(invite.error)}</Notice>
          </div>
        )}
        <Radios
          name={t("ask.for")}
          value={many ? "many" : "one"}
          options={[
            { value: "one", label: t("ask.one") },
            { value: "many", label: t("ask.many") },
          ]}
          onChange={(value) => {
            setMany(value === "many");
          }}
        />
        <p className="-mt-2 text-sm text-ink-2">{t(many ? "ask.many_hint" : "ask.one_hint")}</p>
        <TextField
          label={many ? t("ask.many_name") : roleText("invite.for")}
          hint={roleText("invite.for_hint")}
          required
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={({ target }) => {
            setName(target.value);
          }}
        />
        {!many && (
          <SelectField
            label={roleText("invite.as")}
            value={role}
            onChange={({ target }) => {
              setRole(GROUP_ROLES.find((one) => one === target.value) ?? "member");
            }}
          >
            {GROUP_ROLES.map((one) => (
              <option key={one} value={one}>
                {roleText(GROUP_NAMES[one])}
              </option>
            ))}
          </SelectField>
        )}
        <DaysField days={days} onChange={setDays} />
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={invite.isPending}>
            {roleText("invite.make")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
