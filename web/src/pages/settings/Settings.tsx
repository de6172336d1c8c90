import { useEffect, useRef, type ComponentType } from "react";
import { Navigate, NavLink, useParams } from "react-router";

import { useMayEdit, useMayOwn, useSession } from "@/api/session";
import { classes } from "@/lib/classes";
import { routes } from "@/lib/routes";
import { AccountPart } from "@/pages/settings/account/AccountPart";
import { Accounts } from "@/pages/settings/account/Accounts";
import { PreferencesPart } from "@/pages/settings/account/PreferencesPart";
import { Tokens } from "@/pages/settings/account/Tokens";
import { AthletePart } from "@/pages/settings/athlete/AthletePart";
import { PrivacyPart } from "@/pages/settings/athlete/PrivacyPart";
import { BackupsPart } from "@/pages/settings/backups/BackupsPart";
import { CalendarPart } from "@/pages/settings/calendar/CalendarPart";
import { GroupsPart } from "@/pages/settings/groups/GroupsPart";
import { MapPart } from "@/pages/settings/map/MapPart";
import { NotificationsPart } from "@/pages/settings/notifications/NotificationsPart";
import { SinksPart } from "@/pages/settings/sinks/SinksPart";
import { ModelPart } from "@/pages/settings/model/ModelPart";
import { ModelsPart } from "@/pages/settings/models/ModelsPart";
import { PeoplePart } from "@/pages/settings/people/PeoplePart";
import { SecurityPart } from "@/pages/settings/security/SecurityPart";
import { ServerPart } from "@/pages/settings/server/ServerPart";
import { SignInPart } from "@/pages/settings/signin/SignInPart";
import { Page } from "@/ui/layout/Page";
import { About } from "./About";
import { t, type Plain } from "./text";

/** The parts of the settings and their addresses; some are an administrator's, an editor's or the owner's. */
const PARTS: { key: string; name: Plain; part: ComponentType; admin?: boolean; editor?: boolean; owner?: boolean }[] = [
  { key: "preferences", name: "settings.preferences", part: PreferencesPart },
  { key: "athlete", name: "settings.athlete", part: AthletePart },
  { key: "people", name: "settings.people", part: PeoplePart },
  { key: "groups", name: "settings.groups", part: GroupsPart },
  { key: "privacy", name: "settings.privacy", part: PrivacyPart, editor: true },
  { key: "account", name: "settings.account", part: AccountPart },
  { key: "tokens", name: "settings.tokens", part: Tokens },
  { key: "notifications", name: "settings.notifications", part: NotificationsPart },
  { key: "calendar", name: "settings.calendar", part: CalendarPart, owner: true },
  { key: "sinks", name: "settings.sinks", part: SinksPart, owner: true },
  { key: "model", name: "settings.model", part: ModelPart, editor: true },
  { key: "models", name: "settings.models", part: ModelsPart },
  { key: "map", name: "settings.map", part: MapPart },
  { key: "accounts", name: "settings.accounts", part: Accounts, admin: true },
  { key: "sign-in", name: "settings.sign_in", part: SignInPart, admin: true },
  { key: "security", name: "settings.security", part: SecurityPart, admin: true },
  { key: "backups", name: "settings.backups", part: BackupsPart, admin: true },
  { key: "server", name: "settings.server", part: ServerPart, admin: true },
  { key: "about", name: "settings.about", part: About },
];

export function Settings() {
  const { section } = useParams();
  const { data } = useSession();
  const mayEdit = useMayEdit();
  const mayOwn = useMayOwn();
  const parts = PARTS.filter(
    ({ admin, editor, owner }) => (!admin || data?.account?.is_admin) && (!editor || mayEdit) && (!owner || mayOwn),
  );
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the parts are wider than the window: bring the chosen one into sight.
    nav.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [section]);
  const chosen = parts.find(({ key }) => key === section);
  if (!chosen) return <Navigate to={routes.settings()} replace />;
  const Part = chosen.part;
  return (
    <Page title={t("settings.title")} narrow>
      <div className="grid gap-6 md:grid-cols-[11rem_minmax(0,1fr)]">
        <nav
          ref={nav}
          aria-label={t("settings.title")}
          className="-mx-1 flex gap-1 overflow-x-auto px-1 py-1 md:flex-col md:overflow-visible"
        >
          {parts.map(({ key, name }) => (
            <NavLink
              key={key}
              to={routes.settings(key)}
              className={classes(
                "touch flex items-center rounded-lg px-3 py-1.5 text-sm whitespace-nowrap text-ink-2",
                "hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft",
                "aria-[current=page]:font-medium aria-[current=page]:text-accent",
              )}
            >
              {t(name)}
            </NavLink>
          ))}
        </nav>
        <div className="min-w-0">
          <Part />
        </div>
      </div>
    </Page>
  );
}
