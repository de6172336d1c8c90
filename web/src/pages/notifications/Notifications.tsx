import { useEffect } from "react";
import { Link } from "react-router";

import { reason } from "@/api/client";
import { useDeleteNotice, useNotices, useNoticesAgain, useSeeNotices } from "@/api/notices/notices";
import { usePreferences } from "@/api/session";
import type { NoticeItem } from "@/api/types";
import { instant } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { IconButton } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { Empty, Failure, Waiting } from "@/ui/layout/States";
import { sayError } from "@/ui/layout/Toasts";
import { t } from "./text";

/** What the server had to tell; to open it is to have seen it. */
export function Notifications({ onClose }: { onClose: () => void }) {
  const notices = useNotices();
  const { mutate: see } = useSeeNotices();
  const again = useNoticesAgain();
  const close = (): void => {
    again();
    onClose();
  };
  const unseen = (notices.data?.unseen ?? 0) > 0;
  useEffect(() => {
    if (unseen) see();
  }, [unseen, see]);
  return (
    <Dialog title={t("notifications.title")} onClose={close}>
      {notices.isPending && (
        <Waiting>
          <div className="skeleton h-32" />
        </Waiting>
      )}
      {notices.isError && !notices.data && <Failure error={notices.error} retry={() => void notices.refetch()} />}
      {notices.data?.items.length === 0 && (
        <Empty icon="bell" title={t("notifications.none")} hint={t("notifications.none_hint")} />
      )}
      <ul className="-my-2 divide-y divide-line empty:hidden">
        {notices.data?.items.map((item) => (
          <li key={item.id}>
            <One item={item} onLeave={close} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function One({ item, onLeave }: { item: NoticeItem; onLeave: () => void }) {
  const wish = usePreferences();
  const remove = useDeleteNotice();
  const target = item.connection === null ? item.page : routes.source(item.connection);
  return (
    <div className="flex items-start gap-2 py-2.5" data-notice={item.code}>
      <div className="min-w-0 flex-1">
        <p className={item.seen ? "" : "font-medium"}>{item.text}</p>
        <p className="label flex flex-wrap items-center gap-x-2">
          {!item.seen && (
            <span className="rounded-full bg-accent-soft px-2 font-medium text-accent">{t("notifications.new")}</span>
          )}
          <time dateTime={new Date(item.at_ms).toISOString()}>{instant(item.at_ms, wish)}</time>
          {target !== null && (
            <Link to={target} onClick={onLeave} className="text-accent underline underline-offset-4">
              {t(item.connection === null ? "notifications.show" : "notifications.source")}
            </Link>
          )}
        </p>
      </div>
      <IconButton
        name={t("notifications.delete")}
        icon="trash"
        disabled={remove.isPending}
        onClick={() => {
          remove.mutate(item.id, {
            onError: (error) => {
              sayError(reason(error));
            },
          });
        }}
      />
    </div>
  );
}
