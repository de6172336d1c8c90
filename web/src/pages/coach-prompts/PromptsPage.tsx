import { Link } from "react-router";

import { usePrompts } from "@/api/coach/prompts";
import { CoachPage } from "@/features/coach/CoachPage";
import { actionWords } from "@/features/model/words";
import { routes } from "@/lib/routes";
import { Failure, Waiting } from "@/ui/layout/States";
import { Icon } from "@/ui/pictures/Icon";
import { CallsLink, ModelNotice } from "./ModelNotice";
import { t } from "./text";
import { aboutWords, ACTIONS, forceWords } from "./words";

/** What a language model is asked for, with the prompt that is in force for each. */
export function PromptsPage() {
  const { data, error, refetch } = usePrompts();
  return (
    <CoachPage title={t("prompts.title")} at="prompts" actions={<CallsLink />}>
      <p className="mb-4 max-w-prose text-ink-2">{t("prompts.about")}</p>
      <ModelNotice />
      {data ? (
        <ul aria-label={t("prompts.title")} className="card divide-y divide-line">
          {ACTIONS.map((action) => (
            <li key={action}>
              <Link to={routes.coachPrompt(action)} className="flex items-center gap-3 px-4 py-3 hover:bg-sunken">
                <span className="min-w-0 flex-1">
                  <span className="block font-medium">{actionWords(action)}</span>
                  <span className="block text-sm text-ink-2">{aboutWords(action)}</span>
                  <span className="label block break-words">
                    {forceWords(data.items.filter((version) => version.action === action))}
                  </span>
                </span>
                <Icon name="right" size={18} className="shrink-0 text-ink-3" />
              </Link>
            </li>
          ))}
        </ul>
      ) : error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : (
        <Waiting>
          <div className="skeleton h-80" />
        </Waiting>
      )}
    </CoachPage>
  );
}
