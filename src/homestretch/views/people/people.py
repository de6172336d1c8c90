"""Who is there: accounts, athletes, tokens."""

from sqlalchemy import select

from homestretch.errors import NotFound
from homestretch.model.documents.people import Account, Athlete, Joined, Token
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.queries.accounts import NO_PASSWORD
from homestretch.store.queries.grants import held_by, in_order
from homestretch.store.queries.groups import groups_of
from homestretch.store.queries.second_factors import has_factor
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import accounts, athletes, demos, tokens


def account(reader: Reader, account_id: int) -> Account:
    """Return an account with its preferences."""
    row = reader.row(select(accounts).where(accounts.c.id == account_id))
    if row is None:
        raise NotFound(what="account", id=account_id)
    return {
        "id": str(row.id),
        "username": row.username,
        "is_admin": row.is_admin,
        "second_factor": has_factor(reader, account_id),
        "preferences": row.preferences,
        "created_at": iso(row.created_ms),
    }


def all_accounts(reader: Reader) -> list[Account]:
    """Return every account, by name."""
    return [account(reader, row.id) for row in reader.rows(select(accounts.c.id).order_by(accounts.c.username))]


def without_password(reader: Reader) -> list[str]:
    """Return the names of the accounts that have no password."""
    query = select(accounts.c.username).where(accounts.c.password_hash == NO_PASSWORD)
    return [row.username for row in reader.rows(query.order_by(accounts.c.username))]


def athletes_of(reader: Reader, account_id: int, now: int) -> list[Athlete]:
    """Return the athletes whose data an account may see: its own first, then by when they were made; demos last."""
    held = held_by(reader, account_id, now)
    query = (
        select(athletes.c.id, athletes.c.name, demos.c.athlete_id.is_not(None).label("is_demo"))
        .outerjoin(demos, demos.c.athlete_id == athletes.c.id)
        .where(athletes.c.id.in_(held))
    )
    found: list[Athlete] = [
        {
            "id": str(row.id),
            "name": row.name,
            "role": held[row.id].role,
            "sees": in_order(held[row.id].sees),
            "demo": bool(row.is_demo),
        }
        for row in reader.rows(query)
    ]
    return sorted(found, key=lambda one: (one["demo"], one["role"] != "owner", int(one["id"])))


def athlete_of(reader: Reader, account_id: int, athlete_id: int, now: int) -> Athlete:
    """Return one of the athletes whose data an account may see. Raises NotFound."""
    for one in athletes_of(reader, account_id, now):
        if one["id"] == str(athlete_id):
            return one
    raise NotFound(what="athlete", id=athlete_id)


def joined(reader: Reader, account_id: int, athlete_id: int | None, group_id: int | None, now: int) -> Joined:
    """Return what an account has joined: an athlete, a group. Raises NotFound."""
    return {
        "athlete": None if athlete_id is None else athlete_of(reader, account_id, athlete_id, now),
        "group": next((one.public_id for one in groups_of(reader, account_id) if one.id == group_id), None),
    }


def scope(reader: Reader, account_id: int, athlete: str | None, now: int) -> Scope:
    """Return the scope of an account over the athlete named (by id), or over its first one.

    An athlete that the account has no grant for is not found, whether it exists or not.
    """
    mine = athletes_of(reader, account_id, now)
    found = next((a for a in mine if athlete is None or athlete in (a["id"], a["name"])), None)
    if found is None:
        raise NotFound(what="athlete", id=athlete or "for this account")
    return scope_over(found, account_id)


def scope_over(athlete: Athlete, account_id: int) -> Scope:
    """Return the scope of an account over an athlete that it sees."""
    return Scope(int(athlete["id"]), account_id, athlete["role"], sees=frozenset(athlete["sees"]))


def tokens_of(reader: Reader, account_id: int) -> list[Token]:
    """Return an account's API tokens, without the tokens themselves."""
    query = select(tokens).where(tokens.c.account_id == account_id).order_by(tokens.c.id)
    return [
        {
            "id": str(row.id),
            "name": row.name,
            "scope": row.scope.split()[0],
            "may": row.scope.split()[1:],
            "created_at": iso(row.created_ms),
            "token": None,
        }
        for row in reader.rows(query)
    ]
