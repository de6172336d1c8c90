import { Link } from "react-router";

import { useMayPlan, usePreferences } from "@/api/session";
import type { Today } from "@/api/types";
import { sportOf } from "@/features/coach/words";
import { day as dayWords, shifted } from "@/lib/dates";
import { routes } from "@/lib/routes";
import { decimal, span } from "@/lib/units";
import { ButtonLink } from "@/ui/controls/Button";
import { SportIcon } from "@/ui/pictures/Sport";
import { many, t } from "@/pages/today/text";
import { Frame } from "./Frame";

type Next = Today["next"];

/** What comes next: the next session of the plan, or which load today has room for; and the race ahead. */
export function NextCard({ next, day }: { next: Next; day: string }) {
  const mayPlan = useMayPlan();
  const { session, room, race } = next;
  return (
    <Frame of="next" {...(session && mayPlan && { to: routes.coach })}>
      <div className="grid gap-3">
        {session && <Session session={session} day={day} open={mayPlan} />}
        {room && <Room room={room} />}
        {race && (
          <p className="text-sm">
            {mayPlan ? (
              <Link to={routes.coach} className="touch inline-flex items-center underline-offset-4 hover:underline">
                {raceWords(race)}
              </Link>
            ) : (
              raceWords(race)
            )}
          </p>
        )}
        {!session && mayPlan && (
          <p>
            <ButtonLink to={routes.coach}>{t("next.plan")}</ButtonLink>
          </p>
        )}
      </div>
    </Frame>
  );
}

const raceWords = ({ days, name }: NonNullable<Next["race"]>): string =>
  days === 0 ? t("next.race_today", { name }) : many("next.race", days).replace("{name}", name);

/** The next session; `open`: a press shows its steps, which a viewer has not. */
function Session({ session, day, open }: { session: NonNullable<Next["session"]>; day: string; open: boolean }) {
  const wish = usePreferences();
  const when =
    session.date === day
      ? t("next.today")
      : session.date === shifted(day, 1)
        ? t("next.tomorrow")
        : dayWords(session.date, wish, "short");
  const words = (
    <>
      <span className="text-sm text-ink-2">{when}</span>
      <span className="flex items-center gap-2 text-lg font-semibold">
        <SportIcon sport={sportOf(session.sport)} />
        {session.title}
      </span>
      <span className="block text-ink-2">
        {t("next.figures", { time: span(60 * session.minutes), load: decimal(session.load) })}
      </span>
      {session.why !== "" && <span className="mt-1 block text-sm text-ink-2">{session.why}</span>}
    </>
  );
  if (!open) return <div data-testid="next-session">{words}</div>;
  return (
    <Link to={routes.workout(session.id)} className="block rounded-lg hover:bg-sunken/60" data-testid="next-session">
      {words}
    </Link>
  );
}

function Room({ room }: { room: NonNullable<Next["room"]> }) {
  const left = room.hold - room.done;
  return (
    <Link
      to={routes.training}
      className="touch flex flex-col justify-center rounded-lg hover:bg-sunken/60"
      data-testid="room"
    >
      <span className="block font-semibold">
        {left >= 0.5 ? t("next.room", { load: decimal(left) }) : t("next.room_done", { done: decimal(room.done) })}
      </span>
      {room.most > room.hold && (
        <span className="block text-sm text-ink-2">{t("next.most", { most: decimal(room.most) })}</span>
      )}
    </Link>
  );
}
