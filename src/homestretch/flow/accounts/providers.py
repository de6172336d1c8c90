"""Providers of OpenID Connect: set up by administrators, or by the environment, which comes first and is locked."""

import re
from dataclasses import replace

from homestretch.errors import BadRequest, Conflict, HomestretchError, NotFound
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.secret_store import keys
from homestretch.flow.security.log import record
from homestretch.model.documents.sign_in import OidcCheck, ProviderValues
from homestretch.net import oidc
from homestretch.net.oidc import Registration
from homestretch.settings import Settings
from homestretch.store.queries import sign_in as stored
from homestretch.store.queries.sign_in import ENVIRONMENT, Provider, all_providers

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")
GOOGLE = "https://accounts.google.com"


class NoPublicAddress(HomestretchError):
    """Homestretch does not know its own address. Set HOMESTRETCH_PUBLIC_URL to what your browser shows and restart."""

    status = 409
    exit_code = 2


class NoWayToSignIn(HomestretchError):
    """HOMESTRETCH_PASSWORD_SIGN_IN is off and there is no other way to sign in. Set it on, or first set up a provider
    and link an account.
    """

    exit_code = 2


def own_address(settings: Settings) -> str:
    """Return our address as providers have to know it, which no request decides. Raises NoPublicAddress."""
    if settings.known_address is None:
        raise NoPublicAddress
    return settings.known_address


def redirect_uri(settings: Settings, key: str) -> str:
    """Return where a provider sends browsers back to. Raises NoPublicAddress."""
    return f"{own_address(settings)}/api/session/oidc/{key}/callback"


def provider_named(context: Context, key: str) -> Provider:
    """Return a provider by its key. Raises NotFound."""
    with context.database.read() as reader:
        found = next((one for one in all_providers(reader, context.settings) if one.key == key), None)
    if found is None:
        raise NotFound(what="provider", id=key)
    return found


def registration(context: Context, provider: Provider) -> Registration:
    """Return what a provider knows us by, its secret opened. Raises NoPublicAddress, KeyMissing."""
    settings = context.settings
    if provider.key == ENVIRONMENT:
        given = settings.oidc_client_secret
        secret = None if given is None else given.get_secret_value()
    else:
        secret = None if provider.secret is None else keys(settings).open(provider.secret)
    back = redirect_uri(settings, provider.key)
    return Registration(provider.issuer, provider.client_id, secret, back, provider.scopes)


def set_provider(context: Context, key: str, values: ProviderValues, secret: str | None, *, new: bool) -> None:
    """Keep a provider; `secret` None: the one that is there stays, an empty one: none.

    Raises BadRequest, Conflict for a key or an issuer that is taken, NoPublicAddress, NotFound.
    """
    redirect_uri(context.settings, key)
    provider = Provider(key, **values)
    _check(provider)
    with context.database.write() as session:
        there = all_providers(session, context.settings)
        before = next((one for one in there if one.key == provider.key), None)
        if new and before is not None:
            raise Conflict(reason=f"There is already a provider with the key {provider.key}. Choose another one.")
        if not new and before is None:
            raise NotFound(what="provider", id=provider.key)
        if provider.key == ENVIRONMENT:
            raise Conflict(reason="This provider is set by HOMESTRETCH_OIDC_ variables. Change it there.")
        if any(one.issuer == provider.issuer and one.key != provider.key for one in there):
            raise Conflict(reason=f"{provider.issuer} is already set up.")
        kept = before.secret if before is not None and before.issuer == provider.issuer else None
        if secret is not None:
            kept = keys(context.settings).seal(secret) if secret else None
        stored.put_provider(session, replace(provider, secret=kept), context.clock())
        record(session, context, "provider_set", details={"provider": key})
    oidc.ISSUERS.forget()


def _check(provider: Provider) -> None:
    if not KEY.fullmatch(provider.key):
        raise BadRequest(reason="A provider's key has up to 31 lower-case letters, digits and dashes.")
    if not provider.name.strip() or not provider.client_id.strip():
        raise BadRequest(reason="Enter the provider's name and the client ID it gave you.")
    if not oidc.safe_address(provider.issuer):
        raise BadRequest(reason="Enter the provider's address with https://.")
    if provider.policy == "create" and provider.issuer == GOOGLE and not provider.allowed_domains:
        raise BadRequest(reason="Anybody has an account at Google. Enter the domains whose people get one here.")


def remove_provider(context: Context, key: str) -> None:
    """Remove a provider; its people can't sign in by it any more. Raises NotFound, Conflict."""
    if key == ENVIRONMENT:
        raise Conflict(reason="This provider is set by HOMESTRETCH_OIDC_ variables. Change it there.")
    with context.database.write() as session:
        if not stored.remove_provider(session, key):
            raise NotFound(what="provider", id=key)
        record(session, context, "provider_removed", details={"provider": key})


def check_provider(address: str) -> OidcCheck:
    """Return which issuer is at an address, and what it lacks. Raises ProviderUnreachable, ProviderUnusable."""
    found = oidc.declared_issuer(address)
    return {"issuer": str(found["issuer"]), "warnings": oidc.weaknesses(found)}


def must_let_somebody_in(context: Context) -> None:
    """Pass where passwords are taken, or somebody can sign in by a provider. Raises NoWayToSignIn."""
    if context.settings.takes_passwords:
        return
    with context.database.read() as reader:
        there, known = all_providers(reader, context.settings), stored.known_issuers(reader)
    open_ones = [one for one in there if one.issuer in known or one.policy == "create" or one.invited]
    if not open_ones or context.settings.known_address is None:
        raise NoWayToSignIn
