"""Keeps and reads passkeys, and says for which host they are."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import delete, insert, select, update

from homestretch.settings import Settings, origin_of
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.ops import passkeys


class Passkey(NamedTuple):
    """A passkey; see the table."""

    id: int
    account_id: int
    credential_id: str
    public_key: str
    user_handle: str
    rp_id: str
    sign_count: int
    transports: list[str]
    synced: bool
    name: str
    created_ms: int
    used_ms: int | None


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """For which host passkeys are (`id`), at which `origins` browsers use them, and why not here (`problem`)."""

    id: str
    origins: tuple[str, ...]
    problem: str | None = None


def relying_party(reader: Reader, settings: Settings, asked_at: str) -> RelyingParty:
    """Return for which host passkeys are, as a browser at the origin `asked_at` sees it.

    The first passkey decides: those that exist work at no other host, so that it stays while there are any.
    """
    public = origin_of(settings.public_url or "")
    host, here = hostname(asked_at), asked_at
    if public is not None and host == hostname(public):
        here = public  # a proxy in between may have taken the https away
    frozen = frozen_host(reader)
    wanted = frozen or (host if public is None else hostname(public))
    origins = tuple(dict.fromkeys(one for one in (here, public) if one is not None))
    return RelyingParty(wanted, origins, _problem(wanted, here, frozen, public))


def _problem(wanted: str, here: str, frozen: str | None, public: str | None) -> str | None:
    host = hostname(here)
    if _is_address(host) or _is_address(wanted):
        return f"Passkeys need a name, and {host} is an address. Open {_by_name(here, public)} instead."
    # A name below it will do where names are known: who asks by another one is refused before.
    below = public is not None and host.endswith(f".{wanted}")
    if host != wanted and not below:
        if frozen is not None:
            return f"The passkeys of this server were made for {frozen}, so they work there only."
        return f"Passkeys are made for {wanted}. Open {public} instead."
    if not here.startswith("https:") and host != "localhost":
        return "Passkeys need https. Put Homestretch behind a proxy with a certificate."
    return None


def _by_name(here: str, public: str | None) -> str:
    """Return the address to open instead of a number: our own, or the name of this machine for itself."""
    if public is not None and not _is_address(hostname(public)):
        return public
    host, port = hostname(here), urlsplit(here).port
    if _is_address(host) and ipaddress.ip_address(host).is_loopback:
        return f"http://localhost:{port}" if port else "http://localhost"
    return "Homestretch by its name"


def hostname(origin: str) -> str:
    """Return the host of an address, in small letters; empty for none."""
    return urlsplit(origin).hostname or ""


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def frozen_host(reader: Reader) -> str | None:
    """Return the host that the passkeys of this server are for; None while there are none."""
    found: str | None = reader.scalar(select(passkeys.c.rp_id).order_by(passkeys.c.id).limit(1))
    return found


def passkeys_of(reader: Reader, account_id: int) -> list[Passkey]:
    """Return the passkeys of an account, the oldest first."""
    rows = reader.rows(select(passkeys).where(passkeys.c.account_id == account_id).order_by(passkeys.c.id))
    return [Passkey(**row._mapping) for row in rows]


def has_passkeys(reader: Reader, account_id: int) -> bool:
    """Return whether an account has a passkey."""
    found = select(passkeys.c.id).where(passkeys.c.account_id == account_id).limit(1)
    return reader.scalar(found) is not None


def passkey_of(reader: Reader, credential_id: str) -> Passkey | None:
    """Return a passkey by its id at the browser, or None."""
    row = reader.row(select(passkeys).where(passkeys.c.credential_id == credential_id))
    return None if row is None else Passkey(**row._mapping)


def add_passkey(session: Writer, values: Mapping[str, object]) -> None:
    """Keep a new passkey."""
    session.run(insert(passkeys).values(**values))


def use_passkey(session: Writer, passkey: Passkey, sign_count: int, now: int) -> bool:
    """Keep that a passkey was used; return whether it is as it was read, and not used in between."""
    same = (passkeys.c.id == passkey.id) & (passkeys.c.sign_count == passkey.sign_count)
    return bool(session.run(update(passkeys).where(same).values(sign_count=sign_count, used_ms=now)))


def rename_passkey(session: Writer, account_id: int, passkey_id: int, name: str) -> bool:
    """Give a passkey of an account another name; return whether it was there."""
    mine = (passkeys.c.account_id == account_id) & (passkeys.c.id == passkey_id)
    return bool(session.run(update(passkeys).where(mine).values(name=name)))


def remove_passkeys(session: Writer, account_id: int, passkey_id: int | None = None) -> list[str]:
    """Remove a passkey of an account, or all of them; return what they were called."""
    mine = passkeys.c.account_id == account_id
    if passkey_id is not None:
        mine &= passkeys.c.id == passkey_id
    names = [row.name for row in session.rows(select(passkeys.c.name).where(mine).order_by(passkeys.c.id))]
    session.run(delete(passkeys).where(mine))
    return names
