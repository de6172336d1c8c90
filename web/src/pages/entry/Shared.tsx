import { useState, type FormEvent, type ReactNode } from "react";

import { useShared, useSharedRouteFile } from "@/api/activities/sharing";
import { Problem, reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import type { Shared } from "@/api/types";
import { SharedView, sharedName } from "@/features/sharing/shown/SharedView";
import { download } from "@/lib/files/download";
import { Button } from "@/ui/controls/Button";
import { PasswordField } from "@/ui/controls/PasswordField";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { useTitle } from "@/ui/layout/Page";
import { sayError } from "@/ui/layout/Toasts";
import { Mark } from "@/ui/pictures/Icon";
import { Entry } from "./Entry";
import { t } from "./text";

const ASKS = ["password-needed", "wrong-share-password"];

/** What a link shows to whoever has it: no sign-in, and nothing of the rest of the app. */
export function SharedPage({ token }: { token: string }) {
  const [password, setPassword] = useState<string | null>(null);
  const shared = useShared(token, password);
  if (shared.data)
    return <Shown shared={shared.data} file={<RouteFile token={token} password={password} shared={shared.data} />} />;
  if (shared.isPending)
    return (
      <main className="mx-auto max-w-[84rem] px-4 pt-6 md:px-8">
        <Waiting>
          <div className="skeleton h-96" />
        </Waiting>
      </main>
    );
  const { error } = shared;
  if (error instanceof Problem && error.status === 404)
    return (
      <Entry title={t("link.over")} lead={t("link.over_lead")}>
        {null}
      </Entry>
    );
  if (error instanceof Problem && (ASKS.includes(error.code) || password !== null))
    return <AskPassword problem={error.code === "password-needed" ? null : reason(error)} onGive={setPassword} />;
  return (
    <main className="mx-auto max-w-2xl px-4 pt-10">
      <Failure error={error} retry={() => void shared.refetch()} />
    </main>
  );
}

function Shown({ shared, file }: { shared: Shared; file: ReactNode }) {
  useTitle(sharedName(shared, usePreferences()));
  return (
    <main className="mx-auto w-full max-w-[84rem] px-4 pt-5 pb-12 md:px-8 md:pt-7">
      <SharedView shared={shared} />
      {file}
      <p className="mt-8 flex items-center gap-2 text-sm text-ink-3">
        <Mark size={20} />
        {t("link.made_with")}
      </p>
    </main>
  );
}

/** Takes a shared route along to a watch or a bike computer, where its map is shown. */
function RouteFile({ token, password, shared }: { token: string; password: string | null; shared: Shared }) {
  const file = useSharedRouteFile(token, password);
  if (shared.kind !== "route" || shared.profile === null) return null;
  return (
    <div className="mt-4">
      <Button
        icon="download"
        busy={file.isPending}
        onClick={() => {
          file.mutate(undefined, {
            onSuccess: (data) => {
              download(data, "route.gpx");
            },
            onError: (error) => {
              sayError(reason(error));
            },
          });
        }}
      >
        {t("link.gpx")}
      </Button>
    </div>
  );
}

function AskPassword({ problem, onGive }: { problem: string | null; onGive: (password: string) => void }) {
  const [typed, setTyped] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onGive(typed);
  };
  return (
    <Entry title={t("link.password")} lead={t("link.password_lead")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {problem !== null && (
          <div role="alert">
            <Notice tone="bad">{problem}</Notice>
          </div>
        )}
        <PasswordField
          label={t("field.password")}
          value={typed}
          autoFocus
          autoComplete="off"
          onChange={({ target }) => {
            setTyped(target.value);
          }}
        />
        <Button type="submit" kind="primary" className="py-2.5">
          {t("link.open")}
        </Button>
      </form>
    </Entry>
  );
}
