import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { Today } from "@/api/types";
import { classes } from "@/lib/classes";
import { soon } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { t } from "./text";

/** When each source was synced last, the version, and for administrators how backups are doing. */
export function Footer({ footer }: { footer: Today["footer"] }) {
  const wish = usePreferences();
  const { backup } = footer;
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
      {backup !== null && (
        <Link
          to={routes.settings("backups")}
          className={classes(
            "touch inline-flex items-center underline-offset-4 hover:underline",
            backup.failed && "text-danger",
          )}
        >
          {backup.failed
            ? t("footer.backup_failed")
            : backup.good_ms !== null
              ? t("footer.backed_up", { when: soon(backup.good_ms, wish) })
              : t("footer.no_backup")}
        </Link>
      )}
      <span className="inline-flex items-center">{t("footer.version", { version: footer.version })}</span>
    </p>
  );
}
