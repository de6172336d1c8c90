import { useState } from "react";
import { Link, useParams } from "react-router";

import { reason } from "@/api/client";
import { useActivatePrompt, usePrompts, type Action, type Named, type PromptVersion } from "@/api/coach/prompts";
import { CoachPage } from "@/features/coach/CoachPage";
import { actionWords } from "@/features/model/words";
import { routes } from "@/lib/routes";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { Section } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { CallsLink, ModelNotice, useIsAdmin } from "./ModelNotice";
import { NewVersion } from "./NewVersion";
import { t } from "./text";
import { Version } from "./Version";
import { aboutWords, isAction, modelWords, versionWords } from "./words";

/** The prompts of an action: what is in force, and every version. */
export function PromptPage() {
  const { action } = useParams();
  if (isAction(action)) return <Prompt key={action} action={action} />;
  return (
    <CoachPage title={t("prompts.title")} at="prompts">
      <Empty icon="question" title={t("prompts.unknown")} hint={t("prompts.unknown_hint")}>
        <ButtonLink to={routes.coachPrompts}>{t("prompts.every")}</ButtonLink>
      </Empty>
    </CoachPage>
  );
}

function Prompt({ action }: { action: Action }) {
  const { data, error, refetch } = usePrompts();
  return (
    <CoachPage title={actionWords(action)} at="prompts" actions={<CallsLink />}>
      <Link
        to={routes.coachPrompts}
        className="touch inline-flex items-center text-sm text-accent underline underline-offset-4"
      >
        {t("prompts.every")}
      </Link>
      <p className="mt-1 mb-4 max-w-prose text-ink-2">{aboutWords(action)}</p>
      <ModelNotice />
      {data ? (
        <Found action={action} versions={data.items.filter((version) => version.action === action)} />
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

const keyOf = ({ pattern, version }: Named): string => `${pattern} ${version}`;

function Found({ action, versions }: { action: Action; versions: PromptVersion[] }) {
  const mayEdit = useIsAdmin();
  const holding = versions.filter(({ active }) => active);
  const [open, setOpen] = useState<string[]>([]);
  const [from, setFrom] = useState<Named | null>(null);
  return (
    <>
      <Section title={t("prompts.force")} id="prompts-force">
        {holding.length > 1 && <p className="-mt-2 mb-2.5 text-sm text-ink-3">{t("prompts.force_hint")}</p>}
        <ul className="card divide-y divide-line">
          {holding.map((version) => (
            <InForce key={keyOf(version)} action={action} version={version} mayEdit={mayEdit} />
          ))}
        </ul>
      </Section>
      <Section title={t("prompts.versions")} id="prompts-versions">
        <p className="-mt-2 mb-2.5 text-sm text-ink-3">{t("prompts.versions_hint")}</p>
        <ul className="card divide-y divide-line">
          {versions.map((version) => (
            <Version
              key={keyOf(version)}
              action={action}
              version={version}
              others={versions.filter(({ pattern, version: number }) => pattern === version.pattern || number === 0)}
              mayEdit={mayEdit}
              open={open.includes(keyOf(version))}
              onOpen={(isOpen) => {
                const others = open.filter((key) => key !== keyOf(version));
                setOpen(isOpen ? [...others, keyOf(version)] : others);
              }}
              onNew={setFrom}
            />
          ))}
        </ul>
      </Section>
      {from && (
        <NewVersion
          action={action}
          from={from}
          onSaved={(saved) => {
            setOpen([...open, keyOf(saved)]);
          }}
          onClose={() => {
            setFrom(null);
          }}
        />
      )}
    </>
  );
}

function InForce({ action, version, mayEdit }: { action: Action; version: PromptVersion; mayEdit: boolean }) {
  const activate = useActivatePrompt(action);
  const models = modelWords(version.pattern);
  const number = versionWords(version.version);
  const isOfAll = version.pattern === "*";
  const stop = (): void => {
    activate.mutate(
      { pattern: version.pattern, version: 0 },
      {
        onSuccess: () => {
          say(isOfAll ? t("prompts.restored") : t("prompts.stopped", { models }));
        },
        onError: (error) => {
          sayError(reason(error));
        },
      },
    );
  };
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
      <p className="min-w-0 font-medium break-words">{t("prompts.for", { version: number, models })}</p>
      {mayEdit && version.version !== 0 && (
        <Button
          icon="undo"
          busy={activate.isPending}
          onClick={stop}
          {...(!isOfAll && { "aria-label": t("prompts.back_name", { version: number, models }) })}
        >
          {t(isOfAll ? "prompts.back_to_built_in" : "prompts.back_to_wider")}
        </Button>
      )}
    </li>
  );
}
