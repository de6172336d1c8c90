import { useState, type FormEvent } from "react";

import { Problem, reason } from "@/api/client";
import { useAcceptInvitation, useInvitation, useJoin } from "@/api/people/people";
import { lookAt, useSession } from "@/api/session";
import { GROUP_NAMES, lastsText, MAY, NAMES, SEEN_NAMES } from "@/features/people/roles";
import { t as roleText } from "@/features/people/text";
import { routes } from "@/lib/routes";
import { inSentence } from "@/lib/text";
import { Button } from "@/ui/controls/Button";
import { TextField } from "@/ui/controls/Field";
import { PasswordField, SHORTEST_PASSWORD } from "@/ui/controls/PasswordField";
import { Failure, Notice } from "@/ui/layout/States";
import { Entry } from "./Entry";
import { SignIn } from "./SignIn";
import { t } from "./text";

/** What whoever has an invitation sees: who invites to what, accepted with a new account or the one that they have. */
export function Join({ token }: { token: string }) {
  const invitation = useInvitation(token);
  const { data: session } = useSession();
  const [signingIn, setSigningIn] = useState(false);
  if (invitation.isPending || !session) return null;
  if (invitation.isError) {
    if (invitation.error instanceof Problem && invitation.error.status === 404)
      return (
        <Entry title={t("join.over")} lead={t("join.over_lead")}>
          <Leave />
        </Entry>
      );
    return <Failure error={invitation.error} retry={() => void invitation.refetch()} />;
  }
  const { by, athlete, role, sees, hours, group, group_role, passwords } = invitation.data;
  const signedIn = session.state === "signed_in";
  if (signingIn && !signedIn) return <SignIn />;
  return (
    <Entry
      title={t("join.title", { by })}
      lead={
        group !== null
          ? t("join.group", { group })
          : athlete === null
            ? t("join.server")
            : t("join.athlete", { athlete })
      }
    >
      {group_role !== null && (
        <p className="mb-5 rounded-lg bg-sunken px-3 py-2 text-sm">
          <span className="block font-medium">{roleText(GROUP_NAMES[group_role])}</span>
          {t(group_role === "coach" ? "join.group_coach" : "join.group_member")}
        </p>
      )}
      {role !== null && (
        <p className="mb-5 rounded-lg bg-sunken px-3 py-2 text-sm">
          <span className="block font-medium">{roleText(NAMES[role])}</span>
          {roleText(MAY[role])}
          {hours !== null && <span className="block">{lastsText(hours)}.</span>}
          {role === "viewer" && sees.length > 0 && (
            <span className="block">
              {t("join.sees", { what: sees.map((one) => inSentence(roleText(SEEN_NAMES[one]))).join(", ") })}
            </span>
          )}
        </p>
      )}
      {signedIn ? (
        <Accept token={token} name={session.account?.username ?? ""} server={athlete === null && group === null} />
      ) : (
        <>
          {passwords && <Register token={token} group={group !== null} />}
          <Button
            kind="quiet"
            className="mt-3 w-full"
            onClick={() => {
              setSigningIn(true);
            }}
          >
            {t("join.has_account")}
          </Button>
        </>
      )}
    </Entry>
  );
}

const leave = (): void => {
  location.assign(routes.today);
};

function Leave() {
  return <Button onClick={leave}>{t("join.leave")}</Button>;
}

function Accept({ token, name, server }: { token: string; name: string; server: boolean }) {
  const accept = useAcceptInvitation();
  if (server)
    return (
      <>
        <Notice>{t("join.already", { name })}</Notice>
        <div className="mt-4">
          <Leave />
        </div>
      </>
    );
  return (
    <div className="flex flex-col gap-3">
      {accept.isError && (
        <div role="alert">
          <Notice tone="bad">{reason(accept.error)}</Notice>
        </div>
      )}
      <Button
        kind="primary"
        className="py-2.5"
        busy={accept.isPending || accept.isSuccess}
        onClick={() => {
          accept.mutate(token, {
            onSuccess: ({ athlete }) => {
              if (athlete === null) location.assign(routes.settings("groups"));
              else lookAt(athlete.id, routes.today);
            },
          });
        }}
      >
        {t("join.accept", { name })}
      </Button>
      <Leave />
    </div>
  );
}

function Register({ token, group }: { token: string; group: boolean }) {
  const join = useJoin();
  const [details, setDetails] = useState({ username: "", password: "" });
  const [short, setShort] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const tooShort = details.password.length < SHORTEST_PASSWORD;
    setShort(tooShort);
    if (tooShort) return;
    join.mutate(
      { token, username: details.username.trim(), password: details.password },
      {
        onSuccess: () => {
          location.assign(group ? routes.settings("groups") : routes.today);
        },
      },
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {join.isError && (
        <div role="alert">
          <Notice tone="bad">{reason(join.error)}</Notice>
        </div>
      )}
      <TextField
        label={t("field.username")}
        value={details.username}
        required
        autoFocus
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        onChange={({ target }) => {
          setDetails({ ...details, username: target.value });
        }}
      />
      <PasswordField
        label={t("field.password")}
        hint={t("field.password_hint")}
        value={details.password}
        autoComplete="new-password"
        error={short ? t("field.too_short", { count: SHORTEST_PASSWORD }) : undefined}
        onChange={({ target }) => {
          setDetails({ ...details, password: target.value });
        }}
      />
      <Button type="submit" kind="primary" className="py-2.5" busy={join.isPending || join.isSuccess}>
        {t("join.create")}
      </Button>
    </form>
  );
}
