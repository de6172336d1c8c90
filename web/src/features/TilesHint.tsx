import { useState } from "react";
import { Link } from "react-router";

import { routes } from "@/lib/routes";
import { t } from "@/lib/text";
import { IconButton } from "@/ui/controls/Button";

const HINT_READ = "map-hint-read";

/** Why a map has no background, until it is dismissed; only an administrator can choose one. */
export function TilesHint({ admin }: { admin: boolean }) {
  const [read, setRead] = useState(() => localStorage.getItem(HINT_READ) !== null);
  if (read) return null;
  return (
    <p className="mt-1 flex items-center gap-2 text-xs text-ink-3">
      <span>
        {t("map.no_tiles")}{" "}
        {admin && (
          <Link to={routes.settings("map")} className="text-accent underline underline-offset-2">
            {t("map.choose")}
          </Link>
        )}
      </span>
      <IconButton
        name={t("app.dismiss")}
        icon="close"
        className="size-7!"
        onClick={() => {
          localStorage.setItem(HINT_READ, "1");
          setRead(true);
        }}
      />
    </p>
  );
}
