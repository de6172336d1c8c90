import { Fragment, useState, type FormEvent } from "react";

import { useInvite, useInviteToServer } from "@/api/people/people";
import { reason } from "@/api/client";
import type { Role, Seen } from "@/api/types";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { SelectField, TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { DaysField, InvitationLink, USUAL_DAYS } from "./InvitationLink";
import { LASTS, lastsText, MAY, NAMES, ROLES, USUALLY_SEEN } from "./roles";
import { SeesChoice } from "./SeesChoice";
import { t } from "./text";

/** Makes an invitation, to the athlete or (`server`) to have an account here, and shows its link this once. */
export function InviteDialog({ server = false, onClose }: { server?: boolean; onClose: () => void }) {
  const [invite, toServer] = [useInvite(), useInviteToServer()];
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [sees, setSees] = useState<readonly Seen[]>(USUALLY_SEEN);
  const [hours, setHours] = useState<number | null>(null);
  const [days, setDays] = useState(USUAL_DAYS);
  const made = invite.data ?? toServer.data;
  const error = invite.error ?? toServer.error;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (server) toServer.mutate({ name, days });
    else
      invite.mutate({
        name,
        role,
        days,
        sees: role === "viewer" ? [...sees] : null,
        hours: role === "owner" ? null : hours,
      });
  };
  if (made) return <InvitationLink path={made.path ?? ""} lead={t("invite.once")} onClose={onClose} />;
  return (
    <Dialog title={t("invite.title")} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {error && (
          <div role="alert">
            <Notice tone="bad">{reason(error)}</Notice>
          </div>
        )}
        <TextField
          label={t("invite.for")}
          hint={t("invite.for_hint")}
          required
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={({ target }) => {
            setName(target.value);
          }}
        />
        {!server && (
          <fieldset>
            <legend className="mb-1 text-sm font-medium text-ink-2">{t("invite.as")}</legend>
            {ROLES.map((one) => (
              <Fragment key={one}>
                <label className="touch flex items-start gap-2.5 py-1.5 text-sm">
                  <input
                    type="radio"
                    name="role"
                    className="mt-0.5 size-4.5 shrink-0 accent-(--accent)"
                    checked={role === one}
                    onChange={() => {
                      setRole(one);
                    }}
                  />
                  <span>
                    <span className="block font-medium">{t(NAMES[one])}</span>
                    <span className="block text-ink-2">{t(MAY[one])}</span>
                  </span>
                </label>
                {one === "viewer" && role === one && (
                  <div className="pl-7">
                    <SeesChoice sees={sees} onChange={setSees} />
                  </div>
                )}
              </Fragment>
            ))}
          </fieldset>
        )}
        {!server && role !== "owner" && (
          <SelectField
            label={t("invite.lasts")}
            hint={hours === null ? undefined : t("invite.lasts_hint")}
            value={hours ?? ""}
            onChange={({ target }) => {
              setHours(target.value === "" ? null : Number(target.value));
            }}
          >
            {LASTS.map((one) => (
              <option key={one} value={one ?? ""}>
                {lastsText(one)}
              </option>
            ))}
          </SelectField>
        )}
        <DaysField days={days} onChange={setDays} />
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={invite.isPending || toServer.isPending}>
            {t("invite.make")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
