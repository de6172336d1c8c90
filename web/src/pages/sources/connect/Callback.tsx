import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";

import { reason } from "@/api/client";
import { useAnswer, useSources } from "@/api/sources/sources";
import type { Connection } from "@/api/types";
import { routes } from "@/lib/routes";
import { t } from "@/pages/sources/text";
import { ButtonLink } from "@/ui/controls/Button";
import { useTitle } from "@/ui/layout/Page";
import { Empty, Failure, Notice, Waiting } from "@/ui/layout/States";
import { say } from "@/ui/layout/Toasts";

/** What a source asks for that sends people away and back: the address they came back to. */
const BACK = "redirect";

/** Where a browser comes back to from a provider: the address is the answer to the question that is open there. */
export function Callback() {
  useTitle(t("callback.title"));
  const { data, error, refetch } = useSources();
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <Waiting>
        <div className="skeleton m-8 h-24" />
      </Waiting>
    );
  const asking = data.items.filter(({ question }) => question?.fields.some(({ key }) => key === BACK));
  const one = asking.at(-1);
  if (!one)
    return (
      <Empty page icon="sources" title={t("callback.nothing")} hint={t("callback.nothing_hint")}>
        <ButtonLink to={routes.sources} kind="primary">
          {t("connections.back")}
        </ButtonLink>
      </Empty>
    );
  return <Answering connection={one} />;
}

function Answering({ connection }: { connection: Connection }) {
  const { mutateAsync, isError, error } = useAnswer();
  const navigate = useNavigate();
  const sent = useRef(false);
  const { id, name } = connection;
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    // The question is gone once it is answered, and this with it; what comes after it outlives both.
    mutateAsync({ id, answers: { [BACK]: window.location.href } }).then(
      () => {
        say(t("connect.done", { name }));
        void navigate(routes.sources, { replace: true });
      },
      () => {
        /* isError shows it */
      },
    );
  }, [id, name, mutateAsync, navigate]);
  return (
    <section className="mx-auto max-w-xl p-6">
      <h1 className="text-xl font-semibold">{t("callback.title")}</h1>
      {isError ? (
        <div role="alert" className="mt-4">
          <Notice tone="bad">{reason(error)}</Notice>
          <ButtonLink className="mt-4" to={routes.sources} kind="primary">
            {t("connections.back")}
          </ButtonLink>
        </div>
      ) : (
        <p role="status" className="mt-4 text-ink-2">
          {t("connect.patience")}
        </p>
      )}
    </section>
  );
}
