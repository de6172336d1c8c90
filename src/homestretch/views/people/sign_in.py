"""By what people sign in: providers, logins there, sessions."""

from homestretch.model.documents.passkeys import Passkeys
from homestretch.model.documents.sign_in import (
    LinkedLogin,
    Logins,
    OidcProvider,
    OidcProviders,
    ProviderButton,
    SecondFactor,
    SessionEntry,
)
from homestretch.model.moment import iso
from homestretch.model.notices.agents import device_words
from homestretch.settings import Settings
from homestretch.store.database import Reader
from homestretch.store.queries import password_resets as stored
from homestretch.store.queries.accounts import has_password, is_admin
from homestretch.store.queries.passkeys import frozen_host, has_passkeys, passkeys_of, relying_party
from homestretch.store.queries.second_factors import codes_left, factor_of, has_factor, is_required
from homestretch.store.queries.sessions import Session, sessions_of
from homestretch.store.queries.sign_in import ENVIRONMENT, Provider, all_providers, logins_of

NO_ADDRESS = "Homestretch does not know its own address. Set HOMESTRETCH_PUBLIC_URL and restart."
#: So much of the hash of a session's token is its name.
NAME_LENGTH = 16


def provider_buttons(reader: Reader, settings: Settings) -> list[ProviderButton]:
    """Return the providers to sign in with; none where our own address is not known."""
    if settings.known_address is None:
        return []
    return [{"key": one.key, "name": one.name} for one in all_providers(reader, settings)]


def mails_links(reader: Reader, settings: Settings) -> bool:
    """Return whether people may have a link for a new password sent by e-mail."""
    return stored.mails_links(reader, settings)


def list_providers(reader: Reader, settings: Settings) -> OidcProviders:
    """Return all providers with their settings, for administrators."""
    return {
        "items": [_provider(one, settings) for one in all_providers(reader, settings)],
        "address": settings.known_address,
        "problem": NO_ADDRESS if settings.known_address is None else None,
        "passwords": settings.takes_passwords,
    }


def _provider(provider: Provider, settings: Settings) -> OidcProvider:
    locked = provider.key == ENVIRONMENT
    return {
        "key": provider.key,
        "name": provider.name,
        "issuer": provider.issuer,
        "client_id": provider.client_id,
        "has_secret": settings.oidc_client_secret is not None if locked else provider.secret is not None,
        "scopes": provider.scopes,
        "groups_claim": provider.groups_claim,
        "allowed_groups": list(provider.allowed_groups),
        "allowed_domains": list(provider.allowed_domains),
        "admin_groups": list(provider.admin_groups),
        "policy": provider.policy,
        "invited": list(provider.invited),
        "end_session": provider.end_session,
        "locked": locked,
    }


def passkeys_work(reader: Reader, settings: Settings, asked_at: str) -> bool:
    """Return whether anybody has a passkey, and they work for a browser at an origin."""
    there = settings.takes_passwords and frozen_host(reader) is not None
    return there and relying_party(reader, settings, asked_at).problem is None


def passkeys(reader: Reader, settings: Settings, account_id: int, asked_at: str) -> Passkeys:
    """Return the passkeys of an account, and why none works for a browser at an origin."""
    return {
        "items": [
            {
                "id": str(one.id),
                "name": one.name,
                "synced": one.synced,
                "created_at": iso(one.created_ms),
                "used_at": None if one.used_ms is None else iso(one.used_ms),
            }
            for one in passkeys_of(reader, account_id)
        ],
        "problem": relying_party(reader, settings, asked_at).problem,
        "offered": settings.takes_passwords and has_password(reader, account_id),
    }


def logins(reader: Reader, settings: Settings, account_id: int, asked_at: str) -> Logins:
    """Return by what the account's person may sign in, for a browser at an origin."""
    named = {one.issuer: one for one in all_providers(reader, settings)}
    found: list[LinkedLogin] = []
    for login in logins_of(reader, account_id):
        provider = named.get(login.issuer)
        found.append(
            {
                "id": str(login.id),
                "provider": None if provider is None else provider.key,
                "name": login.issuer if provider is None else provider.name,
                "issuer": login.issuer,
                "label": login.label,
                "created_at": iso(login.created_ms),
                "used_at": None if login.used_ms is None else iso(login.used_ms),
            }
        )
    takes = settings.takes_passwords and has_password(reader, account_id)
    has_passkey = has_passkeys(reader, account_id) and passkeys_work(reader, settings, asked_at)
    has = has_factor(reader, account_id)
    return {"items": found, "password": takes, "passkey": has_passkey, "second_factor": has}


def second_factor(reader: Reader, settings: Settings, account_id: int) -> SecondFactor:
    """Return whether the account has a second factor, and whether it has to."""
    found = factor_of(reader, account_id)
    since = None if found is None or found.secret is None else found.since_ms
    return {
        "on": found is not None and found.secret is not None,
        "since": None if since is None else iso(since),
        "codes_left": codes_left(reader, account_id),
        "required": is_required(reader, settings, is_admin(reader, account_id))
        and not has_passkeys(reader, account_id),
        "offered": settings.takes_passwords and has_password(reader, account_id),
    }


def sessions(reader: Reader, settings: Settings, account_id: int, now: int, mine: str | None) -> list[SessionEntry]:
    """Return the sessions of an account, the last used first; `mine` is the hash of the one that asks."""
    providers = {one.issuer: one.name for one in all_providers(reader, settings)}
    names = {one.id: providers.get(one.issuer, one.issuer) for one in logins_of(reader, account_id)}
    return [_session(one, names, mine) for one in sessions_of(reader, account_id, now)]


def _session(session: Session, names: dict[int, str], mine: str | None) -> SessionEntry:
    by = session.kind if session.login_id is None else names.get(session.login_id, session.kind)
    return {
        "id": session.token_hash[:NAME_LENGTH],
        "device": device_words(session.agent),
        "address": session.address,
        "by": by,
        "created_at": iso(session.created_ms),
        "seen_at": iso(session.seen_ms),
        "current": session.token_hash == mine,
    }
