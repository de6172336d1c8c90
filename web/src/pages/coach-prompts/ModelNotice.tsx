import { Link } from "react-router";

import { useModelSetup } from "@/api/coach/model";
import { useMayOwn, useSession } from "@/api/session";
import { routes } from "@/lib/routes";
import { ButtonLink } from "@/ui/controls/Button";
import { Notice } from "@/ui/layout/States";
import { t } from "./text";

/** Whether the one who looks may change prompts. */
export function useIsAdmin(): boolean {
  return useSession().data?.account?.is_admin ?? false;
}

/** Why no model can be asked at the moment, or who may change prompts; nothing where all is well. */
export function ModelNotice() {
  const isAdmin = useIsAdmin();
  const { data } = useModelSetup(isAdmin);
  const sentence = isAdmin ? data?.stopped?.sentence : t("prompts.admin");
  if (sentence === undefined) return null;
  return (
    <div className="mb-4">
      <Notice>
        <span className="min-w-0 flex-1">{sentence}</span>
        {isAdmin && (
          <Link to={routes.settings("model")} className="font-medium text-accent underline underline-offset-4">
            {t("prompts.model")}
          </Link>
        )}
      </Notice>
    </div>
  );
}

/** The way to the calls, for the one who may see them. */
export function CallsLink() {
  return useMayOwn() ? <ButtonLink to={routes.coachCalls}>{t("prompts.calls")}</ButtonLink> : null;
}
