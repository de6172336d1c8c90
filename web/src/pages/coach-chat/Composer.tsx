import { useState, type ReactNode } from "react";

import { Button } from "@/ui/controls/Button";
import { TextArea } from "@/ui/controls/Field";
import { t } from "./text";

const MOST = 2000;

/** The field for a question; Enter sends it, Shift and Enter begins a new line. */
export function Composer({
  busy,
  onSend,
  children,
}: {
  busy: boolean;
  onSend: (text: string) => void;
  children: ReactNode;
}) {
  const [text, setText] = useState("");
  const send = (): void => {
    if (busy || text.trim() === "") return;
    onSend(text.trim());
    setText("");
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="flex flex-col gap-2"
    >
      <TextArea
        label={t("chat.question")}
        placeholder={t("chat.example")}
        rows={2}
        maxLength={MOST}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <div className="flex justify-end gap-2">
        {children}
        <Button type="submit" kind="primary" busy={busy} disabled={text.trim() === ""}>
          {t("chat.send")}
        </Button>
      </div>
    </form>
  );
}
