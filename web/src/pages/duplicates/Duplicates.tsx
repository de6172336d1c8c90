import { useEffect, useRef, useState } from "react";

import { useReviews } from "@/api/activities/merging";
import { useMayEdit } from "@/api/session";
import type { MatchQuestion as Question } from "@/api/types";
import { Why, WhyFigure } from "@/features/Why";
import { decimal } from "@/lib/units";
import { Button, IconButton } from "@/ui/controls/Button";
import { Segmented } from "@/ui/controls/Field";
import { taken } from "@/ui/hooks/keys";
import { Page } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { useAnswer } from "./answer";
import { List } from "./List";
import { Overlay } from "./Overlay";
import { Side } from "./Side";
import { t } from "./text";
import { nameOf } from "./waiting";

/** Pairs of recordings that may be one workout: asked one after the other, or answered several at once. */
export function Duplicates() {
  const mayEdit = useMayEdit();
  const { data, error, refetch } = useReviews(mayEdit);
  if (!mayEdit)
    return (
      <Page title={t("duplicates.title")}>
        <div className="card">
          <Empty icon="review" title={t("duplicates.not_shown")} hint={t("duplicates.none_to_see")} />
        </div>
      </Page>
    );
  return (
    <Page title={t("duplicates.title")}>
      {error && !data && <Failure error={error} retry={() => void refetch()} />}
      {!error && !data && (
        <Waiting>
          <div className="skeleton h-96" />
        </Waiting>
      )}
      {data && <Questions questions={data.items} total={data.total} />}
    </Page>
  );
}

function Questions({ questions, total }: { questions: Question[]; total: number }) {
  const [listed, setListed] = useState(false);
  const [first, setFirst] = useState<string | null>(null);
  if (questions.length === 0)
    return (
      <div className="card">
        <Empty icon="review" title={t("duplicates.none")} hint={t("duplicates.none_hint")} />
      </div>
    );
  const views = [
    { value: "queue" as const, label: t("duplicates.in_sequence") },
    { value: "list" as const, label: t("duplicates.several") },
  ];
  const look = (question: Question): void => {
    setFirst(nameOf(question));
    setListed(false);
  };
  return (
    <>
      <p className="-mt-2 mb-3 max-w-prose text-sm text-ink-2">{t("duplicates.lead")}</p>
      {questions.length > 1 && (
        <Segmented
          name={t("duplicates.view")}
          hideName
          value={listed ? "list" : "queue"}
          options={views}
          onChange={(view) => {
            setListed(view === "list");
          }}
        />
      )}
      {listed && questions.length > 1 ? (
        <List questions={questions} total={total} onLook={look} />
      ) : (
        <Queue questions={questions} total={total} first={first} />
      )}
    </>
  );
}

function Queue({ questions, total, first }: { questions: Question[]; total: number; first: string | null }) {
  // Skipped pairs go to the end while the page is open. The current one is kept by key, so that others may come or go.
  const [later, setLater] = useState<string[]>([]);
  const [current, setCurrent] = useState(first);
  const order = [
    ...questions.filter((one) => !later.includes(nameOf(one))),
    ...later.flatMap((name) => questions.find((one) => nameOf(one) === name) ?? []),
  ];
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
  if (!question) return null;
  const name = nameOf(question);
  return (
    <>
      <div className="mb-3 flex justify-end">
        <div className="flex items-center gap-1">
          <IconButton
            name={t("duplicates.previous")}
            icon="left"
            disabled={order.length < 2}
            onClick={() => {
              go(at - 1);
            }}
          />
          <p role="status" className="min-w-32 text-center text-sm" data-testid="place">
            {t("duplicates.question", { number: decimal(at + 1), count: decimal(total) })}
          </p>
          <IconButton
            name={t("duplicates.next")}
            icon="right"
            disabled={order.length < 2}
            onClick={() => {
              go(at + 1);
            }}
          />
        </div>
      </div>
      <Asked
        key={name}
        question={question}
        onStep={(by) => {
          go(at + by);
        }}
        onAnswered={leave}
        onLater={() => {
          leave();
          setLater([...later.filter((one) => one !== name), name]);
        }}
      />
    </>
  );
}

/** One question: both recordings, why they may be one, and the answers. */
function Asked({
  question,
  onStep,
  onAnswered,
  onLater,
}: {
  question: Question;
  onStep: (by: number) => void;
  onAnswered: () => void;
  onLater: () => void;
}) {
  const { answer, busy } = useAnswer();
  const judge = (what: "one" | "two"): void => {
    answer([question], what, onAnswered);
  };
  useKeys({
    1: () => {
      judge("one");
    },
    2: () => {
      judge("two");
    },
    ArrowLeft: () => {
      onStep(-1);
    },
    ArrowRight: () => {
      onStep(1);
    },
  });
  return (
    <section aria-label={t("duplicates.ask")} data-testid="question">
      <div className="grid items-stretch gap-3 md:grid-cols-2 md:gap-4">
        <Side side={question.a} other={question.b} label={t("duplicates.first")} />
        <Side side={question.b} other={question.a} label={t("duplicates.second")} />
      </div>
      <div className="card mt-3 p-4 md:mt-4">
        <Why reason={question}>
          <WhyFigure name={t("duplicates.sureness")} value={`${decimal(100 * question.score)} %`} />
        </Why>
        <h2 className="mt-4 font-semibold">{t("duplicates.ask")}</h2>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button
            icon="merge"
            aria-disabled={busy}
            onClick={() => {
              judge("one");
            }}
          >
            {t("duplicates.one")}
          </Button>
          <Button
            icon="split"
            aria-disabled={busy}
            onClick={() => {
              judge("two");
            }}
          >
            {t("duplicates.two")}
          </Button>
          <Button kind="quiet" onClick={onLater}>
            {t("duplicates.later")}
          </Button>
        </div>
        <p className="label mt-2 pointer-coarse:hidden">{t("duplicates.keys")}</p>
      </div>
      <Overlay question={question} />
    </section>
  );
}

/** Keys that act wherever the focus is, but in fields and dialogs; the newest acts are called. */
function useKeys(acts: Record<string, () => void>): void {
  const newest = useRef(acts);
  useEffect(() => {
    newest.current = acts;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const act = newest.current[event.key];
      if (!act || event.repeat || taken(event)) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", press);
    return () => {
      removeEventListener("keydown", press);
    };
  }, []);
}
