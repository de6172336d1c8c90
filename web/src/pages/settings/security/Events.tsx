import { ALL, useSecurityEvents, type SecurityEvent, type Which, type Whose } from "@/api/people/securityEvents";
import { usePreferences } from "@/api/session";
import { instant } from "@/lib/dates";
import { Button } from "@/ui/controls/Button";
import { Failure, Waiting } from "@/ui/layout/States";
import { many, t } from "./text";
import { details, KINDS } from "./words";

/** Events of the security log, the newest first; more on demand. */
export function Events({ whose, which = ALL }: { whose: Whose; which?: Which }) {
  const found = useSecurityEvents(whose, which);
  const items = found.data?.pages.flatMap((page) => page.items);
  if (found.isError && !items) return <Failure error={found.error} retry={() => void found.refetch()} />;
  if (!items)
    return (
      <Waiting>
        <div className="skeleton h-40" />
      </Waiting>
    );
  const none = which.kind === null && which.account === null ? "happened.none" : "happened.none_such";
  return (
    <>
      {items.length === 0 && <p className="text-sm text-ink-2">{t(none)}</p>}
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {items.map((event) => (
          <Row key={event.id} event={event} server={whose === "server"} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button className="mt-4" busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("happened.more")}
        </Button>
      )}
    </>
  );
}

function Row({ event, server }: { event: SecurityEvent; server: boolean }) {
  const wish = usePreferences();
  const times = event.count > 1 ? [many("happened.times", event.count)] : [];
  return (
    <li className="flex flex-wrap justify-between gap-x-4 py-2.5" data-event={event.kind}>
      <span className="min-w-0 flex-1 basis-60">
        <span className="block font-medium">{t(KINDS[event.kind])}</span>
        <span className="block text-sm break-words text-ink-2">
          {[...times, ...details(event, server)].join(" · ")}
        </span>
      </span>
      <time dateTime={event.at} className="label">
        {instant(event.at, wish)}
      </time>
    </li>
  );
}
