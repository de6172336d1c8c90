import { Link } from "react-router";

import { usePreferences } from "@/api/session";
import type { ActivityItem } from "@/api/types";
import { sportName } from "@/lib/activity/sports";
import { clock, day as dayWords } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { Dialog } from "@/ui/controls/Dialog";
import { SportIcon } from "@/ui/pictures/Sport";
import { briefly } from "./Chip";

/** Every activity of a day. */
export function DayDialog({ day, items, onClose }: { day: string; items: ActivityItem[]; onClose: () => void }) {
  const wish = usePreferences();
  return (
    <Dialog title={dayWords(day, wish)} onClose={onClose}>
      <ul className="-m-2 flex flex-col">
        {items.map((item) => (
          <li key={item.id}>
            <ActivityLine item={item} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** An activity as one line that leads to it. */
export function ActivityLine({ item }: { item: ActivityItem }) {
  const wish = usePreferences();
  return (
    <Link
      to={routes.activity(item.id)}
      className="touch flex items-center gap-3 rounded-lg px-2 py-2 hover:bg-sunken focus-visible:bg-sunken"
    >
      <SportIcon sport={item.sport} />
      <span className="sr-only">{sportName(item.sport)}</span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{item.name ?? sportName(item.sport)}</span>
        <span className="label block">{clock(item.start_local, wish)}</span>
      </span>
      <span className="text-right text-sm whitespace-nowrap text-ink-2">{briefly(item, wish)}</span>
    </Link>
  );
}
