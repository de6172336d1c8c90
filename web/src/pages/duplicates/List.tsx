import { useState } from "react";

import { usePreferences } from "@/api/session";
import type { MatchQuestion, QuestionSide } from "@/api/types";
import { useSourceName } from "@/features/Provenance";
import { formatName, whySentence } from "@/lib/activity/merging";
import { clock, day } from "@/lib/dates";
import { decimal, duration, told } from "@/lib/units";
import { Button } from "@/ui/controls/Button";
import { Check } from "@/ui/controls/Field";
import { SportTag } from "@/ui/pictures/Sport";
import { useAnswer } from "./answer";
import { many, t } from "./text";
import { nameOf } from "./waiting";

/** All questions at a glance, those of one kind together: chosen one by one or by kind, and answered at once. */
export function List({
  questions,
  total,
  onLook,
}: {
  questions: MatchQuestion[];
  total: number;
  onLook: (question: MatchQuestion) => void;
}) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { answer, busy } = useAnswer();
  const from = useKinds();
  const kinds = new Map<string, MatchQuestion[]>();
  for (const question of questions) {
    const kind = `${from(question)}|${whySentence(question)}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), question]);
  }
  const picked = questions.filter((one) => chosen.has(nameOf(one)));
  const put = (some: MatchQuestion[], wanted: boolean): void => {
    setChosen((before) => {
      const next = new Set(before);
      for (const one of some)
        if (wanted) next.add(nameOf(one));
        else next.delete(nameOf(one));
      return next;
    });
  };
  const judge = (what: "one" | "two"): void => {
    answer(picked, what, () => {
      setChosen(new Set());
    });
  };
  const all = picked.length === questions.length;
  return (
    <>
      <div className="card sticky top-2 z-10 mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
        <Check
          label={t("duplicates.all")}
          checked={all}
          onChange={() => {
            put(questions, !all);
          }}
        />
        <span role="status" className="text-sm text-ink-2">
          {t("duplicates.chosen", { count: decimal(picked.length), total: decimal(total) })}
        </span>
        <span className="ml-auto flex flex-wrap gap-2">
          <Button
            icon="merge"
            disabled={picked.length === 0 || busy}
            onClick={() => {
              judge("one");
            }}
          >
            {t("duplicates.join_each")}
          </Button>
          <Button
            icon="split"
            disabled={picked.length === 0 || busy}
            onClick={() => {
              judge("two");
            }}
          >
            {t("duplicates.part_each")}
          </Button>
        </span>
      </div>
      {[...kinds].map(([kind, some]) => (
        <section key={kind} aria-label={some[0] && from(some[0])} className="mt-6">
          <h2 className="font-semibold">{some[0] && from(some[0])}</h2>
          <p className="mt-0.5 text-sm text-ink-2">{some[0] && whySentence(some[0])}</p>
          <div className="mt-2 ml-4">
            <Check
              label={many("duplicates.of_kind", some.length, decimal(some.length))}
              checked={some.every((one) => chosen.has(nameOf(one)))}
              onChange={(event) => {
                put(some, event.target.checked);
              }}
            />
          </div>
          <ul className="card mt-2 divide-y divide-line">
            {some.map((one) => (
              <Row
                key={nameOf(one)}
                question={one}
                chosen={chosen.has(nameOf(one))}
                onChoose={(wanted) => {
                  put([one], wanted);
                }}
                onLook={() => {
                  onLook(one);
                }}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** The sources of both recordings and why they may be one: questions that share these are mostly answered alike. */
function useKinds(): (question: MatchQuestion) => string {
  const nameOfSource = useSourceName();
  const from = (side: QuestionSide): string => {
    const names = [...new Set(side.sources.map(({ source }) => nameOfSource(source)))];
    return names.length > 0 ? names.join(", ") : formatName(side.format);
  };
  return ({ a, b }) => {
    const [one = "", other = ""] = [from(a), from(b)].sort();
    return one === other
      ? t("duplicates.both_from", { source: one })
      : t("duplicates.from_two", { source: one, other });
  };
}

function Row({
  question: { a, b, score },
  chosen,
  onChoose,
  onLook,
}: {
  question: MatchQuestion;
  chosen: boolean;
  onChoose: (wanted: boolean) => void;
  onLook: () => void;
}) {
  const wish = usePreferences();
  const names = [a, b].map(({ name, activity }) => name ?? activity.name);
  return (
    <li className="flex items-center gap-3 px-4 py-2">
      <input
        type="checkbox"
        checked={chosen}
        onChange={(event) => {
          onChoose(event.target.checked);
        }}
        className="size-4.5 shrink-0 accent-(--accent)"
        aria-label={t("duplicates.choose", {
          one: names[0] ?? "",
          other: names[1] ?? "",
          day: day(a.activity.start_local, wish, "plain"),
        })}
      />
      <dl className="grid min-w-0 flex-1 gap-x-4 gap-y-1 text-sm md:grid-cols-2">
        {[a, b].map((side, at) => (
          <div key={side.recording} className="min-w-0">
            <dt className="truncate font-medium">{names[at]}</dt>
            <dd className="flex flex-wrap gap-x-2 text-ink-2">
              <SportTag sport={side.sport} />
              <span>
                {day(side.activity.start_local, wish)}
                {side.date_only ? "" : `, ${clock(side.activity.start_local, wish)}`}
              </span>
              {side.elapsed_s > 0 && <span>{duration(side.elapsed_s)}</span>}
              {side.distance_m !== null && <span>{told("distance", side.distance_m, wish, side.sport)}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <span className="shrink-0 text-right text-sm">{t("duplicates.likely", { share: decimal(100 * score) })}</span>
      <Button kind="quiet" onClick={onLook}>
        {t("duplicates.look")}
      </Button>
    </li>
  );
}
