import { useEffect, useRef, useState } from "react";

import { reason } from "@/api/client";
import { useReviews, useSettle, useTakeBackEdit } from "@/api/merging";
import { useMayEdit } from "@/api/session";
import type { Review as Question } from "@/api/types";
import { t } from "@/lib/text";
import { decimal } from "@/lib/units";
import { taken } from "@/pages/activities/keys";
import { Button, IconButton } from "@/ui/Button";
import { Page } from "@/ui/Page";
import { Empty, Failure, Waiting } from "@/ui/States";
import { say, sayError } from "@/ui/Toasts";
import { Why, WhyFigure } from "@/ui/Why";
import { Side } from "./Side";

const nameOf = ({ a, b }: Question): string => `${a.recording} ${b.recording}`;

/** Pairs of recordings that may be one workout, asked one after the other. */
export function Review() {
  const mayEdit = useMayEdit();
  const { data, error, refetch } = useReviews(mayEdit);
  if (!mayEdit) return <Page title={t("review.title")}><div className="card"><Empty icon="review" title={t("review.not_shown")} hint={t("review.none_to_see")} /></div></Page>;
  return (
    <Page title={t("review.title")}>
      {error && !data && <Failure error={error} retry={() => void refetch()} />}
      {!error && !data && <Waiting><div className="skeleton h-96" /></Waiting>}
      {data && <Queue questions={data.items} total={data.total} />}
    </Page>
  );
}

function Queue({ questions, total }: { questions: Question[]; total: number }) {
  // What is put off goes to the end, as long as the page is open; the place in the queue is kept by name, so that others may come or go.
  const [later, setLater] = useState<string[]>([]);
  const [current, setCurrent] = useState<string | null>(null);
  const order = [...questions.filter((one) => !later.includes(nameOf(one))), ...later.flatMap((name) => questions.find((one) => nameOf(one) === name) ?? [])];
  const found = order.findIndex((one) => nameOf(one) === current);
  const at = Math.max(0, found);
  const question = order[at];
  const go = (to: number): void => {
    const next = order[(to + order.length) % order.length];
    if (next) setCurrent(nameOf(next));
  };
  /** Where the eye goes on once this one is answered: to the one behind it, at the end to the first. */
  const leave = (): void => {
    const next = order[at + 1] ?? order.find((_, index) => index !== at);
    setCurrent(next ? nameOf(next) : null);
  };
  if (!question) return <div className="card"><Empty icon="review" title={t("review.none")} hint={t("review.none_hint")} /></div>;
  const name = nameOf(question);
  return (
    <>
      <div className="-mt-2 mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="max-w-prose text-sm text-ink-2">{t("review.lead")}</p>
        <div className="flex items-center gap-1">
          <IconButton name={t("review.previous")} icon="left" disabled={order.length < 2} onClick={() => { go(at - 1); }} />
          <p role="status" className="min-w-32 text-center text-sm" data-testid="place">{t("review.question", { number: decimal(at + 1), count: decimal(total) })}</p>
          <IconButton name={t("review.next")} icon="right" disabled={order.length < 2} onClick={() => { go(at + 1); }} />
        </div>
      </div>
      <Asked
        key={name} question={question} onStep={(by) => { go(at + by); }} onAnswered={leave}
        onLater={() => { leave(); setLater([...later.filter((one) => one !== name), name]); }}
      />
    </>
  );
}

/** One question: both recordings, why they may be one, and the answers. */
function Asked({ question, onStep, onAnswered, onLater }: {
  question: Question;
  onStep: (by: number) => void;
  onAnswered: () => void;
  onLater: () => void;
}) {
  const [settle, back] = [useSettle(), useTakeBackEdit()];
  const failed = (error: unknown): void => { sayError(reason(error)); };
  const answer = (what: "one" | "two"): void => {
    if (settle.isPending) return;
    settle.mutateAsync({ one: question.a.recording, other: question.b.recording, answer: what }).then((edit) => {
      onAnswered();
      const undo = (): void => { back.mutateAsync({ edit }).then(() => { say(t("review.undone_toast")); }, failed); };
      say(t(what === "one" ? "review.one_toast" : "review.two_toast"), undo);
    }, failed);
  };
  useKeys({ 1: () => { answer("one"); }, 2: () => { answer("two"); }, ArrowLeft: () => { onStep(-1); }, ArrowRight: () => { onStep(1); } });
  return (
    <section aria-label={t("review.ask")} data-testid="question">
      <div className="grid items-stretch gap-3 md:grid-cols-2 md:gap-4">
        <Side side={question.a} other={question.b} label={t("review.first")} />
        <Side side={question.b} other={question.a} label={t("review.second")} />
      </div>
      <div className="card mt-3 p-4 md:mt-4">
        <Why reason={question}><WhyFigure name={t("review.sureness")} value={`${decimal(100 * question.score)} %`} /></Why>
        <h2 className="mt-4 font-semibold">{t("review.ask")}</h2>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button kind="primary" icon="merge" aria-disabled={settle.isPending} onClick={() => { answer("one"); }}>{t("review.one")}</Button>
          <Button icon="split" aria-disabled={settle.isPending} onClick={() => { answer("two"); }}>{t("review.two")}</Button>
          <Button kind="quiet" onClick={onLater}>{t("review.later")}</Button>
        </div>
        <p className="label mt-2 pointer-coarse:hidden">{t("review.keys")}</p>
      </div>
    </section>
  );
}

/** Keys that act wherever the focus is, but in fields and dialogs; the newest acts are called. */
function useKeys(acts: Record<string, () => void>): void {
  const newest = useRef(acts);
  useEffect(() => { newest.current = acts; });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const act = newest.current[event.key];
      if (!act || event.repeat || taken(event)) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", press);
    return () => { removeEventListener("keydown", press); };
  }, []);
}
