import { useHealthInsights, useHealthKinds } from "@/api/health";
import { usePreferences } from "@/api/session";
import type { HealthInsight } from "@/api/types";
import { HealthPage } from "@/features/health/HealthPage";
import { day as dayWords } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { ButtonLink } from "@/ui/controls/Button";
import { Section } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { About } from "./About";
import { Answer, Lacking } from "./Answer";
import { t } from "./text";
import { byQuestion } from "./words";

/** Questions about the athlete's own days, with what the days answer, or what they still lack. */
export function Insights() {
  const { data, error, refetch } = useHealthInsights();
  const kinds = useHealthKinds();
  return (
    <HealthPage title={t("insights.title")} at="insights">
      {error && !data ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Waiting>
          <div className="skeleton h-[40rem]" />
        </Waiting>
      ) : kinds.data?.length === 0 ? (
        <div className="card">
          <Empty icon="health" title={t("insights.empty")} hint={t("insights.empty_hint")}>
            <ButtonLink to={routes.sources}>{t("insights.connect")}</ButtonLink>
          </Empty>
        </div>
      ) : (
        <Content items={data.items} until={data.until} />
      )}
    </HealthPage>
  );
}

function Content({ items, until }: { items: HealthInsight[]; until: string }) {
  const wish = usePreferences();
  const questions = byQuestion(items);
  const isAnswered = (answers: HealthInsight[]): boolean => answers.some(({ lacks }) => lacks === null);
  const answered = questions.filter(isAnswered);
  const waiting = questions.filter((answers) => !isAnswered(answers));
  return (
    <>
      <p className="max-w-prose text-sm text-ink-2">{t("insights.lead", { until: dayWords(until, wish, "plain") })}</p>
      <Section title={t("insights.answered")} id="answered">
        {answered.length === 0 && <p className="text-ink-2">{t("insights.answered_none")}</p>}
        <div className="grid items-start gap-4 lg:grid-cols-2">
          {answered.map((answers) => (
            <Question key={answers[0]?.key} answers={answers} />
          ))}
        </div>
      </Section>
      {waiting.length > 0 && (
        <Section title={t("insights.waiting")} id="waiting">
          <p className="-mt-1 mb-3 max-w-prose text-sm text-ink-2">{t("insights.waiting_hint")}</p>
          <div className="grid items-start gap-4 lg:grid-cols-2">
            {waiting.map((answers) => (
              <Question key={answers[0]?.key} answers={answers} />
            ))}
          </div>
        </Section>
      )}
    </>
  );
}

function Question({ answers }: { answers: HealthInsight[] }) {
  const [first] = answers;
  if (!first) return null;
  return (
    <article data-question={first.key} className="card p-4">
      <h3 className="font-semibold">{first.question}</h3>
      <p className="mt-0.5 text-sm text-ink-2">{t("insights.compared", { what: first.exposure })}</p>
      <ul className="mt-3 flex flex-col gap-3">
        {answers.map((insight) =>
          insight.lacks === null ? (
            <Answer key={insight.outcome} insight={insight} />
          ) : (
            <Lacking key={insight.outcome} insight={insight} />
          ),
        )}
      </ul>
      <About answers={answers} />
    </article>
  );
}
