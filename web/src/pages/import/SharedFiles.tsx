import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";

import { reason } from "@/api/client";
import { importShared } from "@/api/sources/shared";
import { forgetShared, sharedFiles, type Shared } from "@/lib/upload/shared";
import { Button } from "@/ui/controls/Button";
import { sayError } from "@/ui/layout/Toasts";
import { many, t } from "./text";

/**
 * The files that other apps shared with this one, which are imported when that is wished for: a page elsewhere can
 * share some too, without anybody having asked for it.
 */
export function SharedFiles() {
  const [files, setFiles] = useState<Shared[]>([]);
  const [query, setQuery] = useSearchParams();
  const shared = query.get("shared");
  useEffect(() => {
    void sharedFiles().then((found) => {
      setFiles(found);
      if (shared !== null && found.length === 0) sayError(t("import.shared_not"));
      if (shared !== null) setQuery({}, { replace: true });
    });
  }, [shared, setQuery]);
  if (files.length === 0) return null;
  const settle = (what: Promise<void>): void => {
    setFiles([]);
    what.catch((error: unknown) => {
      setFiles(files);
      sayError(reason(error));
    });
  };
  return (
    <section aria-labelledby="shared-files" className="card mb-4 flex flex-col gap-3 p-5">
      <h2 id="shared-files" className="font-semibold">
        {many("import.shared", files.length)}
      </h2>
      <ul className="text-sm text-ink-2">
        {files.map(({ path, kept }) => (
          <li key={kept} className="truncate">
            {path}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button
          kind="primary"
          icon="import"
          onClick={() => {
            settle(importShared(files));
          }}
        >
          {t("import.shared_take")}
        </Button>
        <Button
          onClick={() => {
            settle(forgetShared(files));
          }}
        >
          {t("import.shared_leave")}
        </Button>
      </div>
    </section>
  );
}
