"""The review of a block: the weeks up to a recovery week or the end of a phase, with what they did to fitness."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from homestretch.model.channel import Floats
from homestretch.model.coach.plan import Phase, WeekDocument, sessions_of
from homestretch.model.coach.session import Session
from homestretch.model.documents.coach_reviews import BlockReview, BlockWeek, ReviewPoint
from homestretch.model.moment import instant
from homestretch.store.database import Reader
from homestretch.store.queries import plans as stored
from homestretch.store.queries.plans import StoredVersion
from homestretch.store.scope import Scope
from homestretch.views.coach.history import sessions_done
from homestretch.views.coach.progress import Progress, planned, progress_around
from homestretch.views.coach.reviews.points import point
from homestretch.views.health.read import Stretch, chosen_kinds
from homestretch.views.kit.today import local_now
from homestretch.views.training.fitness import daily_loads, fitness_of

#: Without a plan a block has so many weeks, and so many before it are what is usual.
WEEKS = 4
#: A block's load this much above or below what was usual is worth a sentence, as is this much fitness.
UNUSUAL, FITNESS = 0.15, 2.0
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class _Block:
    """The Mondays of a block with the weeks of the plan in force, where it has them."""

    mondays: tuple[date, ...]
    weeks: tuple[WeekDocument, ...] = ()

    @property
    def start(self) -> date:
        return self.mondays[0]

    @property
    def end(self) -> date:
        return self.mondays[-1] + timedelta(days=6)

    @property
    def phase(self) -> Phase | None:
        return self.weeks[0]["phase"] if self.weeks else None


def block_review(reader: Reader, scope: Scope, now_ms: int, day: date) -> BlockReview:
    """Return the review of the block that has a day in it."""
    now = instant(local_now(reader, scope, now_ms))
    version = stored.approved_version(reader, scope)
    block = _block(version, day)
    done = sessions_done(reader, scope, block.start, block.end)
    before = sessions_done(reader, scope, block.start - WEEKS * _WEEK, block.start - timedelta(days=1))
    every: list[Session] = [] if version is None else sessions_of(version.document["weeks"])
    progress = progress_around(reader, scope, every, block.start, block.end, now)
    weeks = [_week(block, monday, every, done, progress) for monday in block.mondays]
    last = min(block.end, now.date())
    fitness = _fitness(reader, scope, block.start, last)
    usual = round(sum(one.load for one in before) / WEEKS, 1) if before else None
    nights = _nights(reader, scope, block, last)
    return BlockReview(
        kind="block",
        start=block.start.isoformat(),
        end=block.end.isoformat(),
        plan=version.plan if version is not None and block.weeks else None,
        phase=block.phase,
        over=block.end < now.date(),
        weeks=weeks,
        before_load=usual,
        fitness_start=fitness[0],
        fitness_end=fitness[1],
        form_end=fitness[2],
        longest_minutes=max((one.minutes for one in done), default=0),
        sleep_s=nights[0],
        hrv_ms=nights[1],
        resting_bpm=nights[2],
        points=_points(_begun(weeks, now), usual, fitness),
    )


def _block(version: StoredVersion | None, day: date) -> _Block:
    """Return the block of the plan in force that has a day in it, else the four weeks that end with the day's."""
    monday = day - timedelta(days=day.weekday())
    found: list[WeekDocument] = []
    for week in [] if version is None else version.document["weeks"]:
        if found and (found[-1]["kind"] == "recovery" or found[-1]["phase"] != week["phase"]):
            if found[-1]["monday"] >= monday.isoformat():
                break
            found = []
        found.append(week)
    if found and found[0]["monday"] <= monday.isoformat() <= found[-1]["monday"]:
        return _Block(tuple(date.fromisoformat(week["monday"]) for week in found), tuple(found))
    return _Block(tuple(monday - back * _WEEK for back in range(WEEKS - 1, -1, -1)))


def _week(
    block: _Block, monday: date, every: Sequence[Session], done: Sequence[Session], progress: Progress
) -> BlockWeek:
    first, last = monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    of_plan = next((week for week in block.weeks if week["monday"] == first), None)
    wanted = [one for one in every if first <= one.date <= last]
    trained = [one for one in done if first <= one.date <= last]
    return BlockWeek(
        monday=first,
        kind=None if of_plan is None else of_plan["kind"],
        planned_minutes=None if of_plan is None else sum(one.minutes for one in wanted),
        done_minutes=sum(one.minutes for one in trained),
        planned_load=None if of_plan is None else round(sum(one.load for one in wanted), 1),
        done_load=round(sum(one.load for one in trained), 1),
        hard_done=sum(one.hard for one in trained),
        sessions=len(wanted),
        sessions_done=sum(planned(one, progress)["state"] == "done" for one in wanted),
    )


def _fitness(reader: Reader, scope: Scope, first: date, last: date) -> tuple[float | None, float | None, float | None]:
    """Return fitness on the evening before a day, and fitness and form on a later one; None before any training."""
    days = daily_loads(reader, scope, last)
    known = fitness_of(days)

    def on(values: Floats, day: date) -> float | None:
        at = day.toordinal() - days.first
        return round(float(values[at]), 1) if 0 <= at < len(values) and np.isfinite(values[at]) else None

    return on(known.fitness, first - timedelta(days=1)), on(known.fitness, last), on(known.form, last)


def _nights(reader: Reader, scope: Scope, block: _Block, last: date) -> tuple[float | None, float | None, float | None]:
    """Return the mean sleep in s, HRV in ms and resting heart rate in bpm of the nights of a block."""
    if last < block.start:
        return None, None, None
    kinds = ("sleep_s", "hrv_night_ms", "resting_heart_rate_bpm")
    chosen = chosen_kinds(reader, scope, kinds, Stretch(block.start, last))
    means = [_mean(chosen[kind].values) for kind in kinds]
    return means[0], means[1], means[2]


def _mean(values: Floats) -> float | None:
    known = values[np.isfinite(values)]
    return round(float(known.mean()), 1) if len(known) else None


def _begun(weeks: Sequence[BlockWeek], now: datetime) -> list[BlockWeek]:
    """Return the weeks that are over, or all that have begun where none is."""
    today = now.date()
    over = [one for one in weeks if date.fromisoformat(one["monday"]) + _WEEK <= today]
    return over or [one for one in weeks if one["monday"] <= today.isoformat()]


def _points(
    weeks: Sequence[BlockWeek], usual: float | None, fitness: tuple[float | None, float | None, float | None]
) -> list[ReviewPoint]:
    points: list[ReviewPoint] = []
    wanted, kept = sum(one["sessions"] for one in weeks), sum(one["sessions_done"] for one in weeks)
    if wanted:
        points.append(
            point("good" if kept >= 0.9 * wanted else "neutral", f"{kept} of {wanted} planned sessions done.")
        )
    planned_load = sum(one["planned_load"] or 0.0 for one in weeks)
    load = sum(one["done_load"] for one in weeks)
    if planned_load:
        points.append(
            point("neutral", f"Load {load:.0f} of {planned_load:.0f} planned ({100 * load / planned_load:.0f} %).")
        )
    loading = [one["done_load"] for one in weeks if one["kind"] != "recovery"]
    if usual and loading and abs(sum(loading) / len(loading) / usual - 1) > UNUSUAL:
        percent = 100 * (sum(loading) / len(loading) / usual - 1)
        more = "more" if percent > 0 else "less"
        points.append(
            point(
                "watch" if percent > 0 else "neutral",
                f"A loading week had {abs(percent):.0f} % {more} load than a week of the four before the block.",
            )
        )
    if fitness[0] is not None and fitness[1] is not None and abs(fitness[1] - fitness[0]) >= FITNESS:
        up = fitness[1] > fitness[0]
        points.append(
            point(
                "good" if up else "neutral",
                f"Fitness {'rose' if up else 'fell'} from {fitness[0]:.0f} to {fitness[1]:.0f}.",
            )
        )
    if not load:
        points.append(point("neutral", "Nothing was recorded in this block."))
    return points
