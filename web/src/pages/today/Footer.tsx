import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { Today } from "@/api/types";
import { soon } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { t } from "./text";

/** When each source was synced last, and the version. */
export function Footer({ footer }: { footer: Today["footer"] }) {
  const wish = usePreferences();
  return (
    <p className="mt-5 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-3">
      {footer.sources.map(({ id, name, good_ms: synced }) => (
        <Link
          key={id}
          to={routes.source(id)}
          className="touch inline-flex items-center underline-offset-4 hover:underline"
        >
          {synced === null ? t("footer.never", { name }) : t("footer.synced", { name, when: soon(synced, wish) })}
        </Link>
      ))}
      <span className="inline-flex items-center">{t("footer.version", { version: footer.version })}</span>
    </p>
  );
}
