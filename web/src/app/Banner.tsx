import { useSyncExternalStore } from "react";

import { t } from "@/lib/text";
import { Icon } from "@/ui/Icon";

function subscribe(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

/** Says when this device is offline; the place for it is held by no empty box. */
export function Banner() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {!online && (
        <p className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-2 text-sm">
          <Icon name="offline" size={18} className="text-warn" />
          {t("app.offline")}
        </p>
      )}
    </div>
  );
}
