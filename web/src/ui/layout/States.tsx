import type { ReactNode } from "react";

import { reason, Unreachable } from "@/api/client";
import { t } from "@/lib/text";
import { Button } from "@/ui/controls/Button";
import { Icon } from "@/ui/pictures/Icon";

/** A page or part with nothing to show: what that means, and what to do. */
export function Empty({
  icon,
  title,
  hint,
  children,
  page = false,
}: {
  icon: string;
  title: string;
  /** Whether it stands for the whole page, and so holds its main heading. */
  page?: boolean;
  hint?: string;
  children?: ReactNode;
}) {
  const Heading = page ? "h1" : "h2";
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-16 text-center">
      <span className="grid size-14 place-items-center rounded-full bg-accent-soft text-accent">
        <Icon name={icon} size={28} />
      </span>
      <Heading className="text-lg font-semibold">{title}</Heading>
      {hint !== undefined && <p className="max-w-md text-ink-2">{hint}</p>}
      {children !== undefined && <div className="mt-2 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}

/** What could not be loaded, in plain words, with another try. */
export function Failure({ error, retry }: { error: unknown; retry: () => void }) {
  const away = error instanceof Unreachable;
  return (
    <div role="alert">
      <Empty icon={away ? "offline" : "alert"} title={reason(error)} {...(away && { hint: t("app.unreachable_hint") })}>
        <Button kind="primary" onClick={retry}>
          {t("app.retry")}
        </Button>
      </Empty>
    </div>
  );
}

/** Grey shapes of what is about to be there; said once to those who hear the page. */
export function Waiting({ children }: { children: ReactNode }) {
  return (
    <div role="status" aria-label={t("app.loading")}>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}

/** A note in the flow of a page. */
export function Notice({ tone = "info", children }: { tone?: "info" | "warn" | "bad"; children: ReactNode }) {
  const looks = {
    info: "bg-accent-soft text-ink",
    warn: "bg-warn-soft text-ink",
    bad: "bg-danger-soft text-ink",
  }[tone];
  return (
    <div className={`flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg px-4 py-2.5 text-sm ${looks}`}>
      <Icon
        name={tone === "info" ? "info" : "alert"}
        size={18}
        className={{ info: "text-accent", warn: "text-warn", bad: "text-danger" }[tone]}
      />
      {children}
    </div>
  );
}
