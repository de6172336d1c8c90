import { sportLook, sportName } from "@/lib/activity/sports";
import { Icon } from "./Icon";

/** A sport's icon in its colour. */
export function SportIcon({ sport, size = 20 }: { sport: string; size?: number }) {
  const { icon, colour } = sportLook(sport);
  return (
    <span data-tone={colour} className="inline-flex text-(--tone)">
      <Icon name={icon} size={size} />
    </span>
  );
}

/** A sport's icon and name. */
export function SportTag({ sport }: { sport: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <SportIcon sport={sport} size={18} />
      {sportName(sport)}
    </span>
  );
}
