import type { Shared } from "@/api/types";
import { sportName } from "@/lib/activity/sports";
import type { Preferences } from "@/lib/preferences";
import { t } from "@/features/sharing/text";
import { ActivityView } from "./ActivityView";
import { rangeName } from "./rangeName";
import { RangeView } from "./RangeView";
import { RouteView } from "./RouteView";

/** What whoever has a link sees; `brief` as it is seen before the link is made. */
export function SharedView({ shared, brief = false }: { shared: Shared; brief?: boolean }) {
  if (shared.kind === "activity") return <ActivityView shared={shared} brief={brief} />;
  if (shared.kind === "route") return <RouteView shared={shared} brief={brief} />;
  return <RangeView shared={shared} brief={brief} />;
}

/** What something shared is called; its own name may be hidden. */
export function sharedName(shared: Shared, wish: Preferences): string {
  if (shared.kind === "activity") return shared.name ?? sportName(shared.sport);
  if (shared.kind === "route") return shared.name ?? t("shared.route");
  return rangeName(shared.first, shared.last, wish);
}
