import { useEffect, type ReactNode } from "react";

import { t } from "@/lib/text";

/** Name the page in the window's title. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? t("app.name") : t("app.title", { page: title });
  }, [title]);
}

/** A page: its title, what can be done on it, and its content. */
export function Page({
  title,
  actions,
  children,
  narrow = false,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
  narrow?: boolean;
}) {
  useTitle(title);
  return (
    <div className="mx-auto w-full max-w-[84rem] px-4 pt-5 pb-24 md:px-8 md:pt-7 md:pb-12">
      <header className="mb-4 flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="text-xl font-semibold">{title}</h1>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      <div className={narrow ? "max-w-4xl" : ""}>{children}</div>
    </div>
  );
}

/** A part of a page under its own heading. */
export function Section({
  title,
  actions,
  children,
  id,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
  id?: string;
}) {
  return (
    <section aria-labelledby={id} className="mt-8">
      <header className="mb-2.5 flex min-h-9 flex-wrap items-center justify-between gap-2">
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        {actions}
      </header>
      {children}
    </section>
  );
}
