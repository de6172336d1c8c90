"""Signing in by a proxy that has asked who somebody is, and says so in a header.

The header counts where three things hold: a proxy of ours is at the other end of the connection itself, it sends a
secret that no visitor has, and each header came once. It opens accounts that are there, and gives no rights.
"""

import hmac
import ipaddress
import re
from collections.abc import Sequence

from homestretch.errors import HomestretchError
from homestretch.flow.accounts.accounts import known_by_name
from homestretch.flow.accounts.sessions import opened
from homestretch.flow.runtime.context import Context
from homestretch.flow.security.log import record_refusal
from homestretch.settings import Settings, WrongSettings
from homestretch.store.queries.sessions import NewSession

SECRET_HEADER = "X-Homestretch-Proxy-Secret"  # noqa: S105
SHORTEST = 32
#: Networks of proxies are no larger than these: a longer list is not one of proxies.
LARGEST = {4: 8, 6: 16}


class NoProxyUser(HomestretchError):
    """The proxy does not say who you are, or there is no account of that name here. Ask an administrator."""

    status = 403


def must_be_whole(settings: Settings) -> None:
    """Pass settings in which the trusted header is off, or safe to use. Raises WrongSettings."""
    header, secret = settings.trusted_header, settings.trusted_header_secret
    if header is None and secret is None:
        return
    if header is None:
        raise WrongSettings(reason="HOMESTRETCH_TRUSTED_HEADER_SECRET is set, and HOMESTRETCH_TRUSTED_HEADER is not")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{1,60}", header):
        raise WrongSettings(reason="HOMESTRETCH_TRUSTED_HEADER is not the name of a header, such as Remote-User")
    if secret is None or len(secret.get_secret_value()) < SHORTEST:
        reason = "HOMESTRETCH_TRUSTED_HEADER needs HOMESTRETCH_TRUSTED_HEADER_SECRET with 32 characters at least"
        raise WrongSettings(reason=reason)
    if not settings.trusted_proxies:
        raise WrongSettings(reason="HOMESTRETCH_TRUSTED_HEADER needs the proxies in HOMESTRETCH_TRUSTED_PROXIES")
    for one in settings.trusted_proxies:
        try:
            network = ipaddress.ip_network(one, strict=False)
        except ValueError:
            network = None
        if network is None or network.prefixlen < LARGEST[network.version]:
            reason = f"with HOMESTRETCH_TRUSTED_HEADER, {one} in HOMESTRETCH_TRUSTED_PROXIES lets in too many"
            raise WrongSettings(reason=f"{reason}: name each proxy, or its network")


def user_of(settings: Settings, peer: str, names: Sequence[str], secrets: Sequence[str]) -> str | None:
    """Return who asks, as a proxy at `peer` says in its headers; None where that does not count."""
    secret = settings.trusted_header_secret
    if settings.trusted_header is None or secret is None or len(names) != 1 or len(secrets) != 1:
        return None
    given = hmac.compare_digest(secrets[0].encode(), secret.get_secret_value().encode())
    if not given or not _is_proxy(settings, peer):
        return None
    try:  # headers are read as Latin-1, and proxies write UTF-8
        return names[0].encode("latin-1").decode("utf-8").strip() or None
    except UnicodeError:
        return None


def _is_proxy(settings: Settings, peer: str) -> bool:
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return False
    return any(address in ipaddress.ip_network(one, strict=False) for one in settings.trusted_proxies)


def sign_in(context: Context, name: str | None, *, agent: str, address: str) -> str:
    """Return the token of a new session of whoever the proxy says asks. Raises NoProxyUser."""
    with context.database.write() as session:
        account = None if name is None else known_by_name(session, name)
        if account is not None:
            return opened(session, NewSession(int(account.id), "proxy", agent, address), context)
    record_refusal(context, "proxy", None, address)
    raise NoProxyUser
