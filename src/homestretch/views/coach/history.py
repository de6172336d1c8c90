"""What was done, as the coach sees it: a session for each activity."""

from collections.abc import Sequence
from datetime import date

from homestretch.analysis.measure.metric import metrics as described
from homestretch.model.coach.session import Session
from homestretch.model.coach.sports import coach_sport
from homestretch.model.moment import instant
from homestretch.model.sport import Sport
from homestretch.store.database import Reader
from homestretch.store.queries.activities import DoneLeg, legs_done, values_of
from homestretch.store.scope import Scope
from homestretch.views.kit.statistics_scope import counting, day

#: What makes an activity a hard one: so long near threshold, or felt so hard.
HARD_S = 8 * 60.0
HARD_RPE = 7.0
#: From so many minutes on an activity is a long one, by sport.
LONG_MINUTES = {"run": 75, "swim": 75}
LONG_OTHER = 120


def sessions_done(reader: Reader, scope: Scope, since: date, until: date) -> list[Session]:
    """Return the activities of days as sessions, in order of time; the legs of a multisport activity are one."""
    where = counting(reader, scope, since, until)
    loads = values_of(reader, described()["load"].number, where)
    near = values_of(reader, described()["threshold_time"].number, where)
    whole: dict[int, list[DoneLeg]] = {}
    for leg in legs_done(reader, where):
        whole.setdefault(leg.parent_id or leg.id, []).append(leg)
    return [_session(legs, loads, near) for legs in whole.values()]


def _session(legs: Sequence[DoneLeg], loads: dict[int, float], near: dict[int, float]) -> Session:
    first = legs[0]
    sport = coach_sport(Sport(first.sport, first.sub_sport)) if len(legs) == 1 else "brick"
    minutes = round(sum(leg.moving_s or leg.elapsed_s or 0.0 for leg in legs) / 60)
    distances = [leg.distance_m for leg in legs if leg.distance_m is not None]
    near_s = sum(near.get(leg.id, 0.0) for leg in legs)
    return Session(
        id=first.public_id,
        date=day(first.local_ms).isoformat(),
        sport=sport,
        minutes=minutes,
        load=round(sum(loads.get(leg.id, 0.0) for leg in legs), 1),
        title=first.name,
        hard=near_s >= HARD_S or any((leg.rpe or 0.0) >= HARD_RPE for leg in legs),
        long=minutes >= LONG_MINUTES.get(sport, LONG_OTHER),
        indoor=bool(first.indoor),
        distance_m=sum(distances) if distances else None,
        load_basis="given",
        start=instant(first.local_ms).strftime("%H:%M"),
    )
