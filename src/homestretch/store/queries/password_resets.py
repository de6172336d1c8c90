"""Keeps passwords that people set, and links that set one."""

from typing import NamedTuple

from sqlalchemy import delete, or_, select, update

from homestretch.store.database import Reader, Writer
from homestretch.store.queries.sessions import end_sessions
from homestretch.store.tables.kept import accounts, tokens
from homestretch.store.tables.ops import password_resets


class Reset(NamedTuple):
    """A link that sets a new password: whose, and until when it is open (UTC ms)."""

    account_id: int
    username: str
    until_ms: int


def put_password(session: Writer, account_id: int, hashed: str, *, keep_tokens: bool) -> None:
    """Keep the hash of a new password: sessions and links for one end, and tokens unless they are kept."""
    session.run(update(accounts).where(accounts.c.id == account_id).values(password_hash=hashed))
    end_sessions(session, account_id)
    session.run(delete(password_resets).where(password_resets.c.account_id == account_id))
    if not keep_tokens:
        session.run(delete(tokens).where(tokens.c.account_id == account_id))


def put_reset(session: Writer, account_id: int, by_account: int | None, token_hash: str, until_ms: int) -> None:
    """Keep a link for an account, in the place of an earlier one."""
    row = {"account_id": account_id, "by_account": by_account, "token_hash": token_hash, "until_ms": until_ms}
    session.put(password_resets, [row])


def reset_of(reader: Reader, token_hash: str, now: int) -> Reset | None:
    """Return the link of a token; None where it has ended, or who made it is no administrator any more."""
    admins = select(accounts.c.id).where(accounts.c.is_admin)
    query = (
        select(password_resets.c.account_id, accounts.c.username, password_resets.c.until_ms)
        .join(accounts, accounts.c.id == password_resets.c.account_id)
        .where(password_resets.c.token_hash == token_hash, password_resets.c.until_ms > now)
        .where(or_(password_resets.c.by_account.is_(None), password_resets.c.by_account.in_(admins)))
    )
    row = reader.row(query)
    return None if row is None else Reset(**row._mapping)


def take_reset(session: Writer, token_hash: str) -> bool:
    """Use a link up; return whether it was still there."""
    return bool(session.run(delete(password_resets).where(password_resets.c.token_hash == token_hash)))
