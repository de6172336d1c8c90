import type { ReactNode } from "react";

import { t } from "@/lib/text";
import { Button } from "@/ui/controls/Button";
import { Dialog } from "@/ui/controls/Dialog";
import { say } from "@/ui/layout/Toasts";

/** The numbers of a chart in rows, to be heard, read off, and pasted elsewhere. */
export function DataDialog({
  title,
  label,
  heads,
  rows,
  onClose,
  children,
}: {
  title: string;
  label: string;
  heads: string[];
  rows: string[][];
  onClose: () => void;
  children?: ReactNode;
}) {
  const copy = (): void => {
    void navigator.clipboard.writeText([heads, ...rows].map((row) => row.join("\t")).join("\n")).then(() => {
      say(t("app.copied"));
    });
  };
  return (
    <Dialog title={title} onClose={onClose} wide={heads.length > 4}>
      <div className="mb-3 flex items-center justify-between gap-2">
        <span>{children}</span>
        <Button onClick={copy}>{t("app.copy")}</Button>
      </div>
      <div
        className="max-h-96 overflow-auto rounded-lg border border-line"
        tabIndex={0}
        role="region"
        aria-label={label}
      >
        <table className="w-full text-right text-sm whitespace-nowrap">
          <thead className="sticky top-0 bg-sunken text-xs text-ink-2">
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col" className="px-3 py-1.5 font-medium">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.join("\t")} className="border-t border-line">
                {row.map((cell, at) => (
                  <td key={heads[at]} className="px-3 py-1">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}
