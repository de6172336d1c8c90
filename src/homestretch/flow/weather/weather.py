"""Asks Open-Meteo how the weather was during activities outdoors; what it said is kept, and not asked for again.

What it learns are days and places in tenths of a degree, and only of athletes who switched it on.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from homestretch.analysis.geo.weather import VARIABLES, hours_of
from homestretch.errors import HomestretchError
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import Lease, lease
from homestretch.net import open_meteo
from homestretch.net.budget import QuotaExhausted, RateLimitedClient
from homestretch.net.send import client
from homestretch.store.queries import weather as stored
from homestretch.store.queries.watermarks import MEASURED, marks_of_all, watermark
from homestretch.store.queries.weather import Outing, Spot, WeatherChoice, WeatherDay
from homestretch.store.scope import Scope

#: The first day that is known of at all.
EARLIEST = date(1940, 1, 1)
#: Calls of one run; the next one goes on.
CALLS = 40
#: After a failure the provider is left alone for so long, twice as long after each further one.
FIRST_RETRY_MS, LONGEST_RETRY_MS = 5 * 60_000, 12 * 3_600_000

#: An activity that ends so soon will be asked about when it is over; one that ends later has a wrong clock.
SOON_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Question:
    """The days that are wanted of a place, within so few that one call answers them."""

    spot: Spot
    days: Sequence[date]


def switch_on(context: Context, scope: Scope) -> None:
    """Show an athlete the weather from now on, of earlier activities too. Raises Forbidden."""
    scope.must("sources: set")
    with context.database.write() as session:
        stored.choose(session, scope.athlete_id, scope.account_id, context.clock())


def switch_off(context: Context, scope: Scope) -> None:
    """Ask for no more weather; what was asked is still shown. Raises Forbidden."""
    scope.must("sources: set")
    with context.database.write() as session:
        stored.leave(session, scope.athlete_id)


def athletes_due(context: Context) -> list[int]:
    """Return the athletes who want to see the weather and have activities that were not looked at."""
    now = context.clock()
    with context.database.read() as reader:
        marks = marks_of_all(reader, MEASURED)
        return [
            one.athlete_id
            for one in stored.all_choices(reader)
            if (one.retry_at_ms or 0) <= now and marks.get(one.athlete_id) not in (None, one.seen)
        ]


def ask_weather(context: Context, athlete_id: int) -> int:
    """Ask for the weather that an athlete's activities lack; return how many calls were made.

    A failure is kept with the athlete's choice, and waited out.
    """
    with lease(context, f"weather:{athlete_id}") as held:
        with context.database.read() as reader:
            choice, mark = stored.choice_of(reader, athlete_id), watermark(reader, athlete_id, MEASURED)
            outings, asked = stored.outings(reader, athlete_id), stored.asked_days(reader, athlete_id)
        if choice is None:
            return 0
        now = context.clock()
        wanted = list(questions(outings, asked, now))
        made = _answered(context, choice, wanted[:CALLS], held)
        goes_on = any(now < outing.end_ms < now + SOON_MS for outing in outings)
        if made == len(wanted) and not goes_on:
            with context.database.write() as session:
                stored.set_state(session, athlete_id, {"seen": mark})
        return made


def questions(outings: Sequence[Outing], asked: Mapping[tuple[Spot, str], int], now: int) -> Iterator[Question]:
    """Yield what is to be asked for activities that are over, the newest first.

    A day is asked again if an activity ended after it was asked.
    """
    today = _day(now)
    wanted: dict[Spot, set[date]] = {}
    for outing in outings:
        hours = hours_of(outing.start_ms, outing.end_ms)
        if outing.end_ms > now or _day(hours[0]) < EARLIEST:
            continue
        for day in {_day(hours[0]), min(_day(hours[-1]), today)}:
            if asked.get((outing.spot, day.isoformat()), -1) < outing.end_ms:
                wanted.setdefault(outing.spot, set()).add(day)
    for spot, days in wanted.items():
        yield from (Question(spot, some) for some in _together(sorted(days, reverse=True), today))


def _together(days: Sequence[date], today: date) -> Iterator[list[date]]:
    """Yield days that one call can answer: close together, and all in the archive or none."""
    archived = today - timedelta(days=open_meteo.ARCHIVED_DAYS)
    some: list[date] = []
    for day in days:
        apart = some and (some[0] - day).days >= open_meteo.MOST_DAYS
        if some and (apart or (some[0] > archived) != (day > archived)):
            yield some
            some = []
        some.append(day)
    if some:
        yield some


def _answered(context: Context, choice: WeatherChoice, wanted: Sequence[Question], held: Lease) -> int:
    """Ask and keep the answers; return how many calls went well before the first that failed."""
    calls = RateLimitedClient(
        open_meteo.NAME, open_meteo.LIMITS, pause_s=open_meteo.LIMITS.pause_s, quota_used=dict(choice.quota_used),
        base=context.settings.provider_urls.get(open_meteo.KEY), rested=held.renew,
    )  # fmt: skip
    with client() as asking:
        for made, question in enumerate(wanted):
            held.renew()
            spot, now = question.spot, context.clock()
            since, until = min(question.days), max(question.days)
            try:
                found = open_meteo.ask(
                    calls, asking, spot.latitude / 10.0, spot.longitude / 10.0, since, until, _day(now)
                )
            except QuotaExhausted as error:
                _keep_break(context, choice.athlete_id, float(error.details["after_s"]), calls)
                return made
            except HomestretchError as error:
                _keep_failure(context, choice, made, error, calls)
                return made
            # What the provider knows nothing of is kept as that: it is not asked for again.
            nothing: list[list[float | None]] = [[None] * len(VARIABLES)] * 24
            days = [WeatherDay(spot, day.isoformat(), found.get(day, nothing), now) for day in question.days]
            state = {"quota_used": calls.quota_used, "failures": 0, "retry_at_ms": None, "reason": None}
            with context.database.write() as session:
                if stored.choice_of(session, choice.athlete_id) is None:
                    return made  # switched off meanwhile
                stored.put_days(session, choice.athlete_id, days)
                stored.set_state(session, choice.athlete_id, state)
    return len(wanted)


def _keep_break(context: Context, athlete_id: int, after_s: float, calls: RateLimitedClient) -> None:
    """Keep when our own limit lets us go on; that is no failure."""
    state = {"quota_used": calls.quota_used, "retry_at_ms": context.clock() + math.ceil(1000 * after_s)}
    with context.database.write() as session:
        stored.set_state(session, athlete_id, state)


def _keep_failure(
    context: Context, choice: WeatherChoice, made: int, error: HomestretchError, calls: RateLimitedClient
) -> None:
    failures = 1 if made else choice.failures + 1
    wait = min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** min(failures - 1, 20))
    asked_to_wait = 1000 * int(error.details.get("after_s") or 0)
    state = {
        "quota_used": calls.quota_used, "failures": failures, "reason": str(error),
        "retry_at_ms": context.clock() + max(wait, asked_to_wait),
    }  # fmt: skip
    with context.database.write() as session:
        stored.set_state(session, choice.athlete_id, state)


def _day(instant_ms: int) -> date:
    return datetime.fromtimestamp(instant_ms / 1000, UTC).date()
