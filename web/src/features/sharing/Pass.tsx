import { reason } from "@/api/client";
import { Button } from "@/ui/controls/Button";
import { say, sayError } from "@/ui/layout/Toasts";
import { send } from "./send";
import { t } from "./text";

/** Hands a link on: copied, or by what the device has for that. */
export function Pass({ path, name }: { path: string; name: string | null }) {
  const url = location.origin + path;
  const copy = (): void => {
    void navigator.clipboard.writeText(url).then(
      () => {
        say(t("app.copied"));
      },
      (error: unknown) => {
        sayError(reason(error));
      },
    );
  };
  const sent = { url, ...(name === null ? {} : { title: name }) };
  return (
    <>
      <Button icon="file" onClick={copy}>
        {t("share.copy")}
      </Button>
      {"share" in navigator && (
        <Button
          icon="out"
          onClick={() => {
            send(sent);
          }}
        >
          {t("share.send")}
        </Button>
      )}
    </>
  );
}
