import { useState } from "react";

import { useSinkKinds, useSinks, type SinkKind } from "@/api/sinks";
import { Part } from "@/pages/settings/Part";
import { t } from "@/pages/settings/text";
import { Button } from "@/ui/controls/Button";
import { Failure, Waiting } from "@/ui/layout/States";
import { NewSink } from "./NewSink";
import { SinkCard } from "./SinkCard";

/** Where the athlete's days are sent on to, each with its state, and what else they can be sent to. */
export function SinksPart() {
  const sinks = useSinks();
  const kinds = useSinkKinds();
  const [adding, setAdding] = useState<SinkKind | null>(null);
  const error = sinks.error ?? kinds.error;
  return (
    <Part title={t("settings.sinks")} lead={t("sinks.lead")}>
      {error && !(sinks.data && kinds.data) ? (
        <Failure
          error={error}
          retry={() => {
            void sinks.refetch();
            void kinds.refetch();
          }}
        />
      ) : !sinks.data || !kinds.data ? (
        <Waiting>
          <div className="skeleton h-40" />
        </Waiting>
      ) : (
        <>
          {sinks.data.length === 0 && <p className="text-sm text-ink-2">{t("sinks.none")}</p>}
          <ul className="flex flex-col gap-4">
            {sinks.data.map((sink) => (
              <li key={sink.id}>
                <SinkCard sink={sink} kind={kinds.data.find(({ key }) => key === sink.sink)} />
              </li>
            ))}
          </ul>
          <h3 className="mt-6 mb-2 text-sm font-semibold text-ink-2">{t("sinks.add")}</h3>
          <div className="flex flex-wrap gap-2">
            {kinds.data.map((kind) => (
              <Button
                key={kind.key}
                icon="plus"
                aria-label={t("sinks.add_to", { name: kind.name })}
                onClick={() => {
                  setAdding(kind);
                }}
              >
                {kind.name}
              </Button>
            ))}
          </div>
        </>
      )}
      {adding && (
        <NewSink
          kind={adding}
          onClose={() => {
            setAdding(null);
          }}
        />
      )}
    </Part>
  );
}
