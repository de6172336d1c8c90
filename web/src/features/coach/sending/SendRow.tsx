import type { SessionToSend } from "@/api/coach/sending";
import { usePreferences } from "@/api/session";
import { sportLook } from "@/lib/activity/sports";
import { day as dayWords, instant } from "@/lib/dates";
import { span } from "@/lib/units";
import { Icon } from "@/ui/pictures/Icon";
import { t } from "@/features/coach/text";
import { sportOf } from "@/features/coach/words";

type Picture = NonNullable<SessionToSend["after"]>;

/** A session beside a provider: what is there, what the plan says, and what sending does. */
export function SendRow({ item, name }: { item: SessionToSend; name: string }) {
  const wish = usePreferences();
  const picture = item.after ?? item.before;
  const { icon, colour } = sportLook(sportOf(picture?.sport ?? "other"));
  const before = item.before && item.state !== "same" ? lines(item.before) : [];
  const after = item.after ? lines(item.after) : [];
  const kept = new Set(after.filter((line) => before.includes(line)));
  function lines({ date, minutes, text }: Picture): string[] {
    return [`${dayWords(date, wish, "short")}, ${span(60 * minutes)}`, text].filter(Boolean);
  }
  return (
    <li data-send={item.state} className="flex flex-col gap-1 px-4 py-3">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span data-tone={colour} className="self-center text-(--tone)">
          <Icon name={icon} size={18} />
        </span>
        <span className="min-w-0 font-medium">{picture?.title}</span>
        <span className="text-sm text-ink-2">{name}</span>
        <span className="ml-auto text-sm font-medium">{stateWords(item)}</span>
      </p>
      {before.map((line) => (
        <p key={line} className={`text-sm text-ink-2 ${kept.has(line) ? "" : "line-through"}`}>
          {line}
        </p>
      ))}
      {after
        .filter((line) => !kept.has(line))
        .map((line) => (
          <p key={line} className="text-sm">
            {line}
          </p>
        ))}
      {item.state === "same" && item.sent !== null && (
        <p className="text-sm text-ink-2">{t("send.since", { day: instant(item.sent, wish) })}</p>
      )}
      {(item.note ?? item.reason) !== null && <p className="text-sm text-warn">{item.note ?? item.reason}</p>}
    </li>
  );
}

/** What becomes of a session there. */
export function stateWords({ state, proposal_state: proposal }: SessionToSend): string {
  if (proposal === "approved") return t("send.state_going");
  return {
    new: t("send.state_new"),
    moved: t("send.state_moved"),
    changed: t("send.state_changed"),
    removed: t("send.state_removed"),
    same: t("send.state_same"),
    unsendable: t("send.state_unsendable"),
  }[state];
}
