import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useState } from "react";

import { onSignedOut, Unreachable } from "@/api/client";
import { forgetOffline, keepAnswers, showKept } from "@/api/offline";
import { renewDevice } from "@/api/notices/push";
import { SESSION, usePreferences, useSavesPreferences, useSession } from "@/api/session";
import { ConfirmIdentity } from "@/features/ConfirmIdentity";
import { keepLanguage } from "@/lib/language";
import { invitationToken, linkToken, resetToken } from "@/lib/routes";
import { signInProblem } from "@/lib/signIn/signInProblem";
import { Join } from "@/pages/entry/Join";
import { NoAthlete } from "@/pages/entry/NoAthlete";
import { Reset } from "@/pages/entry/Reset";
import { GiveCode, GivePasskey, MustSetUp } from "@/pages/entry/SecondFactor";
import { Setup } from "@/pages/entry/Setup";
import { SignIn } from "@/pages/entry/SignIn";
import { Failure } from "@/ui/layout/States";
import { sayError, Toasts } from "@/ui/layout/Toasts";
import { Crash } from "./Crash";
import { Pages } from "./Pages";

/** The app: whoever is signed in sees its pages, everyone else the door. */
export function App() {
  const token = linkToken(location.pathname);
  useTheme();
  useLanguage();
  useSignedOut();
  useSignInProblem();
  const client = useQueryClient();
  useEffect(() => keepAnswers(client), [client]);
  return (
    <>
      <Crash>{token === null ? <Door /> : <Link token={token} />}</Crash>
      <Toasts />
    </>
  );
}

const SharedPage = lazy(async () => ({ default: (await import("@/pages/entry/Shared")).SharedPage }));

/** What a link to an activity shows, to whoever has it, once it is there whether somebody is signed in. */
function Link({ token }: { token: string }) {
  const session = useSession();
  if (session.isPending) return null;
  return (
    <Suspense fallback={null}>
      <SharedPage token={token} />
    </Suspense>
  );
}

function Door() {
  const session = useSession();
  const invitation = invitationToken(location);
  const looked = useKept(session.error);
  const signedIn = session.data?.state === "signed_in";
  useEffect(() => {
    if (signedIn) void renewDevice();
  }, [signedIn]);
  if (session.isPending || (session.data === undefined && !looked)) return null;
  if (session.data === undefined) return <Failure error={session.error} retry={() => void session.refetch()} />;
  const { state } = session.data;
  if (invitation !== null && (state === "signed_out" || state === "signed_in"))
    return (
      <>
        <Join token={invitation} />
        <ConfirmIdentity />
      </>
    );
  const reset = resetToken(location);
  if (reset !== null && state !== "setup") return <Reset token={reset} />;
  switch (state) {
    case "setup":
      return <Setup codeRequired={session.data.code_required} />;
    case "signed_out":
      return <SignIn />;
    case "second_factor":
      return <GiveCode />;
    case "second_factor_setup":
      return <MustSetUp />;
    case "passkey":
      return <GivePasskey />;
    case "signed_in":
      return (
        <>
          {session.data.athletes.length > 0 ? <Pages /> : <NoAthlete />}
          <ConfirmIdentity />
        </>
      );
  }
}

/** Where the server can't be reached, show what this device keeps; return whether that was looked for. */
function useKept(error: unknown): boolean {
  const client = useQueryClient();
  const [looked, setLooked] = useState(false);
  const away = error instanceof Unreachable;
  useEffect(() => {
    if (away && !looked)
      void showKept(client).finally(() => {
        setLooked(true);
      });
  }, [away, looked, client]);
  return looked || (error !== null && !away);
}

/** Tell boot.js which theme is wished for; it draws it before the first paint of the next visit. */
function useTheme(): void {
  const { data } = useSession();
  const { theme } = usePreferences();
  const signedIn = data?.state === "signed_in";
  useEffect(() => {
    if (!signedIn) return;
    localStorage.setItem("theme", theme);
    dispatchEvent(new Event("themewish"));
  }, [theme, signedIn]);
}

/** Show the app in the language that the account wishes; another one needs the page to load again, once it is saved. */
function useLanguage(): void {
  const { data } = useSession();
  const { language: wish } = usePreferences();
  const isSaved = !useSavesPreferences();
  const signedIn = data?.state === "signed_in";
  useEffect(() => {
    if (signedIn && isSaved && keepLanguage(wish)) location.reload();
  }, [wish, signedIn, isSaved]);
}

/** Say why somebody who is signed in came back from a provider with nothing done; the door says it itself. */
function useSignInProblem(): void {
  const signedIn = useSession().data?.state === "signed_in";
  const said = useRef(false);
  useEffect(() => {
    if (!signedIn || said.current || signInProblem === "") return;
    said.current = true;
    sayError(signInProblem);
  }, [signedIn]);
}

/** A session that ended elsewhere leads to the door, and back to the same page after signing in. */
function useSignedOut(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      onSignedOut(() => {
        void forgetOffline();
        void client.invalidateQueries({ queryKey: SESSION });
      }),
    [client],
  );
}
