"""The library of workouts: templates and the athlete's own, with what they take and cost on a day, and as files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from homestretch.coach.workouts.resolve import effort, in_time, is_hard, resolve_step
from homestretch.coach.workouts.sound import must_be_sound
from homestretch.coach.workouts.templates import TEMPLATES, Template
from homestretch.coach.workouts.wording import in_words
from homestretch.errors import BadRequest, NotFound, unknown
from homestretch.formats import WorkoutFormat, Writing, workout_formats
from homestretch.model.coach.session import Session
from homestretch.model.coach.thresholds import Thresholds
from homestretch.model.coach.workout import Quantity, Step, Steps, Workout, flat, read_steps, step_documents
from homestretch.model.documents.coach_workouts import (
    ProfileBar,
    ResolvedTarget,
    WorkoutItem,
    WorkoutThresholds,
    WorkoutWhole,
)
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.queries.workouts import StoredWorkout, find_workout, list_workouts
from homestretch.store.scope import Scope
from homestretch.views.coach.plans import FoundSession, find_session
from homestretch.views.coach.thresholds import thresholds_on

_UNITS: dict[Quantity, Literal["W", "m/s", "bpm"]] = {
    "power": "W",
    "speed": "m/s",
    "css": "m/s",
    "lthr": "bpm",
    "hr_max": "bpm",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A workout: from its template, as it is stored, or of a planned session."""

    workout: Workout
    template: Template | None = None
    stored: StoredWorkout | None = None
    planned: FoundSession | None = None
    n: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class WorkoutFile:
    """A workout as a file."""

    name: str
    media_type: str
    data: bytes


def workout_list(
    reader: Reader, scope: Scope, day: date, sport: str | None = None, purpose: str | None = None
) -> list[WorkoutItem]:
    """Return the library: the athlete's own workouts, the newest first, then the templates in their order.

    Figures are those of the day; `sport` and `purpose` (a template's, or a tag) leave out others.
    """
    found = [_stored(one) for one in list_workouts(reader, scope.athlete_id)]
    found += [_of_template(template, None, None) for template in TEMPLATES.values()]
    known: dict[str, Thresholds] = {}
    items = []
    for one in found:
        if sport not in (None, one.workout.sport) or (purpose is not None and purpose not in one.workout.tags):
            continue
        if one.workout.sport not in known:
            known[one.workout.sport] = thresholds_on(reader, scope, one.workout.sport, day)
        items.append(_item(one, known[one.workout.sport]))
    return items


def workout_whole(
    reader: Reader,
    scope: Scope,
    workout_id: str,
    today: date,
    n: int | None = None,
    minutes: int | None = None,
    day: date | None = None,
) -> WorkoutWhole:
    """Return a workout with its steps and their targets on a day; `n` and `minutes` set a template's free number.

    Of a planned session the day is its own, unless one is given. Raises NotFound, BadRequest.
    """
    found = find(reader, scope, workout_id, n, minutes)
    day = day or _day_of(found, today)
    return _whole(found, thresholds_on(reader, scope, found.workout.sport, day), day)


def preview(reader: Reader, scope: Scope, workout: Workout, day: date) -> WorkoutWhole:
    """Return what a workout that is not kept comes to on a day. Raises BadRequest."""
    must_be_sound(workout)
    return _whole(Found(workout), thresholds_on(reader, scope, workout.sport, day), day)


def workout_file(
    reader: Reader,
    scope: Scope,
    workout_id: str,
    format_key: str,
    today: date,
    now_ms: int,
    n: int | None = None,
    minutes: int | None = None,
    day: date | None = None,
) -> WorkoutFile:
    """Return a workout as a file, its targets by the thresholds of a day: by default a session's own, else today.

    Raises NotFound, BadRequest, CannotExport.
    """
    form = workout_formats().get(format_key)
    if form is None:
        raise unknown("format", format_key, workout_formats())
    found = find(reader, scope, workout_id, n, minutes)
    thresholds = thresholds_on(reader, scope, found.workout.sport, day or _day_of(found, today))
    return encoded(found.workout, form, thresholds, _file_name(found), _made_ms(found, now_ms))


def _day_of(found: Found, today: date) -> date:
    return today if found.planned is None else date.fromisoformat(found.planned.session.date)


def _made_ms(found: Found, now_ms: int) -> int:
    """Return when a workout was made, so that its file stays the same; a template is made when it is asked for."""
    if found.planned is not None:
        return found.planned.decided_ms
    return now_ms if found.stored is None else found.stored.created_ms


def encoded(workout: Workout, form: WorkoutFormat, thresholds: Thresholds, file_name: str, made_ms: int) -> WorkoutFile:
    """Return a workout as a file of a format. Raises CannotExport."""
    fitting = in_time(workout, thresholds) if form.needs_time(workout) else workout
    data = form.encode(fitting, Writing(thresholds, file_name, made_ms))
    return WorkoutFile(f"{file_name}.{form.suffix}", form.media_type, data)


def format_by_suffix(suffix: str) -> str:
    """Return the key of the format whose files end so. Raises NotFound."""
    for form in workout_formats().values():
        if form.suffix == suffix:
            return form.key
    raise NotFound(what="format", id=suffix)


def find(reader: Reader, scope: Scope, workout_id: str, n: int | None = None, minutes: int | None = None) -> Found:
    """Return a template, an own workout, or that of a planned session, by its id. Raises NotFound, BadRequest."""
    template = TEMPLATES.get(workout_id.upper())
    if template is not None:
        return _of_template(template, n, minutes)
    if n is not None or minutes is not None:
        raise BadRequest(reason="Only a template has a number of repeats or minutes to choose.")
    stored = find_workout(reader, scope.athlete_id, workout_id)
    if stored is not None:
        return _stored(stored)
    planned = find_session(reader, scope, workout_id)
    if planned is None:
        raise NotFound(what="workout", id=workout_id)
    return Found(_of_session(planned.session), planned=planned)


def _of_session(session: Session) -> Workout:
    tags = (session.purpose,) if session.purpose else ()
    return Workout(session.title or session.sport, session.sport, session.steps, session.note or None, tags)


def _of_template(template: Template, n: int | None, minutes: int | None) -> Found:
    n = _within("repeats", n, template.repeats)
    minutes = _within("minutes", minutes, template.minutes)
    return Found(template.workout(n, minutes), template, n=n, minutes=minutes)


def _within(what: str, value: int | None, bounds: tuple[int, int] | None) -> int | None:
    """Return a template's free number, by default the least. Raises BadRequest."""
    if bounds is None:
        if value is not None:
            raise BadRequest(reason=f"This template has no {what} to choose.")
        return None
    if value is None:
        return bounds[0]
    if not bounds[0] <= value <= bounds[1]:
        raise BadRequest(reason=f"This template has {bounds[0]} to {bounds[1]} {what}.")
    return value


def _stored(stored: StoredWorkout) -> Found:
    content = stored.document
    steps = read_steps(content["steps"])
    return Found(
        Workout(stored.name, stored.sport, steps, content.get("description"), tuple(content.get("tags", ()))),
        stored=stored,
    )


def _file_name(found: Found) -> str:
    """Return the name, without suffix, that a workout's file has: that which it was read from, if it was."""
    if found.template is not None:
        return found.template.id
    file = None if found.stored is None else found.stored.document.get("file")
    name = "".join(c if c.isalnum() or c in "._- " else " " for c in file or found.workout.name)
    return re.sub(r"\s+", "-", name.strip())[:60].strip(".-") or "workout"


def _item(found: Found, thresholds: Thresholds) -> WorkoutItem:
    workout, template, stored = found.workout, found.template, found.stored
    costs = effort(workout, thresholds)
    known = stored or template or (None if found.planned is None else found.planned.session)
    return {
        "id": _id(found),
        "own": stored is not None,
        "imported": stored is not None and stored.original is not None,
        "name": workout.name,
        "sport": workout.sport,
        "purpose": _purpose(found),
        "hard": is_hard(workout, thresholds) if known is None else known.hard,
        "minutes": costs.minutes,
        "seconds": costs.seconds,
        "distance_m": _distance(workout.steps),
        "load": costs.load,
        "load_basis": costs.basis,
        "repeats": None if template is None or template.repeats is None else [*template.repeats],
        "free_minutes": None if template is None or template.minutes is None else [*template.minutes],
        "profile": [_bar(step, workout.sport, thresholds) for step in flat(workout.steps)],
    }


def _purpose(found: Found) -> str | None:
    if found.template is not None:
        return found.template.purpose
    return None if found.planned is None else found.planned.session.purpose or None


def _id(found: Found) -> str:
    if found.template is not None:
        return found.template.id
    if found.planned is not None:
        return found.planned.session.id
    return "" if found.stored is None else found.stored.public_id


def _whole(found: Found, thresholds: Thresholds, day: date) -> WorkoutWhole:
    workout, stored = found.workout, found.stored
    return {
        **_item(found, thresholds),
        "description": workout.description,
        "tags": [*workout.tags],
        "text": in_words(workout.steps),
        "chosen_repeats": found.n,
        "chosen_minutes": found.minutes,
        "steps": step_documents(workout.steps),
        "targets": [_resolved(step, workout.sport, thresholds) for step in _in_order(workout.steps)],
        "thresholds": _thresholds(thresholds, day),
        "removed": stored is not None and stored.removed_ms is not None,
        "created": None if stored is None else iso(stored.created_ms),
    }


def _in_order(steps: Steps) -> Iterator[Step]:
    """Yield every step once, in the order of the document."""
    for item in steps:
        if isinstance(item, Step):
            yield item
        else:
            yield from _in_order(item.steps)


def _distance(steps: Steps) -> float | None:
    """Return the metres of steps that all end after a distance or are rests; None where others have no distance."""
    every = [*flat(steps)]
    metres = [step.end_value or 0.0 for step in every if step.end == "m"]
    return sum(metres) if metres and all(step.end == "m" or step.kind == "rest" for step in every) else None


def _bar(step: Step, sport: str, thresholds: Thresholds) -> ProfileBar:
    resolved = resolve_step(step, sport, thresholds)
    return {
        "kind": step.kind,
        "seconds": resolved.seconds,
        "low": resolved.low_pct,
        "high": resolved.high_pct,
        "ramp": step.target is not None and step.target.ramp,
    }


def _resolved(step: Step, sport: str, thresholds: Thresholds) -> ResolvedTarget:
    resolved = resolve_step(step, sport, thresholds)
    return {
        "seconds": resolved.seconds,
        "low": resolved.low,
        "high": resolved.high,
        "unit": None if resolved.of is None else _UNITS[resolved.of],
    }


def _thresholds(thresholds: Thresholds, day: date) -> WorkoutThresholds:
    return {
        "day": day.isoformat(),
        "ftp_w": thresholds.ftp_w,
        "threshold_speed_mps": thresholds.speed_mps,
        "css_mps": thresholds.css_mps,
        "lthr_bpm": thresholds.lthr_bpm,
        "max_hr_bpm": thresholds.max_hr_bpm,
    }
