import { classes } from "@/lib/classes";
import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { say } from "@/ui/layout/Toasts";

/** A text for another program, to copy. */
export function Copied({ text, id }: { text: string; id?: string }) {
  return (
    <div className="mt-3 flex flex-wrap items-start gap-3">
      <pre
        data-testid={id}
        className={classes(
          "min-w-0 flex-1 rounded-md bg-sunken px-3 py-2 font-mono text-sm select-all",
          "wrap-anywhere whitespace-pre-wrap",
        )}
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
