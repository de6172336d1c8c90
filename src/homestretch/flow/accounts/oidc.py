"""Signing in by OpenID Connect: the way there and back, whose account it is, and what groups give."""

import hmac
import json
import logging
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from homestretch.errors import BadRequest, Conflict, HomestretchError, NotFound, SignInNeeded
from homestretch.flow.accounts.accounts import (
    Caller,
    charge,
    create_without_password,
    forgive,
    known_by_name,
    set_up_done,
)
from homestretch.flow.accounts.providers import GOOGLE, own_address, provider_named, registration
from homestretch.flow.accounts.sessions import confirmed, must_be_confirmed, open_session
from homestretch.flow.runtime.context import Actor, Context
from homestretch.flow.runtime.secret_store import KeyMissing, keys
from homestretch.flow.security.log import record, record_refusal
from homestretch.model.security.events import Details
from homestretch.net import oidc
from homestretch.net.id_token import LOGOUT_S, Expected
from homestretch.net.oidc import Attempt, Person, SignInRefused
from homestretch.store.database import Writer
from homestretch.store.queries import sign_in as stored
from homestretch.store.queries.accounts import has_password
from homestretch.store.queries.sessions import NewSession, Session, end_sessions_at, end_sessions_of_login
from homestretch.store.queries.sign_in import Login, Provider, all_providers

log = logging.getLogger("homestretch.sign_in")

type Purpose = Literal["sign_in", "link", "confirm"]
COOKIE = "hs_oidc_"
COOKIE_PATH = "/api/session/oidc"
#: So long a person may take at the provider, and so many may be under way in one browser.
LASTS_MS, MOST_AT_ONCE = 10 * 60_000, 5
#: How far the provider's clock may be behind ours when it says when somebody signed in.
LEEWAY_MS = 60_000


class SignInExpired(HomestretchError):
    """This sign-in has expired or began elsewhere. Start again at {address}."""

    status = 400


class NoAccount(HomestretchError):
    """No account here belongs to this sign-in. Ask an administrator, or link it in your settings."""

    status = 403


class NotAllowedHere(HomestretchError):
    """The provider confirmed you, but you are in none of the groups or domains that may sign in here."""

    status = 403


class LinkedElsewhere(HomestretchError):
    """This sign-in is linked to another account. Unlink it there first."""

    status = 409


class NotSignedInAgain(HomestretchError):
    """The provider did not ask who you are again. Sign out and sign in to make this change."""

    status = 403


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser goes, and the cookie that it brings back."""

    url: str
    cookie: str
    sealed: str


@dataclass(frozen=True, slots=True)
class Came:
    """A browser that came back: its cookies, the query it was sent with, who it is, and who is signed in there."""

    cookies: Mapping[str, str]
    query: Mapping[str, str]
    agent: str
    address: str
    caller: Caller | None


@dataclass(frozen=True, slots=True)
class Finished:
    """Where the browser goes on, and the token of its session, where that is a new one."""

    back: str
    token: str | None


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a cookie holds: an attempt at a provider, what for, for whom, since when, and where to go on."""

    provider: str
    purpose: Purpose
    account_id: int | None
    back: str
    made_ms: int
    state: str
    nonce: str
    verifier: str


def begin(context: Context, key: str, purpose: Purpose, back: str, caller: Caller | None) -> Begun:
    """Begin a sign-in at a provider, for a visitor, or to link or confirm an account that is signed in.

    Raises NotFound, SignInNeeded, ConfirmIdentity, NoPublicAddress, ProviderUnreachable, ProviderUnusable.
    """
    provider = provider_named(context, key)
    if purpose != "sign_in":
        if caller is None or caller.by_token:
            raise SignInNeeded
        if purpose == "link":
            must_be_confirmed(context, caller)
    attempt = oidc.new_attempt()
    url = oidc.authorize_address(registration(context, provider), attempt, again=purpose == "confirm")
    kept = {
        "provider": key,
        "purpose": purpose,
        "account_id": caller.account_id if caller is not None and purpose != "sign_in" else None,
        "back": own_path(back),
        "made_ms": context.clock(),
        "state": attempt.state,
        "nonce": attempt.nonce,
        "verifier": attempt.verifier,
    }
    return Begun(url, f"{COOKIE}{attempt.state[:8]}", keys(context.settings).seal(json.dumps(kept)))


def own_path(path: str) -> str:
    """Return a path of this site, `/` for whatever else somebody asks for."""
    fits = re.fullmatch(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,400}", path) and not urlsplit(path).netloc
    return path if fits and not path.startswith("/api/") else "/"


def way_back(context: Context, came: Came) -> str:
    """Return where a browser goes on whose sign-in failed."""
    try:
        return _kept(context, came).back
    except SignInExpired:
        return "/"


def finish(context: Context, key: str, came: Came) -> Finished:
    """Sign in, link or confirm whoever came back from a provider.

    Raises SignInExpired, SignInRefused, NoAccount, NotAllowedHere, LinkedElsewhere, NotSignedInAgain, TooManyTries,
    ProviderUnreachable and ProviderUnusable.
    """
    try:
        return _finish(replace(context, actor=Actor("oidc", None, came.address)), key, came)
    except (SignInRefused, NoAccount, NotAllowedHere, LinkedElsewhere, NotSignedInAgain):
        record_refusal(context, "oidc", None, came.address)
        raise


def _finish(context: Context, key: str, came: Came) -> Finished:
    kept = _kept(context, came)
    mine = came.caller is not None and not came.caller.by_token and came.caller.account_id == kept.account_id
    if kept.provider != key or (kept.purpose != "sign_in" and not mine):
        raise _expired(context)
    provider = provider_named(context, key)
    tries = f"address:oidc {came.address}"
    charge(context, [tries])
    _spend(context, kept)
    now = context.clock()
    attempt = Attempt(kept.state, kept.nonce, kept.verifier)
    person = oidc.person(registration(context, provider), attempt, came.query, now / 1000)
    _must_be_allowed(provider, person)
    if kept.purpose == "confirm":
        _must_be_asked_again(person, kept.made_ms)
    with context.database.write() as session:
        login = _login(session, context, provider, person, kept)
        _give_rights(session, context, provider, person, login)
        stored.use_login(session, login.id, _label(person), now)
        forgive(session, tries, now)
    token = None
    if kept.purpose == "sign_in":
        sid, hint = person.text("sid") or None, None
        if provider.end_session:
            hint = keys(context.settings).seal(person.id_token)
        new = NewSession(login.account_id, "oidc", came.agent, came.address, login.id, sid, hint)
        token = open_session(context, new)
    elif kept.purpose == "confirm" and came.caller is not None:
        token = confirmed(context, came.caller)
    log.info("signed in", extra={"provider": key, "account": login.account_id, "purpose": kept.purpose})
    return Finished(kept.back, token)


def _expired(context: Context) -> SignInExpired:
    return SignInExpired(address=own_address(context.settings))


def _kept(context: Context, came: Came) -> _Kept:
    """Return the attempt that a browser comes back from. Raises SignInExpired."""
    state = came.query.get("state", "")
    sealed = came.cookies.get(f"{COOKIE}{state[:8]}")
    if not state or sealed is None:
        raise _expired(context)
    try:
        kept = _Kept(**json.loads(keys(context.settings).open(sealed)))
    except (KeyMissing, ValueError, TypeError) as error:
        raise _expired(context) from error
    if not hmac.compare_digest(kept.state.encode(), state.encode()) or context.clock() - kept.made_ms > LASTS_MS:
        raise _expired(context)
    return kept


def _spend(context: Context, kept: _Kept) -> None:
    """Take an attempt once. Raises SignInExpired."""
    now = context.clock()
    with context.database.write() as session:
        fresh = stored.spend(session, [f"oidc:{kept.state}"], now + 2 * LASTS_MS, now)
    if not fresh:
        raise _expired(context)


def _must_be_asked_again(person: Person, since_ms: int) -> None:
    at = person.claims.get("auth_time")
    if not isinstance(at, int | float) or at * 1000 + LEEWAY_MS < since_ms:
        raise NotSignedInAgain


def _must_be_allowed(provider: Provider, person: Person) -> None:
    if provider.allowed_groups and not set(provider.allowed_groups) & set(person.texts(provider.groups_claim)):
        raise NotAllowedHere
    if provider.allowed_domains:
        domain = _verified_address(person).rpartition("@")[2]
        workspace = person.text("hd").lower() if provider.issuer == GOOGLE else domain
        if domain not in provider.allowed_domains or workspace != domain:
            raise NotAllowedHere


def _verified_address(person: Person) -> str:
    """Return the e-mail address that the provider has verified, in lower case; empty for none."""
    return person.text("email").strip().lower() if person.claims.get("email_verified") is True else ""


def _label(person: Person) -> str:
    """Return what somebody is called at the provider, for people to recognise."""
    names = (person.text(name) for name in ("email", "preferred_username", "name", "sub"))
    return next(filter(None, names), "")[:200].replace("\0", "")


def _login(session: Writer, context: Context, provider: Provider, person: Person, kept: _Kept) -> Login:
    """Return whose account it is: known, linked now, or made now where the provider's policy says so."""
    subject = person.text("sub")
    found = stored.login_of(session, provider.issuer, subject)
    if kept.purpose == "link" and found is not None and found.account_id != kept.account_id:
        raise LinkedElsewhere
    if kept.purpose == "confirm" and (found is None or found.account_id != kept.account_id):
        raise NoAccount
    if found is not None:
        return found
    account_id = kept.account_id if kept.purpose == "link" else None
    if account_id is None:
        account_id = _new_account(session, context, provider, person)
    stored.add_login(session, account_id, provider.issuer, subject, _label(person), context.clock())
    record(session, context, "login_linked", account=account_id, details={"provider": provider.key})
    made = stored.login_of(session, provider.issuer, subject)
    if made is None:
        raise NotFound(what="login", id=subject)
    return made


def _new_account(session: Writer, context: Context, provider: Provider, person: Person) -> int:
    """Return an account made for a stranger, where the provider's policy allows that. Raises NoAccount."""
    address = _verified_address(person)
    there = next((one for one in stored.providers(session) if one.key == provider.key), None)
    invited = there is not None and there.policy == "invited" and address in there.invited
    if not (invited or provider.policy == "create") or not set_up_done(session):
        raise NoAccount
    wish = person.text("preferred_username") or address.partition("@")[0] or person.text("name") or "athlete"
    wish = re.sub(r"[\x00-\x1f\x7f]", "", wish).strip()[:50] or "athlete"
    names = (wish if number == 1 else f"{wish} {number}" for number in range(1, 1000))
    free = next(name for name in names if known_by_name(session, name) is None)
    if there is not None and invited:  # an invitation is for one person
        left = tuple(one for one in there.invited if one != address)
        stored.put_provider(session, replace(there, invited=left), context.clock())
    return create_without_password(session, context, free)


def _give_rights(session: Writer, context: Context, provider: Provider, person: Person, login: Login) -> None:
    """Make the account an administrator's by its groups, or take away what they gave; the last one stays."""
    member = bool(set(provider.admin_groups) & set(person.texts(provider.groups_claim)))
    admins = stored.locked_admins(session)
    if member and login.account_id not in admins:
        stored.set_admin(session, login.account_id, True)
        stored.set_gave_admin(session, login.id, True)
        record(session, context, "administrator_given", account=login.account_id)
    elif not member and login.gave_admin:
        others = stored.others_gave_admin(session, login)
        if not others and admins == [login.account_id]:
            return
        stored.set_gave_admin(session, login.id, False)
        if not others:
            stored.set_admin(session, login.account_id, False)
            record(session, context, "administrator_taken", account=login.account_id)


def unlink(context: Context, caller: Caller, login_id: int) -> None:
    """Remove one of the caller's logins and end the sessions that began by it. Raises Conflict, NotFound."""
    must_be_confirmed(context, caller)
    with context.database.write() as session:
        there = stored.logins_of(session, caller.account_id)
        mine = next((one for one in there if one.id == login_id), None)
        if mine is None:
            raise NotFound(what="login", id=login_id)
        takes = context.settings.takes_passwords and has_password(session, caller.account_id)
        if len(there) == 1 and not takes:
            raise Conflict(reason="This is your only way to sign in. Set a password or link another one.")
        stored.remove_login(session, caller.account_id, login_id)
        end_sessions_of_login(session, login_id)
        record(session, context, "login_unlinked", account=caller.account_id)


def link_by_hand(context: Context, account_id: int, key: str, subject: str) -> None:
    """Link an account to a subject of a provider without a sign-in, from the server's own shell.

    Raises NotFound, LinkedElsewhere.
    """
    provider = provider_named(context, key)
    with context.database.write() as session:
        found = stored.login_of(session, provider.issuer, subject)
        if found is not None and found.account_id != account_id:
            raise LinkedElsewhere
        if found is None:
            stored.add_login(session, account_id, provider.issuer, subject, subject, context.clock())
            record(session, context, "login_linked", account=account_id, details={"provider": key})


def end_at_provider(context: Context, ended: Session) -> str | None:
    """Return where somebody whose session ended here signs out at the provider too; None for nowhere."""
    if ended.id_token is None or ended.login_id is None:
        return None
    with context.database.read() as reader:
        login = next((one for one in stored.logins_of(reader, ended.account_id) if one.id == ended.login_id), None)
        there = all_providers(reader, context.settings)
    provider = next((one for one in there if login is not None and one.issuer == login.issuer), None)
    if provider is None or not provider.end_session:
        return None
    try:
        hint = keys(context.settings).open(ended.id_token)
    except KeyMissing:
        return None  # without it the provider would ask; here the person is signed out
    return oidc.end_address(registration(context, provider), hint, f"{own_address(context.settings)}/")


def end_by_provider(context: Context, key: str, token: str) -> int:
    """End the sessions that a provider says have ended there; return how many.

    Raises BadRequest, NotFound, ProviderUnreachable, ProviderUnusable.
    """
    provider = provider_named(context, key)
    now = context.clock()
    try:
        claims = oidc.logged_out(token, Expected(provider.issuer, provider.client_id, None), now / 1000)
    except SignInRefused as error:
        log.warning("logout token refused", extra={"provider": key, "reason": str(error)})
        raise BadRequest(reason="This logout token is not believed.") from error
    subject, sid = (found if isinstance(found, str) else None for found in map(claims.get, ("sub", "sid")))
    with context.database.write() as session:
        if not stored.spend(session, [f"jti:{provider.issuer} {claims['jti']}"], now + 3000 * LOGOUT_S, now):
            raise BadRequest(reason="This logout token was sent before.")
        whose = Counter(end_sessions_at(session, provider.issuer, subject, sid))
        for account_id, ended in whose.items():
            details: Details = {"provider": key, "sessions": ended}
            record(session, context, "sessions_ended", account=account_id, actor=Actor("oidc"), details=details)
    return whose.total()
