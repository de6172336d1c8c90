import { useEffect, useRef, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";

import { reason } from "@/api/client";
import {
  useAsk,
  useConversation,
  useConversations,
  useRemoveConversation,
  type ChatEvent,
  type ToolUse,
} from "@/api/coach/chat";
import { useModel, type ModelState } from "@/api/coach/model";
import { useMayEdit, useSession } from "@/api/session";
import { CoachPage } from "@/features/coach/CoachPage";
import { dollars } from "@/features/model/words";
import { classes } from "@/lib/classes";
import { routes } from "@/lib/routes";
import { decimal } from "@/lib/units";
import { Button, ButtonLink, IconButton } from "@/ui/controls/Button";
import { Empty, Failure, Notice } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { Composer } from "./Composer";
import { Answering, Message, type Pending } from "./Message";
import { t } from "./text";

/** Questions to the coach and their answers, as they are written. */
export function ChatPage() {
  const { conversation = "" } = useParams();
  const mayEdit = useMayEdit();
  const model = useModel(mayEdit).data;
  return (
    <CoachPage title={t("chat.title")} at="chat" actions={model?.endpoint && <Spent model={model} />}>
      {model && model.endpoint === null && <Off />}
      {model?.not_now && model.endpoint !== null && <Notice>{model.not_now.sentence}</Notice>}
      <div className="grid gap-6 md:grid-cols-[14rem_minmax(0,1fr)]">
        <Conversations chosen={conversation} />
        <Talk key={conversation} conversation={conversation} />
      </div>
    </CoachPage>
  );
}

/** What was spent on the model today. */
function Spent({ model }: { model: ModelState }) {
  const { tokens, tokens_limit, usd } = model.spending;
  const words =
    tokens_limit === null
      ? t("chat.spent", { tokens: decimal(tokens) })
      : t("chat.spent_of", { tokens: decimal(tokens), limit: decimal(tokens_limit) });
  return <span className="text-sm text-ink-2">{usd > 0 ? `${words} · ${dollars(usd)}` : words}</span>;
}

/** That no model is connected, and the way to connect one. */
function Off() {
  const admin = useSession().data?.account?.is_admin ?? false;
  return (
    <div className="mb-4">
      <Notice>
        <span className="min-w-0 flex-1">{t("chat.off")}</span>
        {admin && <ButtonLink to={routes.settings("model")}>{t("chat.off_admin")}</ButtonLink>}
      </Notice>
    </div>
  );
}

function Conversations({ chosen }: { chosen: string }) {
  const { data } = useConversations();
  const remove = useRemoveConversation();
  const mayEdit = useMayEdit();
  const go = useNavigate();
  return (
    <nav aria-label={t("chat.conversations")} className="flex flex-col gap-2">
      <ButtonLink icon="plus" to={routes.coachChat()}>
        {t("chat.new")}
      </ButtonLink>
      <ul className="flex flex-col max-md:max-h-40 max-md:overflow-y-auto">
        {data?.map(({ id, title }) => (
          <li key={id} className="flex items-center">
            <Link
              to={routes.coachChat(id)}
              aria-current={id === chosen ? "page" : undefined}
              className={classes(
                "touch min-w-0 flex-1 truncate rounded-lg px-2 py-1.5 text-sm hover:bg-sunken",
                "aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium",
              )}
            >
              {title}
            </Link>
            {mayEdit && id === chosen && (
              <IconButton
                name={t("chat.remove")}
                icon="trash"
                onClick={() => {
                  remove.mutate(id, {
                    onSuccess: () => {
                      say(t("chat.removed"));
                      void go(routes.coachChat());
                    },
                    onError: (error) => {
                      sayError(reason(error));
                    },
                  });
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

const NOT_YET: Pending = { question: "", parts: "", tools: [] };

/** One conversation: its messages, the answer that is being written, and the field for the next question. */
function Talk({ conversation }: { conversation: string }) {
  const mayEdit = useMayEdit();
  const { data, error, refetch } = useConversation(conversation);
  const ask = useAsk();
  const go = useNavigate();
  const [pending, setPending] = useState<Pending | null>(null);
  const stop = useRef<AbortController | null>(null);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [data, pending]);
  useEffect(() => () => stop.current?.abort(), []);
  const send = (text: string): void => {
    const control = new AbortController();
    stop.current = control;
    setPending({ ...NOT_YET, question: text });
    let made = conversation;
    const on = (event: ChatEvent): void => {
      if ("part" in event) setPending((now) => now && { ...now, parts: now.parts + event.part });
      else if ("tool" in event) setPending((now) => now && { ...now, tools: withTool(now.tools, event.tool) });
      else if ("answer" in event) made = event.answer.conversation;
      else if ("error" in event) sayError(event.error);
    };
    ask.mutateAsync({ text, conversation: conversation || null, on, signal: control.signal }).then(
      async () => {
        if (made !== conversation) void go(routes.coachChat(made));
        else await refetch();
        setPending(null);
      },
      async (problem: unknown) => {
        if (!control.signal.aborted) sayError(reason(problem));
        if (conversation !== "") await refetch();
        setPending(null);
      },
    );
  };
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  const messages = data?.messages ?? [];
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {messages.length === 0 && pending === null && (
        <div className="card">
          <Empty icon="target" title={t("chat.none")} hint={t("chat.none_hint")} />
        </div>
      )}
      <ol className="flex flex-col gap-4" aria-label={t("chat.messages")}>
        {messages.map((message, at) => (
          <Message
            key={message.id}
            message={message}
            onAgreed={() => {
              const question = messages[at - 1];
              if (question) send(question.text);
            }}
          />
        ))}
        {pending && <Answering pending={pending} />}
      </ol>
      <div ref={end} />
      {mayEdit && (
        <Composer busy={pending !== null} onSend={send}>
          {pending && (
            <Button
              onClick={() => {
                stop.current?.abort();
              }}
            >
              {t("chat.stop")}
            </Button>
          )}
        </Composer>
      )}
    </div>
  );
}

const withTool = (tools: ToolUse[], tool: ToolUse): ToolUse[] => [...tools, tool];
