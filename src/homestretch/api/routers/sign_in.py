"""By what one signs in: confirming who one is, logins at providers, and sessions."""

from fastapi import APIRouter, Request, Response

from homestretch.api.context import ByCaller
from homestretch.api.session_cookie import keep_token, origin_asked
from homestretch.api.shapes.base import Number, Problem
from homestretch.api.shapes.people import Confirm
from homestretch.flow.accounts import oidc, second_factors, sessions
from homestretch.model.documents.collections import Listing
from homestretch.model.documents.sign_in import Logins, SessionEntry
from homestretch.views.people import sign_in as views

router = APIRouter(tags=["sign-in"])
#: The right that each operation needs.
RIGHTS = {
    "confirm_identity": "account: secure",
    "list_logins": "account: secure",
    "unlink_login": "account: secure",
    "list_sessions": "account: secure",
    "end_session": "account: secure",
    "end_other_sessions": "account: secure",
    "list_account_sessions": "server: manage",
    "end_account_sessions": "server: manage",
}


@router.post("/api/session/confirm", status_code=204)
def confirm_identity(body: Confirm, request: Request, asking: ByCaller) -> Response:
    """Confirm who you are with your password, and a code where you have a second factor.

    For ten minutes you may then change how people sign in.
    """
    second_factors.confirm(asking.context, asking.caller, body.password, body.code)
    response = Response(status_code=204)
    keep_token(request, response, sessions.confirmed(asking.context, asking.caller))
    return response


@router.get("/api/account/logins")
def list_logins(request: Request, asking: ByCaller) -> Logins:
    """Return by what you may sign in."""
    with asking.app.database.read() as reader:
        return views.logins(reader, asking.app.settings, asking.caller.account_id, origin_asked(request))


@router.delete("/api/account/logins/{login}", status_code=204, responses={404: {"model": Problem}})
def unlink_login(login: Number, asking: ByCaller) -> None:
    """Unlink a login at a provider, unless it is the only way in; its sessions end."""
    oidc.unlink(asking.context, asking.caller, login)


@router.get("/api/account/sessions")
def list_sessions(asking: ByCaller) -> Listing[SessionEntry]:
    """Return where you are signed in, the last used first."""
    return _sessions(asking, asking.caller.account_id)


@router.delete("/api/account/sessions/{device}", status_code=204, responses={404: {"model": Problem}})
def end_session(device: str, asking: ByCaller) -> None:
    """Sign out somewhere else."""
    sessions.end_named(asking.context, asking.caller.account_id, device)


@router.delete("/api/account/sessions", status_code=204)
def end_other_sessions(asking: ByCaller) -> None:
    """Sign out everywhere else."""
    sessions.end_others(asking.context, asking.caller.account_id, asking.caller)


@router.get("/api/accounts/{account}/sessions")
def list_account_sessions(account: Number, asking: ByCaller) -> Listing[SessionEntry]:
    """Return where an account is signed in; none for an account that does not exist."""
    return _sessions(asking, account)


@router.delete("/api/accounts/{account}/sessions", status_code=204)
def end_account_sessions(account: Number, asking: ByCaller) -> None:
    """Sign an account out everywhere, but for the session that asks."""
    sessions.end_others(asking.context, account, asking.caller)


def _sessions(asking: ByCaller, account_id: int) -> Listing[SessionEntry]:
    mine = asking.caller.session_hash
    with asking.app.database.read() as reader:
        return {"items": views.sessions(reader, asking.app.settings, account_id, asking.context.clock(), mine)}
