"""Gives sessions their ids; where a plan replaces another, a session keeps the id of the one that it stands for."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256

from homestretch.coach.checking.days import between, monday
from homestretch.model.coach.session import Session

_LENGTH = 12
#: How like each other an old and a new session of a week must be: first in all three, then in two.
_LIKENESS: tuple[Callable[[Session], tuple[str, ...]], ...] = (
    lambda session: (session.sport, session.purpose, session.template),
    lambda session: (session.sport, session.purpose),
)


def with_ids(sessions: Sequence[Session], old: Sequence[Session], key: str) -> list[Session]:
    """Return sessions with ids: their own, those of like old ones in the same week, or new ones made from `key`."""
    ids = [session.id for session in sessions]
    free = {one.id: one for one in old if one.id not in ids}
    for like in _LIKENESS:
        _match(sessions, ids, free, like)
    used = {*ids, *(one.id for one in old)}
    for at, session in enumerate(sessions):
        if not ids[at]:
            ids[at] = _new(session, key, used)
            used.add(ids[at])
    return [replace(session, id=name) for session, name in zip(sessions, ids, strict=True)]


def _match(
    sessions: Sequence[Session], ids: list[str], free: dict[str, Session], like: Callable[[Session], tuple[str, ...]]
) -> None:
    pairs = sorted(
        (abs(between(one.date, session.date)), session.date, at, one.id)
        for at, session in enumerate(sessions)
        if not ids[at]
        for one in free.values()
        if like(one) == like(session) and monday(one.date) == monday(session.date)
    )
    for _, _, at, name in pairs:
        if not ids[at] and name in free:
            ids[at] = name
            del free[name]


def _new(session: Session, key: str, used: set[str]) -> str:
    ordinal = 0
    while True:
        text = "|".join((key, monday(session.date), session.sport, session.purpose, session.template, str(ordinal)))
        made = sha256(text.encode()).hexdigest()[:_LENGTH]
        if made not in used:
            return made
        ordinal += 1
