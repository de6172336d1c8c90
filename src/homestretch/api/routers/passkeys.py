"""Your passkeys, and confirming who you are with one."""

from fastapi import APIRouter, Request, Response

from homestretch.api.context import ByCaller
from homestretch.api.session_cookie import agent_of, keep_token, origin_asked
from homestretch.api.shapes.base import Number, Problem
from homestretch.api.shapes.people import PasskeyMade, PasskeyName, PasskeySignIn
from homestretch.flow.accounts.credentials import passkeys as flow
from homestretch.model.documents.passkeys import PasskeyCreation, PasskeyRequest, Passkeys
from homestretch.model.notices.agents import device_words
from homestretch.views.people import sign_in as views

router = APIRouter(prefix="/api", tags=["sign-in"], responses={409: {"model": Problem}})
#: The right that each operation needs.
RIGHTS = {
    "list_passkeys": "account: secure",
    "begin_passkey": "account: secure",
    "add_passkey": "account: secure",
    "rename_passkey": "account: secure",
    "remove_passkey": "account: secure",
    "begin_passkey_confirmation": "account: secure",
    "confirm_with_passkey": "account: secure",
}


@router.get("/account/passkeys")
def list_passkeys(request: Request, asking: ByCaller) -> Passkeys:
    """Return your passkeys, and why none works at this address."""
    with asking.app.database.read() as reader:
        return views.passkeys(reader, asking.app.settings, asking.caller.account_id, origin_asked(request))


@router.post("/account/passkeys/options")
def begin_passkey(request: Request, asking: ByCaller) -> PasskeyCreation:
    """Return what a browser needs to make a passkey, and what it may be called."""
    device = device_words(agent_of(request))
    return flow.begin_add(asking.context, asking.caller, device, origin_asked(request))


@router.post("/account/passkeys", status_code=201)
def add_passkey(body: PasskeyMade, request: Request, asking: ByCaller) -> Passkeys:
    """Add a passkey that the browser made; return all of yours."""
    at = origin_asked(request)
    flow.add(asking.context, asking.caller, body.state, body.name, body.answer(), at)
    with asking.app.database.read() as reader:
        return views.passkeys(reader, asking.app.settings, asking.caller.account_id, at)


@router.patch("/account/passkeys/{passkey}", status_code=204, responses={404: {"model": Problem}})
def rename_passkey(passkey: Number, body: PasskeyName, asking: ByCaller) -> None:
    """Give a passkey another name."""
    flow.rename(asking.context, asking.caller, passkey, body.name)


@router.delete("/account/passkeys/{passkey}", status_code=204, responses={404: {"model": Problem}})
def remove_passkey(passkey: Number, asking: ByCaller) -> None:
    """Remove a passkey: it signs in no longer."""
    flow.remove(asking.context, asking.caller, passkey)


@router.post("/session/confirm/passkey/options", responses={404: {"model": Problem}})
def begin_passkey_confirmation(request: Request, asking: ByCaller) -> PasskeyRequest:
    """Return what a browser needs to confirm who you are with one of your passkeys."""
    return flow.begin_confirm(asking.context, asking.caller, origin_asked(request))


@router.post("/session/confirm/passkey", status_code=204)
def confirm_with_passkey(body: PasskeySignIn, request: Request, asking: ByCaller) -> Response:
    """Confirm who you are with a passkey. For ten minutes you may then change how people sign in."""
    token = flow.confirm(asking.context, asking.caller, body.state, body.answer(), origin_asked(request))
    response = Response(status_code=204)
    keep_token(request, response, token)
    return response
