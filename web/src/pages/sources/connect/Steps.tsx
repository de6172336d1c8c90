import type { AuthMethod } from "@/api/types";
import { t } from "@/pages/sources/text";
import { Button } from "@/ui/controls/Button";
import { Disclosure } from "@/ui/controls/Disclosure";
import { say } from "@/ui/layout/Toasts";
import { Linked } from "@/features/Fields";

/** What a person does at the provider before they sign in, step by step, with what they copy from here. */
export function Steps({ steps, folded }: { steps: AuthMethod["steps"]; folded: boolean }) {
  const list = (
    <ol className="flex list-decimal flex-col gap-3 pl-5 text-sm">
      {steps.map((step) => (
        <li key={step.text}>
          <Linked text={step.text} />
          {step.copy !== "" && <Copied text={step.copy} />}
        </li>
      ))}
    </ol>
  );
  return folded ? <Disclosure title={t("connect.steps")}>{list}</Disclosure> : list;
}

function Copied({ text }: { text: string }) {
  const copy = (): void => {
    void navigator.clipboard.writeText(text).then(() => {
      say(t("app.copied"));
    });
  };
  return (
    <div className="mt-1 flex items-start gap-2">
      <code className="min-w-0 flex-1 rounded bg-sunken p-2 text-xs break-all whitespace-pre-wrap select-all">
        {text}
      </code>
      <Button kind="quiet" onClick={copy}>
        {t("app.copy")}
      </Button>
    </div>
  );
}
