import { useState } from "react";

import { reason } from "@/api/client";
import { useModelSetup } from "@/api/coach/model";
import { usePromptRuns, useRunPrompt, type Action, type PromptRun, type PromptVersion } from "@/api/coach/prompts";
import { Sent, Written } from "@/features/model/Sent";
import { cost, readable } from "@/features/model/words";
import { Button } from "@/ui/controls/Button";
import { Disclosure } from "@/ui/controls/Disclosure";
import { Pick } from "@/ui/controls/Field";
import { Failure, Notice } from "@/ui/layout/States";
import { many, t } from "./text";

/** The test runs of a version, the newest first, and a new one by any model that is set up. */
export function Runs({ action, version }: { action: Action; version: PromptVersion }) {
  const runs = usePromptRuns(action, version);
  const { data: setup } = useModelSetup(true);
  const run = useRunPrompt(action, version);
  const [model, setModel] = useState<string | null>(null);
  const models = setup?.settings?.models ?? [];
  return (
    <section aria-label={t("prompts.runs")} className="flex flex-col gap-2 text-sm">
      <h3 className="font-semibold">{t("prompts.runs")}</h3>
      <p className="text-ink-3">{t("prompts.runs_hint")}</p>
      {models.length > 0 && (
        <div className="flex flex-wrap items-center gap-2">
          {models.length > 1 && (
            <Pick
              name={t("prompts.test_by")}
              value={model ?? models[0]?.name}
              onChange={({ target }) => {
                setModel(target.value);
              }}
              className="max-w-full"
            >
              {models.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </Pick>
          )}
          <Button
            icon="play"
            busy={run.isPending}
            onClick={() => {
              run.mutate(model);
            }}
          >
            {t("prompts.test")}
          </Button>
        </div>
      )}
      <div aria-live="polite">
        {run.isPending && <p className="text-ink-2">{t("prompts.testing")}</p>}
        {run.isError && <Notice tone="bad">{reason(run.error)}</Notice>}
      </div>
      {runs.isError && !runs.data && <Failure error={runs.error} retry={() => void runs.refetch()} />}
      {runs.data?.items.length === 0 && <p className="text-ink-2">{t("prompts.no_runs")}</p>}
      <ul className="flex flex-col gap-3 empty:hidden">
        {runs.data?.items.map((one) => (
          <Run key={one.id} run={one} />
        ))}
      </ul>
    </section>
  );
}

function Run({ run }: { run: PromptRun }) {
  const { model, faults } = run;
  return (
    <li className="rounded-lg border border-line p-3">
      <p className="font-medium break-words">
        {t("prompts.run", {
          model,
          result: faults.length === 0 ? t("prompts.run_ok") : many("prompts.run_faults", faults.length),
        })}
      </p>
      <p className="label">{cost(run)}</p>
      {faults.length > 0 && (
        <ul className="mt-1 list-disc pl-5">
          {faults.map((fault, at) => (
            <li key={at} className="break-words">
              {fault}
            </li>
          ))}
        </ul>
      )}
      <p className="label mt-2 mb-1">{t("prompts.answer")}</p>
      <Written label={t("prompts.answer")} text={readable(run.answer)} />
      <Disclosure title={t("prompts.sent")}>
        <Sent sent={run.sent} />
      </Disclosure>
    </li>
  );
}
