"""Reads what an account may do with which athletes."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select

from homestretch.model.rights import ROLES, SEEN, USUALLY_SEEN, Role, Seen
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import athletes, grants


class Held(NamedTuple):
    """An account's role for an athlete, and what it sees besides activities."""

    role: Role
    sees: frozenset[Seen]

    def scope(self, athlete_id: int, account_id: int) -> Scope:
        """Return the scope that this is."""
        return Scope(athlete_id, account_id, self.role, sees=self.sees)

    def joined(self, other: "Held") -> "Held":
        """Return what an account may that has been given both."""
        return Held(max(self.role, other.role, key=ROLES.index), self.sees | other.sees)


def held_by(reader: Reader, account_id: int) -> dict[int, Held]:
    """Return what an account may do with each athlete that is there, by the athlete."""
    query = (
        select(grants.c.athlete_id, grants.c.role, grants.c.sees)
        .join(athletes, athletes.c.id == grants.c.athlete_id)
        .where(grants.c.account_id == account_id, athletes.c.removed_ms.is_(None))
    )
    return {row.athlete_id: Held(row.role, seen_of(row.role, row.sees)) for row in reader.rows(query)}


def in_order(sees: Collection[Seen]) -> list[Seen]:
    """Return what is seen in the order in which pages list it."""
    return [one for one in SEEN if one in sees]


def seen_of(role: Role, words: str | None) -> frozenset[Seen]:
    """Return what a role sees, by the words that are kept; only a viewer's are chosen."""
    if role != "viewer":
        return frozenset(SEEN)
    return USUALLY_SEEN if words is None else frozenset(one for one in SEEN if one in words.split())


def seen_words(role: Role, sees: Collection[Seen] | None) -> str | None:
    """Return the words that keep what a role sees; None where it is the usual."""
    return None if sees is None or role != "viewer" else " ".join(in_order(sees))
