import type { ReactNode } from "react";

import { t } from "@/lib/text";
import { useTitle } from "@/ui/layout/Page";
import { Mark } from "@/ui/pictures/Icon";

/** The door: one quiet card in the middle of the page. */
export function Entry({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  useTitle(title);
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <p className="mb-6 flex items-center justify-center gap-3 text-lg font-semibold tracking-tight">
          <Mark size={36} />
          {t("app.name")}
        </p>
        <div className="card p-6 md:p-7">
          <h1 className="text-xl font-semibold">{title}</h1>
          <p className="mt-1 mb-5 text-ink-2">{lead}</p>
          {children}
        </div>
      </div>
    </main>
  );
}
