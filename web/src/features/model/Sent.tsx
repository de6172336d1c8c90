import { classes } from "@/lib/classes";
import { Disclosure } from "@/ui/controls/Disclosure";
import { t } from "./text";
import { messagesOf, readable, roleWords } from "./words";

/** What was sent to a model: each message readable, and the whole request to the letter. */
export function Sent({ sent }: { sent: string }) {
  const messages = messagesOf(sent);
  if (messages.length === 0) return <Written label={t("model.user")} text={sent} />;
  return (
    <div className="flex flex-col gap-2">
      {messages.map(({ role, content }, at) => (
        <div key={at}>
          <p className="label mb-1">{roleWords(role)}</p>
          <Written label={roleWords(role)} text={readable(content)} prose={role === "system"} />
        </div>
      ))}
      <Disclosure title={t("model.request")}>
        <Written label={t("model.request")} text={sent} />
      </Disclosure>
    </div>
  );
}

/** A text to the letter, in the letters of JSON or, as `prose`, of the page; a long one scrolls, by keyboard too. */
export function Written({ label, text, prose = false }: { label: string; text: string; prose?: boolean }) {
  return (
    <pre
      role="region"
      aria-label={label}
      tabIndex={0}
      className={classes(
        "max-h-96 overflow-auto rounded-lg bg-sunken px-3 py-2 break-words whitespace-pre-wrap",
        prose ? "font-sans text-sm" : "text-xs",
      )}
    >
      {text}
    </pre>
  );
}
