import { Fragment } from "react";

import { useChangeChannel, type NoticeChannel, type NoticeKind } from "@/api/notices/notices";
import { reason } from "@/api/client";
import { sayError } from "@/ui/layout/Toasts";
import { t } from "./text";

const GROUPS = {
  training: "group.training",
  sources: "group.sources",
  account: "group.account",
  server: "group.server",
} as const;

/** Which kinds of notifications each channel sends. */
export function Grid({ kinds, channels }: { kinds: NoticeKind[]; channels: NoticeChannel[] }) {
  const groups = [...new Set(kinds.map(({ group }) => group))];
  return (
    <section>
      <h3 className="mb-2 font-semibold">{t("notify.kinds")}</h3>
      <div className="-mx-1 overflow-x-auto px-1" tabIndex={0} role="group" aria-label={t("notify.kinds")}>
        <table className="w-full border-collapse text-sm">
          <thead>
            <tr className="text-ink-2">
              <th scope="col" className="py-1 pr-2 text-left font-medium">
                <span className="sr-only">{t("notify.kind")}</span>
              </th>
              {channels.map(({ id, name, place }) => (
                <th key={id} scope="col" title={place} className="max-w-28 px-1 py-1 align-bottom font-medium">
                  <span className="block">{name}</span>
                  <span className="block truncate text-xs font-normal">{place}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <Fragment key={group}>
                <tr>
                  <th
                    scope="colgroup"
                    colSpan={channels.length + 1}
                    className="pt-4 pb-1 text-left text-xs font-semibold text-ink-2"
                  >
                    {t(GROUPS[group])}
                  </th>
                </tr>
                {kinds
                  .filter((kind) => kind.group === group)
                  .map((kind) => (
                    <Row key={kind.key} kind={kind} channels={channels} />
                  ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ kind, channels }: { kind: NoticeKind; channels: NoticeChannel[] }) {
  return (
    <tr className="border-t border-line" data-kind={kind.key}>
      <th scope="row" className="min-w-36 py-1 pr-2 text-left font-normal">
        {kind.title}
        {(kind.urgent || !kind.digestible) && (
          <span className="block text-xs text-ink-2">{t(kind.urgent ? "notify.urgent" : "notify.not_digest")}</span>
        )}
      </th>
      {channels.map((channel) => (
        <td key={channel.id} className="px-1 text-center">
          <Cell kind={kind} channel={channel} />
        </td>
      ))}
    </tr>
  );
}

function Cell({ kind, channel }: { kind: NoticeKind; channel: NoticeChannel }) {
  const change = useChangeChannel();
  const sent = change.isPending ? change.variables.kinds?.[kind.key] === true : channel.kinds.includes(kind.key);
  return (
    <label className="inline-flex size-11 items-center justify-center">
      <input
        type="checkbox"
        className="size-4.5 accent-(--accent)"
        aria-label={t("notify.sends", { kind: kind.title, channel: `${channel.name} ${channel.place}` })}
        checked={sent}
        onChange={({ target }) => {
          change.mutate(
            { id: channel.id, kinds: { [kind.key]: target.checked } },
            {
              onError: (error) => {
                sayError(reason(error));
              },
            },
          );
        }}
      />
    </label>
  );
}
