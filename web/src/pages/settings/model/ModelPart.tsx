import { Link } from "react-router";

import { reason } from "@/api/client";
import { useModel, useModelSetup, useRevoke, type ModelState } from "@/api/coach/model";
import { useMayEdit, useMayOwn, usePreferences, useSession } from "@/api/session";
import { dollars } from "@/features/model/words";
import { instant } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { decimal } from "@/lib/units";
import { Part } from "@/pages/settings/Part";
import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { ModelForm } from "./ModelForm";

/** The language model that writes for the coach: how it is set up, what was agreed to, and what it took today. */
export function ModelPart() {
  const admin = useSession().data?.account?.is_admin ?? false;
  const mayEdit = useMayEdit();
  const setup = useModelSetup(admin);
  const state = useModel(mayEdit);
  return (
    <Part title={t("settings.model")} lead={t("llm.lead")}>
      {setup.isError && <Failure error={setup.error} retry={() => void setup.refetch()} />}
      {admin && setup.isPending && (
        <Waiting>
          <div className="skeleton h-72" />
        </Waiting>
      )}
      {admin && setup.data && (
        <>
          {setup.data.stopped && <Notice tone="bad">{setup.data.stopped.sentence}</Notice>}
          <ModelForm settings={setup.data.settings} />
        </>
      )}
      {!admin && <p className="label">{t("settings.admin_only")}</p>}
      {state.data?.endpoint && <Mine state={state.data} />}
    </Part>
  );
}

/** What the athlete who is shown agreed to, and today's spending. */
function Mine({ state }: { state: ModelState }) {
  const wish = usePreferences();
  const mayOwn = useMayOwn();
  const revoke = useRevoke();
  const { agreement, spending } = state;
  return (
    <>
      <h3 className="mt-7 font-medium">{t("llm.mine")}</h3>
      <p className="mt-1 max-w-prose text-sm text-ink-2">
        {agreement
          ? t(agreement.names ? "llm.agreed_names" : "llm.agreed", {
              endpoint: agreement.endpoint,
              at: instant(agreement.at, wish),
            })
          : t("llm.not_agreed")}
      </p>
      <p className="mt-1 text-sm text-ink-2">
        {t("llm.today", {
          calls: decimal(spending.calls),
          tokens: decimal(spending.tokens),
          usd: dollars(spending.usd),
        })}{" "}
        <Link className="underline" to={routes.coachCalls}>
          {t("llm.calls")}
        </Link>
      </p>
      {agreement && mayOwn && (
        <div className="mt-3">
          <Button
            busy={revoke.isPending}
            onClick={() => {
              revoke.mutate(undefined, {
                onSuccess: () => {
                  say(t("llm.revoked"));
                },
                onError: (error) => {
                  sayError(reason(error));
                },
              });
            }}
          >
            {t("llm.revoke")}
          </Button>
        </div>
      )}
    </>
  );
}
