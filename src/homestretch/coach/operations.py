"""Typed changes of a plan: move, drop, replace, scale and add. People, code and models all propose these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from json import dumps
from typing import Literal, NotRequired, TypedDict

from homestretch.coach.checking.days import number
from homestretch.coach.planner.repair import easy_instead
from homestretch.coach.planner.week.families import GRID, Size, size, size_for
from homestretch.coach.workouts.load import planned_load, total_seconds, whole_minutes
from homestretch.coach.workouts.templates import TEMPLATES
from homestretch.model.coach.session import Session, SessionDocument, read_session, session_document
from homestretch.model.coach.workout import Repeat, Step, Steps

#: A session is made at least so long, in minutes.
LEAST_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Move:
    """Put a session on another day."""

    id: str
    since: str
    to: str
    why: str = ""
    #: Fields that change as well, as they are afterwards.
    session: Session | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """Take a session out."""

    id: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Replace:
    """Put something else in a session's place: `with_` is a template's id or `easy`; or the `session` itself.

    `minutes` is how long it is, or `factor` which part of the length before.
    """

    id: str
    with_: str = "easy"
    minutes: int | None = None
    factor: float | None = None
    why: str = ""
    session: Session | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """Make a session shorter or longer by a factor."""

    id: str
    factor: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Add:
    """Put a new session into the plan."""

    session: Session
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rebuild:
    """Plan again from today: no single change helps."""

    why: str = ""


type Operation = Move | Drop | Replace | Scale | Add
type Advice = Operation | Rebuild


class OperationDocument(TypedDict):
    """An operation, as JSON has it; `with` of a replacement is a template's id or `easy`."""

    op: Literal["move", "drop", "replace", "scale", "add", "rebuild"]
    why: str
    id: NotRequired[str]
    to: NotRequired[str]
    minutes: NotRequired[int]
    factor: NotRequired[float]
    session: NotRequired[SessionDocument]


#: `from` and `with` are words of Python, so that these keys stand here.
MovedFrom = TypedDict("MovedFrom", {"from": str, "with": str}, total=False)


class FullOperationDocument(OperationDocument, MovedFrom):
    """An operation with all keys that it may have."""


def operation_document(operation: Advice) -> FullOperationDocument:
    """Return an operation as JSON has it; `read_operation` reads it back."""
    match operation:
        case Move():
            made = FullOperationDocument(op="move", why=operation.why, id=operation.id, to=operation.to)
            made["from"] = operation.since
            return _with_session(made, operation.session)
        case Drop():
            return FullOperationDocument(op="drop", why=operation.why, id=operation.id)
        case Replace():
            made = FullOperationDocument(op="replace", why=operation.why, id=operation.id)
            made["with"] = operation.with_
            if operation.minutes is not None:
                made["minutes"] = operation.minutes
            if operation.factor is not None:
                made["factor"] = operation.factor
            return _with_session(made, operation.session)
        case Scale():
            return FullOperationDocument(op="scale", why=operation.why, id=operation.id, factor=operation.factor)
        case Add():
            return _with_session(FullOperationDocument(op="add", why=operation.why), operation.session)
        case Rebuild():
            return FullOperationDocument(op="rebuild", why=operation.why)


def _with_session(made: FullOperationDocument, session: Session | None) -> FullOperationDocument:
    if session is not None:
        made["session"] = session_document(session)
    return made


def read_operation(document: FullOperationDocument) -> Operation:
    """Return an operation from JSON. Raises KeyError where something is missing, ValueError for an unknown one."""
    why = document.get("why", "")
    held = document.get("session")
    session = None if held is None else read_session(held)
    match document["op"]:
        case "move":
            return Move(document["id"], document.get("from", ""), document["to"], why, session)
        case "drop":
            return Drop(document["id"], why)
        case "replace":
            with_, factor = document.get("with", "easy"), document.get("factor")
            return Replace(document["id"], with_, document.get("minutes"), factor, why, session)
        case "scale":
            return Scale(document["id"], document["factor"], why)
        case "add":
            if session is None:
                raise KeyError("session")
            return Add(session, why)
        case other:
            raise ValueError(f"{other} is no change of a plan; known are move, drop, replace, scale and add.")


def digest(operations: Sequence[Operation]) -> str:
    """Return the sha256 of operations, reasons apart: the same proposal has the same one."""
    documents = [{**operation_document(one), "why": ""} for one in operations]
    lines = sorted(dumps(one, sort_keys=True, ensure_ascii=False) for one in documents)
    return sha256("\n".join(lines).encode()).hexdigest()


def apply(
    operations: Sequence[Operation], sessions: Sequence[Session], speeds: Mapping[str, float] | None = None
) -> list[Session]:
    """Return the sessions after operations, in order of day and id; `speeds` are threshold speeds in m/s.

    Raises ValueError, with a sentence, for an operation that can't be done: an id or template that is not there.
    """
    held = {session.id: session for session in sessions}
    for operation in operations:
        if isinstance(operation, Add):
            _add(held, operation)
            continue
        session = held.get(operation.id)
        if session is None:
            raise ValueError(f"There is no session {operation.id} in this plan.")
        match operation:
            case Drop():
                del held[session.id]
            case Move():
                number(operation.to)
                held[session.id] = replace(operation.session or session, id=session.id, date=operation.to)
            case Replace():
                held[session.id] = _replaced(session, operation, speeds or {})
            case Scale():
                held[session.id] = scaled(session, operation.factor, speeds)
    return sorted(held.values(), key=lambda session: (session.date, session.id))


def _add(held: dict[str, Session], operation: Add) -> None:
    if not operation.session.id or operation.session.id in held:
        raise ValueError(f"A session {operation.session.id or 'without an id'} can't be added.")
    number(operation.session.date)
    held[operation.session.id] = operation.session


def _replaced(session: Session, operation: Replace, speeds: Mapping[str, float]) -> Session:
    if operation.session is not None:
        return replace(operation.session, id=session.id)
    minutes = operation.minutes
    if minutes is None:
        minutes = on_grid(session.minutes * (operation.factor or 1.0))
    speed = speeds.get(session.sport)
    if operation.with_ == "easy":
        easy = easy_instead(session, minutes, speed)
        if easy is None:
            raise ValueError(f"There is no easy {session.sport} session to put in place of {session.id}.")
        return easy
    template = TEMPLATES.get(operation.with_)
    if template is None:
        raise ValueError(f"There is no template {operation.with_}.")
    made = size_for(template, minutes, speeds.get(template.sport))
    return replace(
        session, sport=template.sport, template=template.id, title=template.title.replace("{n}", str(made.n)),
        n=made.n, minutes=made.minutes, load=made.load, load_basis=made.basis, purpose=template.purpose,
        hard=template.hard, long=template.purpose == "long", steps=made.steps,
    )  # fmt: skip


def on_grid(minutes: float) -> int:
    """Return minutes rounded to five, at least ten."""
    return max(LEAST_MINUTES, round(minutes / GRID) * GRID)


def scaled(session: Session, factor: float, speeds: Mapping[str, float] | None = None) -> Session:
    """Return a session shortened or lengthened; its steps, minutes and load still agree. Raises ValueError."""
    if not 0 < factor <= 3:
        raise ValueError(f"{factor:g} is no factor for a session; it lies between 0 and 3.")
    template = TEMPLATES.get(session.template)
    wanted = on_grid(session.minutes * factor)
    made = None if template is None else _sized(template.id, session, wanted, (speeds or {}).get(session.sport))
    if made is None:
        if session.steps:
            return _scaled_steps(session, factor, speeds)
        return replace(session, minutes=wanted, load=round(session.load * wanted / max(session.minutes, 1), 1))
    title = TEMPLATES[session.template].title.replace("{n}", str(made.n))
    return replace(session, minutes=made.minutes, load=made.load, n=made.n, steps=made.steps, title=title)


def _sized(name: str, session: Session, minutes: int, speed: float | None) -> Size | None:
    """Return the session's template at a length; None where its steps are not those of the template."""
    template = TEMPLATES[name]
    if not session.steps:
        return None
    if template.minutes is not None:
        return size_for(template, minutes, speed)
    if template.repeats is None:
        return None
    every = [size(template, n, None, speed) for n in range(1, template.repeats[1] + 1)]
    return min(every, key=lambda one: (abs(one.minutes - minutes), one.minutes))


def _scaled_steps(session: Session, factor: float, speeds: Mapping[str, float] | None) -> Session:
    steps = tuple(_longer(step, factor) for step in session.steps)
    load, _ = planned_load(steps, session.sport, speeds)
    minutes = whole_minutes(total_seconds(steps, session.sport, speeds))
    return replace(session, steps=steps, minutes=minutes, load=round(load, 1))


def _longer(item: Step | Repeat, factor: float) -> Step | Repeat:
    if isinstance(item, Repeat):
        return Repeat(item.times, tuple(_longer(step, factor) for step in item.steps))
    if item.end not in ("s", "m", "kj") or item.end_value is None:
        return item
    return replace(item, end_value=float(max(1, round(item.end_value * factor))))


def steps_minutes(steps: Steps, sport: str, speeds: Mapping[str, float] | None = None) -> int:
    """Return how long steps take, in whole minutes rounded up."""
    return whole_minutes(total_seconds(steps, sport, speeds))
