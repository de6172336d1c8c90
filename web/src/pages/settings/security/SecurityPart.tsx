import { useState } from "react";

import { ALL, securityTable, type EventKind } from "@/api/people/securityEvents";
import { useAccounts } from "@/api/settings";
import { useAthlete } from "@/api/session";
import { Part } from "@/pages/settings/Part";
import { Pick } from "@/ui/controls/Field";
import { Events } from "./Events";
import { t } from "./text";
import { KINDS } from "./words";

/** One's own sign-ins and changes. */
export function OwnEvents() {
  return (
    <Part title={t("happened.title")} lead={t("happened.own_lead")}>
      <Events whose="account" />
    </Part>
  );
}

/** What happened about the athlete that is shown; its owner's. */
export function AthleteEvents() {
  const athlete = useAthlete();
  return (
    <Part title={t("happened.title")} lead={t("happened.athlete_lead", { name: athlete?.name ?? "" })}>
      <Events whose="athlete" />
    </Part>
  );
}

/** Everything that happened on the server, by kind and account; an administrator's. */
export function SecurityPart() {
  const accounts = useAccounts(true);
  const [which, setWhich] = useState(ALL);
  return (
    <Part title={t("happened.title_server")} lead={t("happened.server_lead")}>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <Pick
          name={t("happened.kind")}
          value={which.kind ?? ""}
          className="max-w-full"
          onChange={({ target }) => {
            setWhich({ ...which, kind: target.value === "" ? null : (target.value as EventKind) });
          }}
        >
          <option value="">{t("happened.all_kinds")}</option>
          {Object.entries(KINDS).map(([kind, name]) => (
            <option key={kind} value={kind}>
              {t(name)}
            </option>
          ))}
        </Pick>
        <Pick
          name={t("happened.account")}
          value={which.account ?? ""}
          className="max-w-full"
          onChange={({ target }) => {
            setWhich({ ...which, account: target.value === "" ? null : target.value });
          }}
        >
          <option value="">{t("happened.all_accounts")}</option>
          {accounts.data?.items.map(({ id, username }) => (
            <option key={id} value={id}>
              {username}
            </option>
          ))}
        </Pick>
        <a
          href={securityTable(which)}
          download
          className="touch inline-flex items-center text-sm text-accent underline"
        >
          {t("happened.table")}
        </a>
      </div>
      <Events whose="server" which={which} />
    </Part>
  );
}
