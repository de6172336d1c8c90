import type { EventKind, SecurityEvent } from "@/api/people/securityEvents";
import type { GroupRole, Role } from "@/api/types";
import { GROUP_NAMES, NAMES } from "@/features/people/roles";
import { t as roleText } from "@/features/people/text";
import { many, t } from "./text";

/** What each kind of event is called. */
export const KINDS = {
  signed_in: "event.signed_in",
  sign_in_refused: "event.sign_in_refused",
  signed_out: "event.signed_out",
  sessions_ended: "event.sessions_ended",
  password_changed: "event.password_changed",
  reset_link_made: "event.reset_link_made",
  reset_link_mailed: "event.reset_link_mailed",
  password_reset: "event.password_reset",
  passkey_added: "event.passkey_added",
  passkey_removed: "event.passkey_removed",
  second_factor_on: "event.second_factor_on",
  second_factor_off: "event.second_factor_off",
  recovery_codes_renewed: "event.recovery_codes_renewed",
  recovery_code_used: "event.recovery_code_used",
  login_linked: "event.login_linked",
  login_unlinked: "event.login_unlinked",
  token_made: "event.token_made",
  token_revoked: "event.token_revoked",
  account_made: "event.account_made",
  account_deleted: "event.account_deleted",
  administrator_given: "event.administrator_given",
  administrator_taken: "event.administrator_taken",
  invitation_made: "event.invitation_made",
  invitation_accepted: "event.invitation_accepted",
  invitation_revoked: "event.invitation_revoked",
  role_given: "event.role_given",
  role_taken: "event.role_taken",
  group_made: "event.group_made",
  group_deleted: "event.group_deleted",
  group_role_given: "event.group_role_given",
  group_role_taken: "event.group_role_taken",
  group_joined: "event.group_joined",
  group_left: "event.group_left",
  athlete_added: "event.athlete_added",
  athlete_removed: "event.athlete_removed",
  athlete_restored: "event.athlete_restored",
  athlete_deleted: "event.athlete_deleted",
  athlete_exported: "event.athlete_exported",
  link_made: "event.link_made",
  link_changed: "event.link_changed",
  link_revoked: "event.link_revoked",
  link_restored: "event.link_restored",
  provider_set: "event.provider_set",
  provider_removed: "event.provider_removed",
  settings_changed: "event.settings_changed",
  backup_restored: "event.backup_restored",
  backup_key_made: "event.backup_key_made",
  backup_key_removed: "event.backup_key_removed",
} as const satisfies Record<EventKind, string>;

const METHODS = {
  password: "by.password",
  passkey: "by.passkey",
  oidc: "by.oidc",
  proxy: "by.proxy",
  link: "by.link",
  session: "by.session",
  token: "by.token",
  cli: "by.cli",
  server: "by.server",
} as const satisfies Record<SecurityEvent["method"], string>;

const ALL_NAMES = { ...NAMES, ...GROUP_NAMES };

/** What more there is to say of an event than its kind and when it was, in order. */
export function details(event: SecurityEvent, server: boolean): string[] {
  const { by, account, athlete, method, role } = event;
  const gone = t("happened.deleted_account");
  const doer = by === null ? null : (by.name ?? gone);
  // Who does something to the own account is named once.
  const self = account === null || (by !== null && account.name === by.name);
  const about = self ? null : account.name === null ? gone : t("happened.about", { name: account.name });
  const unseen = server ? t("happened.deleted_athlete") : t("happened.other_athlete");
  const of = athlete === null ? null : athlete.name === null ? unseen : t("happened.of", { name: athlete.name });
  const parts = [
    role === null ? null : role in ALL_NAMES ? roleText(ALL_NAMES[role as Role | GroupRole]) : role,
    about,
    of,
    doer === null ? null : t("happened.by", { name: doer }),
    method === "session" ? null : t(METHODS[method]),
    event.provider,
    event.scope,
    event.settings?.join(", ") ?? null,
    event.sessions === null ? null : many("happened.sessions", event.sessions),
    event.address,
  ];
  return parts.filter((part) => part !== null && part !== "") as string[];
}
