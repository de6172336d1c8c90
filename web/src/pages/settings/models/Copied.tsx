import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { say } from "@/ui/layout/Toasts";

/** A text for another program, to copy. */
export function Copied({ text, id }: { text: string; id?: string }) {
  return (
    <div className="mt-3 flex flex-wrap items-start gap-3">
      <pre
        data-testid={id}
        className="min-w-0 flex-1 rounded-md whitespace-pre-wrap wrap-anywhere bg-sunken px-3 py-2 font-mono text-sm select-all"
      >
        {text}
      </pre>
      <Button
        onClick={() =>
          void navigator.clipboard.writeText(text).then(() => {
            say(t("app.copied"));
          })
        }
      >
        {t("app.copy")}
      </Button>
    </div>
  );
}
