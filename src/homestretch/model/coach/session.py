"""A planned session: what is to be done on a day."""

from dataclasses import dataclass
from typing import Literal, TypedDict

from homestretch.model.coach.workout import StepDocument, Steps, read_steps, step_documents

type LoadBasis = Literal["power", "pace", "css", "rpe", "given"]


@dataclass(frozen=True, slots=True)
class Session:
    """A session; one that was done (`history`) has the same shape. Days are ISO dates, `start` is HH:MM.

    `template` is a template's id, or "" for none; `n` its repeats. `minutes` are whole, `load` has one decimal.
    """

    id: str
    date: str
    sport: str
    minutes: int
    load: float
    title: str = ""
    template: str = ""
    n: int | None = None
    purpose: str = ""
    hard: bool = False
    long: bool = False
    indoor: bool = False
    fixed: bool = False
    locked: bool = False
    start: str | None = None
    distance_m: float | None = None
    load_basis: LoadBasis = "rpe"
    fuel: str | None = None
    note: str = ""
    why: str = ""
    steps: Steps = ()


class SessionDocument(TypedDict):
    """A session, as JSON has it; `why` says why it is on this day."""

    id: str
    date: str
    start: str | None
    sport: str
    title: str
    template: str
    n: int | None
    minutes: int
    distance_m: float | None
    load: float
    load_basis: LoadBasis
    hard: bool
    long: bool
    purpose: str
    indoor: bool
    fixed: bool
    locked: bool
    fuel: str | None
    note: str
    why: str
    steps: list[StepDocument]


def session_document(session: Session) -> SessionDocument:
    """Return a session as JSON has it."""
    return SessionDocument(
        id=session.id,
        date=session.date,
        start=session.start,
        sport=session.sport,
        title=session.title,
        template=session.template,
        n=session.n,
        minutes=session.minutes,
        distance_m=session.distance_m,
        load=session.load,
        load_basis=session.load_basis,
        hard=session.hard,
        long=session.long,
        purpose=session.purpose,
        indoor=session.indoor,
        fixed=session.fixed,
        locked=session.locked,
        fuel=session.fuel,
        note=session.note,
        why=session.why,
        steps=step_documents(session.steps),
    )


def read_session(document: SessionDocument) -> Session:
    """Return a session from JSON. Raises KeyError where something is missing."""
    return Session(
        id=document["id"],
        date=document["date"],
        start=document["start"],
        sport=document["sport"],
        title=document["title"],
        template=document["template"],
        n=document["n"],
        minutes=document["minutes"],
        distance_m=document["distance_m"],
        load=document["load"],
        load_basis=document["load_basis"],
        hard=document["hard"],
        long=document["long"],
        purpose=document["purpose"],
        indoor=document["indoor"],
        fixed=document["fixed"],
        locked=document["locked"],
        fuel=document["fuel"],
        note=document["note"],
        why=document["why"],
        steps=read_steps(document["steps"]),
    )
