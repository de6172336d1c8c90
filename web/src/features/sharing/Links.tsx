import { useState } from "react";

import { useRestoreShare, useRevokeShare, useShares } from "@/api/activities/sharing";
import { reason } from "@/api/client";
import { usePreferences } from "@/api/session";
import type { Share } from "@/api/types";
import { day, instant } from "@/lib/dates";
import type { Preferences } from "@/lib/preferences";
import { routes } from "@/lib/routes";
import { inSentence } from "@/lib/text";
import { Button, ButtonLink } from "@/ui/controls/Button";
import { Failure, Notice, Waiting } from "@/ui/layout/States";
import { say, sayError } from "@/ui/layout/Toasts";
import { Link } from "react-router";
import { ASPECTS_OF, NAMES, takenBy } from "./aspects";
import { ChangeDialog } from "./ChangeDialog";
import { isOver } from "./isOver";
import { rangeName } from "./shown/rangeName";
import { Pass } from "./Pass";
import { many, t } from "./text";

/** What something without a name is called. */
const KINDS = { activity: "share.activity", route: "share.route" } as const;

/** Every link of the athlete, each with its activity. */
export function AllLinks() {
  const shares = useShares();
  if (shares.isPending)
    return (
      <Waiting>
        <div className="skeleton h-24" />
      </Waiting>
    );
  if (shares.isError) return <Failure error={shares.error} retry={() => void shares.refetch()} />;
  const { items, on } = shares.data;
  if (items.length === 0)
    return (
      <Notice>
        <span className="flex-1">{t("share.none_at_all")}</span>
        <ButtonLink to={routes.activities}>{t("share.to_activities")}</ButtonLink>
      </Notice>
    );
  return (
    <ul className="divide-y divide-line border-t border-line">
      {items.map((share) => (
        <li key={share.id} data-share={share.id}>
          <LinkRow share={share} on={on} named />
        </li>
      ))}
    </ul>
  );
}

/** A link: what it hides, until when, how often it was opened, and what can be done with it. */
export function LinkRow({ share, on, named = false }: { share: Share; on: boolean; named?: boolean }) {
  const words = useWords(share, on);
  const [revoke, restore] = [useRevokeShare(), useRestoreShare()];
  const [changing, setChanging] = useState(false);
  const failed = (error: unknown): void => {
    sayError(reason(error));
  };
  const back = (): void => {
    restore.mutate(share.id, {
      onSuccess: () => {
        say(t("share.restored"));
      },
      onError: failed,
    });
  };
  const away = (): void => {
    revoke.mutate(share.id, {
      onSuccess: () => {
        say(t("share.revoked"), back);
      },
      onError: failed,
    });
  };
  const opens = on && share.revoked === null && !isOver(share);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5">
      <div className="min-w-48 flex-1">
        {named && <Named share={share} />}
        <p className="text-sm text-ink-2">{words.join(" · ")}</p>
        {share.path === null && <p className="text-sm text-ink-3">{t("share.no_path")}</p>}
      </div>
      <div className="flex flex-wrap gap-2">
        {opens && share.path !== null && <Pass path={share.path} name={share.name} />}
        {share.revoked === null && !share.gone && (
          <Button
            icon="edit"
            onClick={() => {
              setChanging(true);
            }}
          >
            {t("share.change")}
          </Button>
        )}
        {share.revoked === null && (
          <Button kind="danger" busy={revoke.isPending} onClick={away}>
            {t("share.revoke")}
          </Button>
        )}
      </div>
      {changing && (
        <ChangeDialog
          share={share}
          onClose={() => {
            setChanging(false);
          }}
        />
      )}
    </div>
  );
}

function Named({ share }: { share: Share }) {
  const wish = usePreferences();
  if (share.gone) return <p className="font-medium text-ink-3">{t("share.gone")}</p>;
  if (share.kind === "range") return <p className="font-medium">{nameOf(share, wish)}</p>;
  const to = share.kind === "activity" ? routes.activity(share.subject) : routes.plannedRoute(share.subject);
  return (
    <p className="truncate">
      <Link to={to} className="touch font-medium underline-offset-4 hover:underline">
        {nameOf(share, wish)}
      </Link>
      {share.day !== null && <span className="text-sm text-ink-3"> {day(share.day, wish)}</span>}
    </p>
  );
}

/** What a link leads to, in words. */
export function nameOf({ kind, subject, name }: Share, wish: Preferences): string {
  const [first = "", last = ""] = subject.split("..");
  return kind === "range" ? rangeName(first, last, wish) : (name ?? t(KINDS[kind]));
}

/** What is to be said of a link. */
function useWords(share: Share, on: boolean): string[] {
  const wish = usePreferences();
  const hidden = ASPECTS_OF[share.kind].filter(
    (aspect) => share.hidden.includes(aspect) && takenBy(aspect, share.hidden) === null,
  );
  const until = share.until === null ? null : instant(share.until, wish);
  const state =
    share.revoked !== null
      ? t("share.taken_back")
      : until === null
        ? t("share.endless")
        : isOver(share)
          ? t("share.over", { day: until })
          : t("share.open_until", { day: until });
  return [
    state,
    ...(on || share.revoked !== null ? [] : [t("share.off_short")]),
    ...(share.password ? [t("share.has_password")] : []),
    share.opens === 0 ? t("share.never_opened") : many("share.opens", share.opens),
    hidden.length === 0
      ? t("share.shows_all")
      : t("share.hides", { what: hidden.map((aspect) => inSentence(t(NAMES[aspect]))).join(", ") }),
  ];
}
