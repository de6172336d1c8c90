import { instant, soon } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { many, t } from "@/lib/text";
import { decimal, span } from "@/lib/units";

/** What is told of a run; `left` counts what this run still has before it. */
interface RunDetails {
  state: string;
  requests: number;
  fetched: number;
  empty: number;
  failed: number;
  left: number | null;
  ended_ms: number | null;
  note: string | null;
}

/** What the state of a connection is told from. */
export interface ConnectionDetails {
  state: string;
  reason: string | null;
  retry_at_ms: number | null;
  question: { text: string } | null;
  schedule: string | null;
  next_ms: number | null;
  good_ms: number | null;
  run: RunDetails | null;
  last: RunDetails | null;
  backlog: { wanted: number; eta_s: number | null };
}

export type Tone = "calm" | "busy" | "good" | "warn" | "bad";

export interface StateWords {
  icon: string;
  tone: Tone;
  text: string;
}

/** Say in one sentence how a connection is. */
export function stateWords(details: ConnectionDetails, wish: Preferences, now = new Date()): StateWords {
  const why = details.reason;
  switch (details.state) {
    case "running":
      return {
        icon: "sync",
        tone: "busy",
        text: t(details.run?.state === "waiting" ? "connections.state_waiting" : "connections.state_running"),
      };
    case "backed_off":
      return { icon: "clock", tone: "warn", text: restWords(details.retry_at_ms, why, wish, now) };
    case "question":
      return {
        icon: "question",
        tone: "warn",
        text: t("connections.state_question", { question: details.question?.text ?? "" }),
      };
    case "sign_in":
      return { icon: "key", tone: "bad", text: why ?? t("connections.state_sign_in") };
    case "paused":
      return { icon: "pause", tone: "calm", text: t("connections.state_paused") };
    default:
      return readyWords(details);
  }
}

function restWords(until: number | null, why: string | null, wish: Preferences, now: Date): string {
  if (until === null) return why === null ? t("connections.state_rests") : t("connections.state_rests_why", { why });
  const when = soon(until, wish, now);
  return why === null ? t("connections.state_resting", { when }) : t("connections.state_resting_why", { when, why });
}

function readyWords({ last, reason, backlog, good_ms }: ConnectionDetails): StateWords {
  if (last?.state === "failed") {
    const why = reason ?? last.note;
    return {
      icon: "alert",
      tone: "bad",
      text: why === null ? t("connections.state_failed") : t("connections.state_failed_why", { why }),
    };
  }
  if (backlog.wanted > 0) return { icon: "clock", tone: "calm", text: many("connections.state_left", backlog.wanted) };
  if (good_ms === null) return { icon: "check", tone: "good", text: t("connections.state_fresh") };
  return { icon: "check", tone: "good", text: t("connections.state_ready") };
}

/** Say a length of time as one says it of waits: `under a minute`, `12 min`, `3 h 20 min`, `4 days`. */
export function roughly(seconds: number): string {
  if (seconds < 60) return t("connections.soon");
  if (seconds < 48 * 3600) return span(seconds);
  return many("connections.days_long", Math.round(seconds / 86_400));
}

/** How far a run is: what it fetched, asked, has left, and how long that takes. */
export function runWords(run: RunDetails, eta: number | null): string[] {
  return [
    t("connections.fetched", { count: decimal(run.fetched) }),
    many("connections.requests", run.requests, decimal(run.requests)),
    ...(run.failed > 0 ? [t("connections.failed_count", { count: decimal(run.failed) })] : []),
    ...(run.left === null ? [] : [t("connections.left", { count: decimal(run.left) })]),
    ...(eta === null || run.left === 0 ? [] : [t("connections.eta", { time: roughly(eta) })]),
  ];
}

/** When the last run ended and how. */
export function lastWords(last: RunDetails | null, wish: Preferences): string {
  if (last?.ended_ms === null || last === null) return t("connections.last_none");
  const when = instant(last.ended_ms, wish);
  if (last.state === "stopped") return t("connections.last_stopped", { when });
  return last.state === "failed" ? t("connections.last_failed", { when }) : when;
}

/** When the next run begins, or what it waits for. */
export function nextWords(details: ConnectionDetails, wish: Preferences, now = new Date()): string {
  switch (details.state) {
    case "paused":
      return t("connections.next_paused");
    case "sign_in":
    case "question":
      return t("connections.next_sign_in");
    case "running":
      return t("connections.next_now");
  }
  if (details.next_ms !== null)
    return details.next_ms <= now.getTime() ? t("connections.next_soon") : soon(details.next_ms, wish, now);
  return t(details.schedule === null ? "connections.next_hand" : "connections.next_soon");
}
