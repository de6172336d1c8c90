"""Changes of a plan as people and programs ask for them, made into operations."""

from collections.abc import Callable, Sequence

from homestretch.coach.operations import Add, Drop, Move, Operation, Replace, Scale
from homestretch.coach.workouts.templates import TEMPLATES, sized
from homestretch.model.coach.asked import AskedChange
from homestretch.model.coach.session import Session


def operations_from(
    asked: Sequence[AskedChange], sessions: Sequence[Session], today: str, new_id: Callable[[], str]
) -> list[Operation]:
    """Return the operations that are asked for. Raises ValueError, with a sentence, for one that can't be done."""
    known = {one.id: one for one in sessions}
    return [_operation(one, known, today, new_id) for one in asked]


def _operation(asked: AskedChange, known: dict[str, Session], today: str, new_id: Callable[[], str]) -> Operation:
    if asked.to is not None and asked.to < today:
        raise ValueError("Past days stay as they are. Choose today or a later day.")
    if asked.op == "add":
        return Add(_new_session(asked, new_id()), asked.why)
    session = known.get(asked.id or "")
    if session is None:
        raise ValueError(f"There is no session {asked.id} in this plan.")
    if session.locked:
        raise ValueError(f"{session.title} is locked.")
    if asked.op == "move" and asked.to is not None:
        return Move(session.id, session.date, asked.to, asked.why)
    if asked.op == "drop":
        return Drop(session.id, asked.why)
    if asked.op == "scale" and asked.factor is not None:
        return Scale(session.id, asked.factor, asked.why)
    if asked.op == "replace" and asked.template is not None:
        return Replace(session.id, asked.template, asked.minutes, asked.factor, asked.why)
    raise ValueError(f"To {asked.op} a session, more has to be said: a day, a template or a factor.")


def _new_session(asked: AskedChange, new_id: str) -> Session:
    template = TEMPLATES.get(asked.template or "")
    if template is None or asked.to is None:
        raise ValueError("To add a session, name a template and a day.")
    n = asked.n if asked.n is not None or template.repeats is None else template.repeats[0]
    minutes = asked.minutes if asked.minutes is not None or template.minutes is None else template.minutes[0]
    made = sized(template, n if template.repeats else None, minutes if template.minutes else None)
    return Session(
        id=new_id,
        date=asked.to,
        sport=template.sport,
        minutes=-(-made.seconds // 60),
        load=made.load,
        title=template.title.replace("{n}", str(n)),
        template=template.id,
        n=n if template.repeats else None,
        purpose=template.purpose,
        hard=template.hard,
        long=template.purpose == "long",
        load_basis=made.basis,
        steps=made.steps,
        why=asked.why or "Added by hand.",
    )
