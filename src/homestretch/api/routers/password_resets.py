"""Links that set a new password: made by administrators or sent by e-mail, used by whoever has one."""

from fastapi import APIRouter, Request

from homestretch.api.context import ByAnyone, ByCaller, address_of
from homestretch.api.shapes.base import Number, Problem
from homestretch.api.shapes.people import NewPassword, ResetToken, ResetWanted
from homestretch.flow.accounts.credentials import reset_mails, resets
from homestretch.model.documents.sign_in import ResetLink, ResetShown
from homestretch.model.moment import iso

router = APIRouter(prefix="/api", tags=["accounts"], responses={404: {"model": Problem}, 409: {"model": Problem}})
#: The right that each operation needs.
RIGHTS = {
    "make_reset_link": "server: manage",
    "ask_for_reset_link": "server: reach",
    "look_at_reset_link": "server: reach",
    "reset_password": "server: reach",
}


@router.post("/accounts/{account}/reset-link", status_code=201)
def make_reset_link(account: Number, asking: ByCaller) -> ResetLink:
    """Make a link that sets a new password of an account, shown this once; an earlier one ends."""
    made = resets.make(asking.context, account, asking.caller)
    return {"path": made.path, "until": iso(made.until_ms)}


@router.post("/password-reset/mail", status_code=204)
def ask_for_reset_link(body: ResetWanted, request: Request, app: ByAnyone) -> None:
    """Have a link that sets a new password sent to the confirmed e-mail addresses of an account.

    The answer is the same whether there is such an account.
    """
    reset_mails.ask(app.context, body.name, address=address_of(request))


@router.post("/password-reset/look")
def look_at_reset_link(body: ResetToken, request: Request, app: ByAnyone) -> ResetShown:
    """Return whose password a link sets; looking changes nothing."""
    return {"username": resets.looked_at(app.context, body.token, address=address_of(request)).username}


@router.post("/password-reset", status_code=204)
def reset_password(body: NewPassword, request: Request, app: ByAnyone) -> None:
    """Set a new password by a link, once; the account is signed out everywhere."""
    address = address_of(request)
    resets.set_password(app.context, body.token, body.password, keep_tokens=body.keep_tokens, address=address)
