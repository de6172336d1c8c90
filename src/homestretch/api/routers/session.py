"""Set-up, sign-in and sign-out, and who is signed in."""

import logging
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

import homestretch
from homestretch.api.context import COOKIE, ByAnyone, ByCaller, address_of, caller_of, context_of, proxy_user_of
from homestretch.api.session_cookie import (
    agent_of,
    end_former,
    forget_half,
    half_of,
    keep_half,
    keep_token,
    origin_asked,
)
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.people import (
    AccountChange,
    FactorCode,
    PasskeySignIn,
    PasswordChange,
    Registration,
    SetUp,
    SignIn,
    UserName,
)
from homestretch.app import App
from homestretch.errors import HomestretchError
from homestretch.flow.accounts import accounts, oidc, second_factors, sessions
from homestretch.flow.accounts.accounts import Caller
from homestretch.flow.accounts.credentials import passkeys, proxy
from homestretch.flow.accounts.second_factors import Asked
from homestretch.flow.people import athletes, invitations
from homestretch.model.documents.passkeys import PasskeyRequest
from homestretch.model.documents.people import Account, SessionState, SignInState
from homestretch.model.documents.settings import MapSetting
from homestretch.model.documents.sign_in import FactorOffer, RecoveryCodes
from homestretch.views.people import people
from homestretch.views.people.sign_in import mails_links, passkeys_work, provider_buttons
from homestretch.views.system.server_options import map_setting

log = logging.getLogger("homestretch.sign_in")

#: What strangers learn of the background map, whose address may hold a key.
NO_MAP: MapSetting = {"kind": "none", "url": None, "attribution": None}

router = APIRouter(prefix="/api", tags=["session"])
#: The right that each operation needs.
RIGHTS = {
    "get_session": "server: reach",
    "set_up": "server: reach",
    "sign_in": "server: reach",
    "begin_passkey_sign_in": "server: reach",
    "sign_in_with_passkey": "server: reach",
    "sign_in_by_proxy": "server: reach",
    "give_code": "server: reach",
    "offer_factor_at_sign_in": "server: reach",
    "switch_on_factor_at_sign_in": "server: reach",
    "sign_out": "server: reach",
    "join": "server: reach",
    "change_account": "account: change",
    "delete_account": "account: secure",
    "change_password": "account: secure",
}


@router.get("/session")
def get_session(request: Request, app: ByAnyone, caller: Annotated[Caller | None, Depends(caller_of)]) -> SessionState:
    """Return who is signed in or half so, or that no one is, or that Homestretch is not set up yet."""
    sends_only = caller is not None and caller.scope == "health"
    half = half_of(request)
    asked = second_factors.asked_of_half(app.context, half) if half and caller is None else None
    return _state(app, request, None if sends_only else caller, asked)


@router.post("/setup")
def set_up(body: SetUp, request: Request, response: Response, app: ByAnyone) -> SessionState:
    """Create the administrator, once, and sign in."""
    accounts.check_code(app.context, body.code or "", app.setup_code, address=address_of(request))
    account_id = accounts.set_up(context_of(request), body.username, body.password)
    return _signed_in(app, request, response, account_id)


@router.post("/session")
def sign_in(body: SignIn, request: Request, response: Response, app: ByAnyone) -> SessionState:
    """Sign in, or half so where a second factor is still to come; repeated failures have to wait."""
    address = address_of(request)
    try:
        account_id = accounts.sign_in(app.context, body.username, body.password, address=address)
    except HomestretchError as error:
        # Without the name: now and then it is a password.
        log.warning("sign-in failed", extra={"address": address, "code": error.code})
        raise
    log.info("password accepted", extra={"account": account_id})
    return _signed_in(app, request, response, account_id)


@router.post("/session/passkey/options")
def begin_passkey_sign_in(request: Request, app: ByAnyone) -> PasskeyRequest:
    """Return what a browser needs to sign in with a passkey."""
    return passkeys.begin_sign_in(app.context, origin_asked(request))


@router.post("/session/passkey")
def sign_in_with_passkey(body: PasskeySignIn, request: Request, response: Response, app: ByAnyone) -> SessionState:
    """Sign in with a passkey, which is a second factor too."""
    agent, address = agent_of(request), address_of(request)
    at = origin_asked(request)
    token = passkeys.sign_in(app.context, body.state, body.answer(), at, agent=agent, address=address)
    if half := half_of(request):
        second_factors.end_half(app.context, half)
    return _whole(app, request, response, token)


@router.post("/session/proxy", responses={403: {"model": Problem}})
def sign_in_by_proxy(request: Request, response: Response, app: ByAnyone) -> SessionState:
    """Sign in as the account that a trusted proxy names."""
    agent, address = agent_of(request), address_of(request)
    return _whole(
        app, request, response, proxy.sign_in(app.context, proxy_user_of(request), agent=agent, address=address)
    )


@router.post("/session/invitation")
def join(body: Registration, request: Request, response: Response, app: ByAnyone) -> SessionState:
    """Accept an invitation with a new account, and sign in."""
    account_id = invitations.register(
        app.context, body.token, body.username, body.password, address=address_of(request)
    )
    return _signed_in(app, request, response, account_id)


@router.post("/session/code")
def give_code(body: FactorCode, request: Request, response: Response, app: ByAnyone) -> SessionState:
    """Finish a sign-in with a code of your authenticator app or a recovery code."""
    half = half_of(request)
    agent, address = agent_of(request), address_of(request)
    token = second_factors.enter(app.context, half, body.code, agent=agent, address=address)
    return _whole(app, request, response, token)


@router.post("/session/second-factor")
def offer_factor_at_sign_in(request: Request, app: ByAnyone) -> FactorOffer:
    """Return a secret for an authenticator app, where this server wants one before you are signed in."""
    return second_factors.offer_to_half(app.context, half_of(request))


@router.put("/session/second-factor")
def switch_on_factor_at_sign_in(body: FactorCode, request: Request, response: Response, app: ByAnyone) -> RecoveryCodes:
    """Switch on the authenticator app with a first code and sign in; return recovery codes, this once."""
    half = half_of(request)
    agent, address = agent_of(request), address_of(request)
    codes, token = second_factors.switch_on_by_half(app.context, half, body.code, agent=agent, address=address)
    _whole(app, request, response, token)
    return {"codes": codes}


@router.delete("/session")
def sign_out(request: Request, response: Response, app: ByAnyone) -> SessionState:
    """Sign out; `sign_out_url` is where to go to sign out at the provider too."""
    token = request.cookies.get(COOKIE)
    ended = sessions.sign_out(context_of(request), token) if token else None
    response.delete_cookie(COOKIE)
    if half := half_of(request):
        second_factors.end_half(app.context, half)
    forget_half(request, response)
    # Not "storage": the web app deletes what it keeps itself; with it the theme and the worker of the device would go.
    response.headers["Clear-Site-Data"] = '"cache"'
    return {**_state(app, request, None), "sign_out_url": oidc.end_at_provider(app.context, ended) if ended else None}


@router.patch("/account")
def change_account(body: AccountChange, asking: ByCaller) -> Account:
    """Change your preferences."""
    accounts.set_preferences(asking.context, asking.caller.account_id, body.preferences.model_dump(exclude_unset=True))
    with asking.app.database.read() as reader:
        return people.account(reader, asking.caller.account_id)


@router.post("/account/password", status_code=204)
def change_password(body: PasswordChange, asking: ByCaller) -> None:
    """Change your password; every session ends, this one too, and your tokens unless you keep them."""
    second_factors.must_be_shown(asking.context, asking.caller)
    accounts.change_password(asking.context, asking.caller, body.current, body.new, keep_tokens=body.keep_tokens)


@router.post("/account/delete", status_code=204)
def delete_account(body: UserName, asking: ByCaller, response: Response) -> None:
    """Delete your account; athletes that only you own are removed, and deleted after some days."""
    sessions.must_be_confirmed(asking.context, asking.caller)
    athletes.delete_account(asking.context, asking.caller.account_id, body.username)
    response.delete_cookie(COOKIE)


def _signed_in(app: App, request: Request, response: Response, account_id: int) -> SessionState:
    asked = second_factors.asked_of(app.context, account_id)
    if asked is not None:
        end_former(request)
        response.delete_cookie(COOKIE)
        keep_half(request, response, second_factors.begin_half(app.context, account_id))
        return _state(app, request, None, asked)
    token = sessions.open_by_password(app.context, account_id, agent=agent_of(request), address=address_of(request))
    return _whole(app, request, response, token)


def _whole(app: App, request: Request, response: Response, token: str) -> SessionState:
    end_former(request)
    keep_token(request, response, token)
    forget_half(request, response)
    return _state(app, request, sessions.caller_of_session(app.context, token, proxy_user_of(request)))


def _state(app: App, request: Request, caller: Caller | None, asked: Asked | None = None) -> SessionState:
    with app.database.read() as reader:
        nobody: SignInState = asked or ("signed_out" if accounts.set_up_done(reader) else "setup")
        state: SignInState = "signed_in" if caller else nobody
        return {
            "state": state,
            "code_required": state == "setup" and app.setup_code is not None,
            "version": homestretch.__version__,
            "account": people.account(reader, caller.account_id) if caller else None,
            "athletes": people.athletes_of(reader, caller.account_id, app.context.clock()) if caller else [],
            "map": map_setting(reader, app.settings) if caller else NO_MAP,
            "providers": provider_buttons(reader, app.settings),
            "proxy_user": None if caller else proxy_user_of(request),
            "passwords": app.settings.takes_passwords,
            "mails_links": mails_links(reader, app.settings),
            "passkeys": passkeys_work(reader, app.settings, origin_asked(request)),
            "sign_out_url": None,
        }
