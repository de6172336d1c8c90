"""Reads what an account may do with which athletes."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, exists, select

from homestretch.model.rights import ROLES, SEEN, USUALLY_SEEN, Role, Seen
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import athletes, grants
from homestretch.store.tables.saved import group_accounts, group_athletes, temporary_roles


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


def held_by(reader: Reader, account_id: int, now: int) -> dict[int, Held]:
    """Return what an account may do now with each athlete that is there, by the athlete.

    For good, for a while, and through its groups: the greatest role of these, and all that they show.
    """
    held: dict[int, Held] = {}
    for athlete_id, given in (
        *_given(reader, grants, grants.c.account_id == account_id),
        *_given(
            reader,
            temporary_roles,
            (temporary_roles.c.account_id == account_id) & (temporary_roles.c.until_ms > now),
        ),
        *_through_groups(reader, account_id),
    ):
        held[athlete_id] = held[athlete_id].joined(given) if athlete_id in held else given
    return held


def _given(reader: Reader, table: Table, mine: ColumnElement[bool]) -> Iterator[tuple[int, Held]]:
    """Yield what a table of roles gives, for each athlete that is there."""
    query = (
        select(table.c.athlete_id, table.c.role, table.c.sees)
        .join(athletes, athletes.c.id == table.c.athlete_id)
        .where(mine, athletes.c.removed_ms.is_(None))
    )
    for row in reader.rows(query):
        yield row.athlete_id, Held(row.role, seen_of(row.role, row.sees))


def owner_is_in() -> ColumnElement[bool]:
    """Return the condition that an owner of a group's athlete is in the group, so that it is still wanted there."""
    inside = group_accounts.alias("inside")
    return exists().where(
        grants.c.athlete_id == group_athletes.c.athlete_id, grants.c.role == "owner",
        inside.c.account_id == grants.c.account_id, inside.c.group_id == group_athletes.c.group_id,
    )  # fmt: skip


def _through_groups(reader: Reader, account_id: int) -> Iterator[tuple[int, Held]]:
    """Yield what the groups of an account give: coaches every athlete, members those that let members see them."""
    query = (
        select(group_athletes.c.athlete_id, group_athletes.c.members_see, group_accounts.c.role)
        .join(group_accounts, group_accounts.c.group_id == group_athletes.c.group_id)
        .join(athletes, athletes.c.id == group_athletes.c.athlete_id)
        .where(group_accounts.c.account_id == account_id, athletes.c.removed_ms.is_(None), owner_is_in())
    )
    for row in reader.rows(query):
        if row.role == "coach":
            yield row.athlete_id, Held("coach", seen_of("coach", None))
        elif row.members_see is not None:
            yield row.athlete_id, Held("viewer", seen_of("viewer", row.members_see))


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
