import { useMemo, useState, type FormEvent } from "react";

import { reason } from "@/api/client";
import { useHealthKinds } from "@/api/health";
import { useAthlete } from "@/api/session";
import { useAddSink, type SinkKind } from "@/api/sinks";
import { Fields } from "@/features/Fields";
import { sentKinds } from "@/lib/health/sent";
import { answersOf, wrongIn, type Answers } from "@/lib/sources/answers";
import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { TextField } from "@/ui/controls/Field";
import { Notice } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";
import { fieldsOf, saidIn } from "./form";
import { KindChecks } from "./KindChecks";

/** A sink that is added: its settings as it describes them, and what is sent. */
export function NewSink({ kind, onClose }: { kind: SinkKind; onClose: () => void }) {
  const add = useAddSink();
  const athlete = useAthlete();
  const measured = useHealthKinds().data;
  const kinds = useMemo(() => measured?.filter(({ derived }) => !derived) ?? [], [measured]);
  const fields = useMemo(() => fieldsOf(kind), [kind]);
  const [answers, setAnswers] = useState<Answers>(() => answersOf(fields));
  const [user, setUser] = useState("");
  const [picked, setPicked] = useState<ReadonlySet<string> | null>(null);
  const [tried, setTried] = useState(false);
  const chosen = picked ?? new Set(kinds.flatMap((one) => (one.private ? [] : [one.key])));
  const wrong = wrongIn(fields, answers);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(wrong).length > 0) return;
    const label = user.trim();
    add.mutate(
      {
        sink: kind.key,
        ...saidIn(fields, answers),
        kinds: sentKinds(chosen, kinds, []),
        ...(label !== "" && { user: label }),
      },
      {
        onSuccess: ({ token }) => {
          say(t("sinks.added", { name: kind.name }));
          if (token === null) onClose();
        },
      },
    );
  };
  if (add.data?.token) return <Token name={kind.name} token={add.data.token} onClose={onClose} />;
  return (
    <Dialog title={t("sinks.new", { name: kind.name })} onClose={onClose} wide>
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        {fields.length === 0 && <p className="text-sm text-ink-2">{t("sinks.fetched_hint")}</p>}
        <div className="grid gap-4 md:grid-cols-2">
          <Fields fields={fields} answers={answers} wrong={tried ? wrong : {}} onChange={setAnswers} />
          <TextField
            label={t("sinks.user")}
            hint={t("sinks.user_hint")}
            optional
            placeholder={athlete?.name ?? ""}
            value={user}
            maxLength={100}
            onChange={(event) => {
              setUser(event.target.value);
            }}
          />
        </div>
        <KindChecks kinds={kinds} chosen={chosen} onChange={setPicked} />
        {add.isError && (
          <div role="alert">
            <Notice tone="bad">{reason(add.error)}</Notice>
          </div>
        )}
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" kind="primary" busy={add.isPending}>
            {t("sinks.add_this")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The token of a sink that is fetched from, shown once, with what the other side needs to know. */
function Token({ name, token, onClose }: { name: string; token: string; onClose: () => void }) {
  const lines = [
    "- job_name: homestretch-health",
    "  metrics_path: /metrics/health",
    `  scheme: ${location.protocol.replace(":", "")}`,
    "  authorization:",
    `    credentials: ${token}`,
    "  static_configs:",
    `    - targets: ["${location.host}"]`,
  ].join("\n");
  return (
    <Dialog title={t("sinks.token", { name })} onClose={onClose} wide>
      <div className="flex flex-col gap-4" role="status">
        <Notice>{t("sinks.token_hint")}</Notice>
        <code data-testid="sink-token" className="rounded-md bg-sunken px-3 py-2 font-mono break-all select-all">
          {token}
        </code>
        <div>
          <h3 className="mb-1 text-sm font-medium text-ink-2">{t("sinks.scrape")}</h3>
          <pre tabIndex={0} className="overflow-x-auto rounded-md bg-sunken px-3 py-2 text-xs select-all">
            {lines}
          </pre>
        </div>
        <div className="flex justify-end gap-2">
          <Button
            onClick={() =>
              void navigator.clipboard.writeText(lines).then(() => {
                say(t("app.copied"));
              })
            }
          >
            {t("app.copy")}
          </Button>
          <Button kind="primary" onClick={onClose}>
            {t("app.close")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
