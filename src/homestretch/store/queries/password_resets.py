"""Keeps passwords that people set, links that set one, and requests for such a link by e-mail."""

from typing import NamedTuple

from sqlalchemy import delete, insert, or_, select, update

from homestretch.settings import Settings
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.accounts import NO_PASSWORD
from homestretch.store.queries.mail import mail_settings
from homestretch.store.queries.sessions import end_sessions
from homestretch.store.tables.kept import accounts, tokens
from homestretch.store.tables.ops import password_resets, reset_requests
from homestretch.store.tables.sinks import notification_channels as channels


class Reset(NamedTuple):
    """A link that sets a new password: whose, and until when it is open (UTC ms)."""

    account_id: int
    username: str
    until_ms: int


class Reachable(NamedTuple):
    """An account with a password, and an e-mail address that its person has confirmed."""

    account_id: int
    username: str
    address: str


class Request(NamedTuple):
    """Somebody asked for a link by e-mail, from an address; of no account where what was typed is no account's."""

    id: int
    account_id: int | None
    address: str
    asked_ms: int


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


def mails_links(reader: Reader, settings: Settings) -> bool:
    """Return whether this server sends links for a new password by e-mail: it can, and knows where they lead."""
    can = settings.takes_passwords and settings.known_address is not None
    return can and mail_settings(reader) is not None


def reachable(reader: Reader) -> list[Reachable]:
    """Return the confirmed addresses of all accounts that have a password."""
    confirmed = (channels.c.way == "email") & (channels.c.address_state == "confirmed")
    query = (
        select(accounts.c.id, accounts.c.username, channels.c.settings)
        .join(channels, channels.c.account_id == accounts.c.id)
        .where(confirmed, accounts.c.password_hash != NO_PASSWORD)
        .order_by(accounts.c.id, channels.c.id)
    )
    return [Reachable(row.id, row.username, row.settings["to"]) for row in reader.rows(query)]


def add_request(session: Writer, account_id: int | None, address: str, now: int) -> None:
    """Keep that somebody asked for a link."""
    session.run(insert(reset_requests), {"account_id": account_id, "address": address, "asked_ms": now})


def requests(reader: Reader) -> list[int]:
    """Return the requests for a link that wait, the oldest first."""
    return [row.id for row in reader.rows(select(reset_requests.c.id).order_by(reset_requests.c.id))]


def take_request(session: Writer, request_id: int) -> Request | None:
    """Return a request and delete it, so that none is answered twice; None where it is gone."""
    row = session.row(select(reset_requests).where(reset_requests.c.id == request_id))
    gone = session.run(delete(reset_requests).where(reset_requests.c.id == request_id))
    return Request(**row._mapping) if row is not None and gone else None
