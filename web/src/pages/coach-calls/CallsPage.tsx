import { useSearchParams } from "react-router";

import { useModelCall, useModelCalls } from "@/api/coach/calls";
import { useModel, type ModelState } from "@/api/coach/model";
import { useMayOwn } from "@/api/session";
import { dollars } from "@/features/model/words";
import { locale } from "@/lib/language";
import { routes } from "@/lib/routes";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { Page, Section } from "@/ui/layout/Page";
import { Empty, Failure, Notice, Waiting } from "@/ui/layout/States";
import { Meter } from "@/ui/values/Meter";
import { CallRow } from "./CallRow";
import { many, t } from "./text";

/** The calls of the language model for the athlete: today's spending, and each call with what was sent and answered. */
export function CallsPage() {
  const mayOwn = useMayOwn();
  return (
    <Page
      title={t("calls.title")}
      actions={
        <>
          <ButtonLink to={routes.coachPrompts}>{t("calls.prompts")}</ButtonLink>
          <ButtonLink to={routes.settings("model")} icon="settings">
            {t("calls.settings")}
          </ButtonLink>
        </>
      }
    >
      <p className="mb-4 max-w-prose text-ink-2">{t("calls.about")}</p>
      {mayOwn ? <Calls /> : <Notice>{t("calls.owner")}</Notice>}
    </Page>
  );
}

function Calls() {
  const calls = useModelCalls(true);
  const model = useModel();
  const [search] = useSearchParams();
  const named = useModelCall(search.get("call"));
  const rows = calls.data?.pages.flatMap((page) => page.items);
  if (calls.isError && !rows) return <Failure error={calls.error} retry={() => void calls.refetch()} />;
  if (!rows)
    return (
      <Waiting>
        <div className="skeleton h-80" />
      </Waiting>
    );
  const isOff = model.data?.endpoint === null;
  return (
    <>
      {model.data && !isOff && <Spending spending={model.data.spending} />}
      {rows.length === 0 ? (
        <Empty icon="info" title={t("calls.none")} hint={t(isOff ? "calls.off_hint" : "calls.none_hint")} />
      ) : (
        <Section title={t("calls.list")} id="calls-list">
          <ul aria-labelledby="calls-list" className="card divide-y divide-line">
            {named.data && <CallRow key={named.data.id} call={named.data} opened />}
            {rows
              .filter(({ id }) => id !== named.data?.id)
              .map((call) => (
                <CallRow key={call.id} call={call} />
              ))}
          </ul>
          {calls.hasNextPage && (
            <Button className="mt-3" busy={calls.isFetchingNextPage} onClick={() => void calls.fetchNextPage()}>
              {t("calls.more")}
            </Button>
          )}
        </Section>
      )}
    </>
  );
}

function Spending({ spending }: { spending: ModelState["spending"] }) {
  const { calls, tokens, usd, tokens_limit: most, usd_limit: dearest } = spending;
  const used = tokens.toLocaleString(locale);
  return (
    <section aria-labelledby="calls-today" className="card flex flex-col gap-2 p-4 sm:max-w-lg">
      <h2 id="calls-today" className="flex flex-wrap justify-between gap-x-4 font-semibold">
        {t("calls.today")}
        <span className="font-normal">{many("calls.count", calls)}</span>
      </h2>
      <p className="text-sm">
        {most === null
          ? t("calls.tokens", { tokens: used })
          : t("calls.tokens_limit", { tokens: used, limit: most.toLocaleString(locale) })}
      </p>
      {most !== null && <Meter value={tokens} max={most} label={t("calls.tokens_used")} />}
      <p className="text-sm">
        {dearest === null ? dollars(usd) : t("calls.usd_limit", { usd: dollars(usd), limit: dollars(dearest) })}
      </p>
      {dearest !== null && <Meter value={usd} max={dearest} label={t("calls.usd_used")} />}
    </section>
  );
}
