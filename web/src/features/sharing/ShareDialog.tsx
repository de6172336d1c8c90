import type { ReactNode } from "react";

import { useMakeShare, useShareDefaults, useShares } from "@/api/activities/sharing";
import { reason } from "@/api/client";
import type { Aspect, Shares, Subject } from "@/api/types";
import { Dialog } from "@/ui/controls/Dialog";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { LinkForm } from "./LinkForm";
import { LinkRow } from "./Links";
import { t } from "./text";

/** Shares something by a link: what it shows, for how long, and the links that there are; `children` choose what. */
export function ShareDialog({
  subject,
  children,
  onClose,
}: {
  subject: Subject;
  children?: ReactNode;
  onClose: () => void;
}) {
  const shares = useShares(subject);
  return (
    <Dialog title={t("share.title")} onClose={onClose} wide>
      <p className="mb-4 max-w-prose text-sm text-ink-2">{t("share.lead")}</p>
      {children}
      {shares.isPending && (
        <Waiting>
          <div className="skeleton h-96" />
        </Waiting>
      )}
      {shares.isError && <Failure error={shares.error} retry={() => void shares.refetch()} />}
      {shares.data && !shares.data.on && <Notice tone="warn">{t("share.off")}</Notice>}
      {shares.data?.on && <Maker subject={subject} usual={shares.data.hidden} />}
      {shares.data && <Made shares={shares.data} />}
    </Dialog>
  );
}

function Made({ shares: { items, on } }: { shares: Shares }) {
  return (
    <section className="mt-6">
      <h3 className="font-semibold">{t("share.links")}</h3>
      {items.length === 0 && <p className="mt-1 text-sm text-ink-2">{t("share.none")}</p>}
      <ul className="mt-2 divide-y divide-line border-t border-line empty:hidden">
        {items.map((share) => (
          <li key={share.id} data-share={share.id}>
            <LinkRow share={share} on={on} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Maker({ subject, usual }: { subject: Subject; usual: Aspect[] }) {
  const make = useMakeShare(subject);
  const remember = useShareDefaults();
  const failed = (error: unknown): void => {
    sayError(reason(error));
  };
  return (
    <LinkForm
      // A new form for the next link: it shows no password that was given to the last one.
      key={make.data?.id ?? ""}
      subject={subject}
      usual={usual}
      busy={make.isPending}
      onChoose={({ hidden, days = null, password = null, remember: keeps }) => {
        if (keeps) remember.mutate(hidden, { onError: failed });
        make.mutate(
          { hidden, days, password },
          {
            onSuccess: () => {
              say(t("share.made"));
            },
            onError: failed,
          },
        );
      }}
    />
  );
}
