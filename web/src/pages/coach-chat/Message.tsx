import { Link } from "react-router";

import type { ChatMessage, ToolUse } from "@/api/coach/chat";
import { Agreement } from "@/features/words/Agreement";
import { routes } from "@/lib/routes";
import { Icon } from "@/ui/pictures/Icon";
import { t } from "./text";

/** A question whose answer is being written: what there is so far. */
export interface Pending {
  question: string;
  parts: string;
  tools: ToolUse[];
}

/** A message of a conversation: the athlete's words, or an answer with what it looked up and proposed. */
export function Message({ message, onAgreed }: { message: ChatMessage; onAgreed: () => void }) {
  if (message.author === "athlete") return <Question text={message.text} />;
  return (
    <li data-author={message.author} className="card flex flex-col gap-2 p-4">
      <p className="label">{message.model ?? t("chat.coach")}</p>
      <Tools tools={message.tools} />
      <p className="whitespace-pre-wrap">{message.text}</p>
      {message.state === "interrupted" && <p className="text-sm text-warn">{t("chat.interrupted")}</p>}
      {message.would_send !== null && <Agreement wouldSend={message.would_send} onAgreed={onAgreed} />}
      {message.links.length > 0 && (
        <ul className="flex list-disc flex-col gap-0.5 pl-5 text-sm">
          {message.links.map(({ title, address }) => (
            <li key={address}>
              <Link className="underline" to={address}>
                {title}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {message.proposals.map(({ plan, version }) => (
        <Link key={version} className="font-medium underline" to={`${routes.plan(plan)}?version=${version}`}>
          {t("chat.proposal")}
        </Link>
      ))}
      {message.call !== null && (
        <Link className="text-xs text-ink-3 underline" to={routes.coachCall(String(message.call))}>
          {t("chat.see_call")}
        </Link>
      )}
    </li>
  );
}

/** The answer that is being written. */
export function Answering({ pending }: { pending: Pending }) {
  return (
    <>
      <Question text={pending.question} />
      <li className="card flex flex-col gap-2 p-4" aria-live="polite" data-testid="answering">
        <Tools tools={pending.tools} />
        <p className="whitespace-pre-wrap">
          {pending.parts === "" ? <span className="text-ink-3">{t("chat.thinking")}</span> : pending.parts}
        </p>
      </li>
    </>
  );
}

function Question({ text }: { text: string }) {
  return (
    <li data-author="athlete" className="ml-auto max-w-[85%] rounded-2xl bg-accent-soft px-4 py-2">
      <span className="sr-only">{`${t("chat.you")}: `}</span>
      <p className="whitespace-pre-wrap">{text}</p>
    </li>
  );
}

/** The tools that were asked for an answer. */
function Tools({ tools }: { tools: ToolUse[] }) {
  if (tools.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1.5 text-xs text-ink-2">
      {tools.map(({ tool, ok }, at) => (
        <li key={`${tool} ${String(at)}`} className="flex items-center gap-1 rounded-full bg-sunken px-2 py-0.5">
          <Icon name={ok ? "check" : "alert"} size={12} />
          {t(ok ? "chat.tool" : "chat.tool_failed", { tool: tool.replaceAll("_", " ") })}
        </li>
      ))}
    </ul>
  );
}
