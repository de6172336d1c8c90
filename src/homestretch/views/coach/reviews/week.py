"""The review of a week: what was done beside what was planned and what is usual."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from homestretch.model.coach.plan import sessions_of
from homestretch.model.coach.session import Session
from homestretch.model.documents.coach_reviews import (
    ReviewPoint,
    Tone,
    WeekReview,
)
from homestretch.model.moment import instant
from homestretch.store.database import Reader
from homestretch.store.queries import plans as stored
from homestretch.store.scope import Scope
from homestretch.views.coach.history import sessions_done
from homestretch.views.coach.progress import planned, progress_around
from homestretch.views.coach.reviews.points import listed, point
from homestretch.views.kit.today import local_now

#: A week's load this much above or below the usual is worth a sentence.
UNUSUAL = 0.15


def week_review(reader: Reader, scope: Scope, now_ms: int, monday: date) -> WeekReview:
    """Return the review of the week that has a day in it."""
    monday -= timedelta(days=monday.weekday())
    sunday = monday + timedelta(days=6)
    now = instant(local_now(reader, scope, now_ms))
    done = sessions_done(reader, scope, monday, sunday)
    before = sessions_done(reader, scope, monday - timedelta(weeks=4), monday - timedelta(days=1))
    usual = None if not before else round(sum(one.load for one in before) / 4, 1)
    version = stored.approved_version(reader, scope)
    every: list[Session] = [] if version is None else sessions_of(version.document["weeks"])
    wanted = [one for one in every if monday.isoformat() <= one.date <= sunday.isoformat()]
    progress = progress_around(reader, scope, every, monday, sunday, now)
    sessions = [planned(one, progress) for one in wanted]
    load = round(sum(one.load for one in done), 1)
    return WeekReview(
        kind="week",
        monday=monday.isoformat(),
        plan=version.plan if version is not None and wanted else None,
        planned_minutes=sum(one.minutes for one in wanted) if wanted else None,
        done_minutes=sum(one.minutes for one in done),
        planned_load=round(sum(one.load for one in wanted), 1) if wanted else None,
        done_load=load,
        usual_load=usual,
        hard_done=sum(one.hard for one in done),
        sessions=sessions,
        points=_week_points(
            wanted, done, usual if sunday < now.date() else None, load, {one["id"]: one["state"] for one in sessions}
        ),
    )


def _week_points(
    wanted: Sequence[Session], done: Sequence[Session], usual: float | None, load: float, states: Mapping[str, str]
) -> list[ReviewPoint]:
    points: list[ReviewPoint] = []
    if wanted:
        count = sum(state == "done" for state in states.values())
        key = [one for one in wanted if one.hard or one.long]
        kept = [one for one in key if states[one.id] == "done"]
        over = "open" not in states.values()
        tone: Tone = "good" if over and len(kept) == len(key) else "neutral"
        points.append(
            point(tone, f"{count} of {len(wanted)} sessions done; {len(kept)} of {len(key)} that matter most.")
        )
        missed = [one.title for one in key if states[one.id] == "missed"]
        if missed:
            points.append(point("watch", f"Missed: {listed(missed)}."))
    if not done and "open" not in states.values():
        points.append(point("neutral", "Nothing was recorded in this week."))
    if usual and abs(load / usual - 1) > UNUSUAL:
        more = "more" if load > usual else "less"
        percent = abs(round(100 * (load / usual - 1)))
        tone = "watch" if load > usual else "neutral"
        points.append(point(tone, f"Load {load:.0f}: {percent} % {more} than the mean of the four weeks before."))
    return points
