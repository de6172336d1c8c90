"""Set-up, sign-in and sign-out, and who is signed in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

import homestretch
from homestretch.api.context import COOKIE, ByAnyone, ByCaller, caller_of
from homestretch.api.shapes.people import AccountChange, PasswordChange, SetUp, SignIn
from homestretch.app import App
from homestretch.flow.accounts import accounts
from homestretch.flow.accounts.accounts import Caller
from homestretch.model.documents.people import Account, SessionState, SignInState
from homestretch.model.documents.settings import MapSetting
from homestretch.views.people import people
from homestretch.views.system.server_options import map_setting

#: What strangers learn of the background map, whose address may hold a key.
NO_MAP: MapSetting = {"kind": "none", "url": None, "attribution": None}

router = APIRouter(prefix="/api", tags=["session"])
#: The right that each operation needs.
RIGHTS = {
    "get_session": "server: reach",
    "set_up": "server: reach",
    "sign_in": "server: reach",
    "sign_out": "server: reach",
    "change_account": "account: change",
    "change_password": "account: secure",
}


@router.get("/session")
def get_session(request: Request, app: ByAnyone, caller: Annotated[Caller | None, Depends(caller_of)]) -> SessionState:
    """Return who is signed in, or that no one is, or that Homestretch is not set up yet."""
    sends_only = caller is not None and caller.scope == "health"
    return _state(app, None if sends_only else caller)


@router.post("/setup")
def set_up(body: SetUp, request: Request, response: Response, app: ByAnyone) -> SessionState:
    """Create the administrator, once, and sign in."""
    accounts.check_code(app.context, body.code or "", app.setup_code, address=_address(request))
    account_id = accounts.set_up(app.context, body.username, body.password)
    token = accounts.open_session(app.context, account_id)
    return _signed_in(app, request, response, token)


@router.post("/session")
def sign_in(body: SignIn, request: Request, response: Response, app: ByAnyone) -> SessionState:
    """Sign in; repeated failures have to wait."""
    token = accounts.sign_in(app.context, body.username, body.password, address=_address(request))
    return _signed_in(app, request, response, token)


@router.delete("/session")
def sign_out(request: Request, response: Response, app: ByAnyone) -> SessionState:
    """Sign out."""
    token = request.cookies.get(COOKIE)
    if token:
        accounts.sign_out(app.context, token)
    response.delete_cookie(COOKIE)
    return _state(app, None)


@router.patch("/account")
def change_account(body: AccountChange, asking: ByCaller) -> Account:
    """Change your preferences."""
    accounts.set_preferences(asking.context, asking.caller.account_id, body.preferences.model_dump(exclude_unset=True))
    with asking.app.database.read() as reader:
        return people.account(reader, asking.caller.account_id)


@router.post("/account/password", status_code=204)
def change_password(body: PasswordChange, asking: ByCaller) -> None:
    """Change your password; every session ends, this one too, and your tokens unless you keep them."""
    accounts.change_password(asking.context, asking.caller, body.current, body.new, keep_tokens=body.keep_tokens)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _signed_in(app: App, request: Request, response: Response, token: str) -> SessionState:
    secure = request.url.scheme == "https" or (app.settings.public_url or "").startswith("https:")
    lasts = accounts.SESSION_MS // 1000
    response.set_cookie(COOKIE, token, max_age=lasts, httponly=True, samesite="lax", secure=secure, path="/")
    with app.database.read() as reader:
        caller = accounts.caller_of_session(reader, token, app.context.clock())
    return _state(app, caller)


def _state(app: App, caller: Caller | None) -> SessionState:
    with app.database.read() as reader:
        state: SignInState = "signed_in" if caller else "signed_out" if accounts.set_up_done(reader) else "setup"
        return {
            "state": state,
            "code_required": state == "setup" and app.setup_code is not None,
            "version": homestretch.__version__,
            "account": people.account(reader, caller.account_id) if caller else None,
            "athletes": people.athletes_of(reader, caller.account_id) if caller else [],
            "map": map_setting(reader, app.settings) if caller else NO_MAP,
        }
