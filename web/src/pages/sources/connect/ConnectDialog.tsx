import { useEffect, useRef, useState, type FormEvent } from "react";

import { Problem, reason } from "@/api/client";
import { useAnswer, useConnect, useSources } from "@/api/sources/sources";
import type { Connection, SourceDescription, AuthMethod } from "@/api/types";
import { answersOf, atOrigin, spoken, wrongIn, type Answers } from "@/lib/sources/answers";
import { t } from "@/pages/sources/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Radios } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { Icon } from "@/ui/pictures/Icon";
import { Fields, Linked } from "@/features/Fields";
import { Steps } from "./Steps";

/** Sign in to a source, for the first time or again: a method is chosen and answered, then perhaps a question. */
export function ConnectDialog({
  kind,
  connection,
  onClose,
}: {
  kind: SourceDescription;
  connection: Connection | null;
  onClose: () => void;
}) {
  const sources = useSources();
  const [id, setId] = useState(connection?.id ?? null);
  const [afresh, setAfresh] = useState(connection?.state !== "question");
  const now = sources.data?.items.find((item) => item.id === id);
  const asking = !afresh && now?.state === "question" && now.question ? { ...now, question: now.question } : null;
  const { name } = kind;
  const words = t(connection !== null && connection.good_ms !== null ? "connect.done_again" : "connect.done", { name });
  // Signed in, be it from here or where the provider sent the browser back to.
  const signedIn = !afresh && now !== undefined && now.state !== "question" && now.state !== "sign_in";
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    if (!signedIn) return;
    say(words);
    close.current();
  }, [signedIn, words]);
  const done = (made: Connection): void => {
    setId(made.id);
    setAfresh(false);
  };
  return (
    <Dialog
      title={
        asking ? t("connect.question", { name }) : t(connection === null ? "connect.title" : "connect.again", { name })
      }
      onClose={onClose}
    >
      {asking ? (
        <Question
          connection={asking}
          onDone={done}
          onAfresh={() => {
            setAfresh(true);
          }}
          onClose={onClose}
        />
      ) : (
        <SignIn kind={kind} id={id} onDone={done} onClose={onClose} />
      )}
    </Dialog>
  );
}

/** The methods that a source describes; what was typed stays, whatever comes back. */
function SignIn({
  kind,
  id,
  onDone,
  onClose,
}: {
  kind: SourceDescription;
  id: string | null;
  onDone: (made: Connection) => void;
  onClose: () => void;
}) {
  const connect = useConnect();
  const [key, setKey] = useState(kind.auth_methods[0]?.key ?? "");
  const [answers, setAnswers] = useState<Answers>(() =>
    answersOf(
      atOrigin(
        kind.auth_methods.flatMap(({ fields }) => fields),
        window.location.origin,
      ),
    ),
  );
  const [wrong, setWrong] = useState<Answers>({});
  const method = kind.auth_methods.find((one) => one.key === key);
  if (!method) {
    return (
      <p className="text-sm text-ink-2">
        <Linked text={kind.note} />
      </p>
    );
  }
  // An API app's own ID and secret stay with the sign-in.
  const stored = id !== null && method.fields.some((field) => field.kind === "callback");
  const choose = (next: string): void => {
    setKey(next);
    setWrong({});
    connect.reset();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const bad = wrongIn(
      stored ? method.fields.map((field) => ({ ...field, required: false })) : method.fields,
      answers,
    );
    setWrong(bad);
    if (Object.keys(bad).length > 0) return;
    connect.mutate(
      { source: kind.key, id, method: method.key, answers: spoken(method.fields, answers) },
      { onSuccess: onDone },
    );
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {kind.auth_methods.length > 1 && (
        <Radios
          name={t("connect.method")}
          value={key}
          options={kind.auth_methods.map((one) => ({ value: one.key, label: one.title }))}
          onChange={choose}
        />
      )}
      {connect.isError && (
        <Trouble error={connect.error} others={kind.auth_methods.filter((one) => one.key !== key)} onChoose={choose} />
      )}
      {method.help !== "" && (
        <p className="text-sm text-ink-2">
          <Linked text={method.help} />
        </p>
      )}
      {method.steps.length > 0 && <Steps steps={method.steps} folded={id !== null} />}
      {stored && <p className="text-sm text-ink-2">{t("connect.stored")}</p>}
      <Fields key={key} fields={method.fields} answers={answers} wrong={wrong} onChange={setAnswers} />
      <div className="flex flex-wrap items-center justify-end gap-2">
        {connect.isPending && (
          <span role="status" className="mr-auto text-sm text-ink-2">
            {t("connect.patience")}
          </span>
        )}
        <Button kind="quiet" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button type="submit" kind="primary" busy={connect.isPending}>
          {t("connect.go")}
        </Button>
      </div>
    </form>
  );
}

/** What went wrong, in the server's words; where this method is barred, the others are one press away. */
function Trouble({ error, others, onChoose }: { error: Error; others: AuthMethod[]; onChoose: (key: string) => void }) {
  const blocked = error instanceof Problem && error.code === "blocked";
  if (!blocked)
    return (
      <div role="alert">
        <Notice tone="bad">{reason(error)}</Notice>
      </div>
    );
  return (
    <div role="alert" className="rounded-lg bg-warn-soft px-4 py-3 text-sm" data-testid="blocked">
      <p className="flex items-start gap-3">
        <Icon name="alert" size={18} className="mt-0.5 text-warn" />
        <span className="font-medium">{error.message}</span>
      </p>
      <div className="pl-7.5">
        <p className="mt-1">{t("connect.blocked")}</p>
        <div className="mt-2 flex flex-wrap gap-2">
          {others.map(({ key, title }) => (
            <Button
              key={key}
              onClick={() => {
                onChoose(key);
              }}
            >
              {title}
            </Button>
          ))}
        </div>
      </div>
    </div>
  );
}

type Asking = Connection & { question: NonNullable<Connection["question"]> };

/** What a source asks before it lets one in; a wrong answer may be given again. */
function Question({
  connection,
  onDone,
  onAfresh,
  onClose,
}: {
  connection: Asking;
  onDone: (made: Connection) => void;
  onAfresh: () => void;
  onClose: () => void;
}) {
  const answer = useAnswer();
  const { text, fields } = connection.question;
  const [answers, setAnswers] = useState<Answers>(() => answersOf(fields));
  const [wrong, setWrong] = useState<Answers>({});
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const bad = wrongIn(fields, answers);
    setWrong(bad);
    if (Object.keys(bad).length === 0)
      answer.mutate({ id: connection.id, answers: spoken(fields, answers) }, { onSuccess: onDone });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {answer.isError && (
        <div role="alert">
          <Notice tone="bad">{reason(answer.error)}</Notice>
        </div>
      )}
      <p>
        <Linked text={text} />
      </p>
      <Fields fields={fields} answers={answers} wrong={wrong} onChange={setAnswers} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button kind="quiet" className="mr-auto" onClick={onAfresh}>
          {t("connect.restart")}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button type="submit" kind="primary" busy={answer.isPending}>
          {t("connect.send")}
        </Button>
      </div>
    </form>
  );
}
