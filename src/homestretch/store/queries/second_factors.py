"""Keeps and reads second factors: authenticator apps, recovery codes, and which accounts have to have one."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update

from homestretch.settings import OPTIONS, Settings
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.accounts import chosen_option
from homestretch.store.tables.ops import recovery_codes, second_factors

OPTION = next(option for option in OPTIONS if option.key == "second_factor")


class Factor(NamedTuple):
    """An account's authenticator app; `secret` (null: not switched on) and `offered` are sealed."""

    account_id: int
    secret: str | None
    offered: str | None
    last_step: int
    since_ms: int | None


def factor_of(reader: Reader, account_id: int) -> Factor | None:
    """Return an account's second factor, which may not be switched on yet; None for none."""
    row = reader.row(select(second_factors).where(second_factors.c.account_id == account_id))
    return None if row is None else Factor(**row._mapping)


def all_factors(reader: Reader) -> list[Factor]:
    """Return every second factor."""
    return [Factor(**row._mapping) for row in reader.rows(select(second_factors))]


def has_factor(reader: Reader, account_id: int) -> bool:
    """Return whether an account has a second factor switched on."""
    found = factor_of(reader, account_id)
    return found is not None and found.secret is not None


def wanted_of(policy: str | None, is_admin: bool) -> bool:
    """Return whether a policy, as in `OPTION`, wants a second factor of an account."""
    return policy == "everyone" or (policy == "administrators" and is_admin)


def is_required(reader: Reader, settings: Settings, is_admin: bool) -> bool:
    """Return whether this server wants a second factor of such an account."""
    return wanted_of(settings.locked(OPTION) or chosen_option(reader, OPTION.key) or OPTION.default, is_admin)


def offer(session: Writer, account_id: int, sealed: str) -> None:
    """Keep a secret that somebody is shown; what is switched on stays so."""
    session.put(second_factors, [{"account_id": account_id, "offered": sealed}])


def switch_on(session: Writer, factor: Factor, step: int, now: int) -> bool:
    """Make the offered secret the account's, its first code used; return whether both are as they were in between."""
    mine = second_factors.c
    same = [mine.account_id == factor.account_id, mine.offered == factor.offered]
    same.append(mine.secret.is_(None) if factor.secret is None else mine.secret == factor.secret)
    values = {"secret": factor.offered, "offered": None, "last_step": step, "since_ms": now}
    return bool(session.run(update(second_factors).where(*same).values(values)))


def take_step(session: Writer, account_id: int, step: int) -> bool:
    """Keep that the code of a step is used; return whether it was not, nor one after it."""
    mine = [second_factors.c.account_id == account_id, second_factors.c.last_step < step]
    return bool(session.run(update(second_factors).where(*mine).values(last_step=step)))


def reseal_factor(session: Writer, account_id: int, secret: str | None) -> None:
    """Keep a secret sealed again; one that was only offered is forgotten."""
    mine = update(second_factors).where(second_factors.c.account_id == account_id)
    session.run(mine.values(secret=secret, offered=None))


def remove_factor(session: Writer, account_id: int) -> bool:
    """Remove an account's second factor and its recovery codes; return whether it was switched on."""
    was_on = has_factor(session, account_id)
    session.run(delete(recovery_codes).where(recovery_codes.c.account_id == account_id))
    session.run(delete(second_factors).where(second_factors.c.account_id == account_id))
    return was_on


def replace_codes(session: Writer, account_id: int, hashes: Iterable[str]) -> None:
    """Keep new recovery codes by their hashes; the former ones are worth nothing."""
    session.run(delete(recovery_codes).where(recovery_codes.c.account_id == account_id))
    session.run(insert(recovery_codes), [{"account_id": account_id, "code_hash": one} for one in hashes])


def take_code(session: Writer, account_id: int, code_hash: str) -> bool:
    """Use a recovery code; return whether it was there."""
    mine = [recovery_codes.c.account_id == account_id, recovery_codes.c.code_hash == code_hash]
    return bool(session.run(delete(recovery_codes).where(*mine)))


def codes_left(reader: Reader, account_id: int) -> int:
    """Return how many recovery codes an account has left."""
    mine = select(func.count()).select_from(recovery_codes).where(recovery_codes.c.account_id == account_id)
    return int(reader.scalar(mine) or 0)
