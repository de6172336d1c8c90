import { useParams } from "react-router";

import { useSources } from "@/api/sources/sources";
import type { Connection, SourceDescription } from "@/api/types";
import { routes } from "@/lib/routes";
import { ConnectionCard } from "@/pages/sources/connection/ConnectionCard";
import { Log } from "@/pages/sources/connection/Log";
import { Days } from "@/pages/sources/days/Days";
import { ButtonLink } from "@/ui/controls/Button";
import { useTitle } from "@/ui/layout/Page";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { Title } from "@/ui/layout/Title";
import { t } from "./text";

const FRAME = "mx-auto w-full max-w-[84rem] px-4 pt-4 pb-24 md:px-8 md:pt-6 md:pb-12";

/** One connection: how it is, what is here of every day, and its log. */
export function SourcePage() {
  const { id = "" } = useParams();
  const { data, error, refetch } = useSources();
  const connection = data?.items.find((item) => item.id === id);
  useTitle(connection?.name ?? "");
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <div className={FRAME}>
        <Waiting>
          <div className="skeleton h-8 w-80" />
          <div className="skeleton mt-6 h-80" />
        </Waiting>
      </div>
    );
  if (!connection) {
    return (
      <Empty page icon="sources" title={t("connections.unknown")} hint={t("connections.unknown_hint")}>
        <ButtonLink to={routes.sources} kind="primary">
          {t("connections.back")}
        </ButtonLink>
      </Empty>
    );
  }
  return (
    <article className={FRAME}>
      <Whole connection={connection} kind={data.available.find(({ key }) => key === connection.source)} />
    </article>
  );
}

function Whole({ connection, kind }: { connection: Connection; kind: SourceDescription | undefined }) {
  const { name, label } = connection;
  return (
    <>
      <Title back={t("connections.back")} to={routes.sources} name={name} rename="" onRename={null}>
        {label !== name && (
          <>
            <span>{label}</span>
            <span aria-hidden="true">·</span>
          </>
        )}
        {kind && kind.home !== "" && (
          <a
            href={kind.home}
            target="_blank"
            rel="noopener noreferrer"
            className="underline underline-offset-4 hover:text-ink"
          >
            {t("connections.home", { name })}
          </a>
        )}
      </Title>
      <ConnectionCard connection={connection} kind={kind} whole />
      <Days connection={connection} />
      <Log connection={connection} />
    </>
  );
}
