"""API tokens of the signed-in account."""

from fastapi import APIRouter

from homestretch.api.context import ByCaller
from homestretch.api.shapes.base import Listing, Number
from homestretch.api.shapes.people import NewToken, Token
from homestretch.flow.accounts import accounts
from homestretch.views.people import people

router = APIRouter(prefix="/api/tokens", tags=["tokens"])
#: The right that each operation needs.
RIGHTS = {
    "list_tokens": "account: secure",
    "create_token": "account: secure",
    "revoke_token": "account: secure",
}


@router.get("", response_model=Listing[Token])
def list_tokens(asking: ByCaller) -> object:
    """Return your tokens, without what only you know."""
    with asking.app.database.read() as reader:
        return {"items": people.tokens_of(reader, asking.caller.account_id)}


@router.post("", response_model=Token, status_code=201)
def create_token(body: NewToken, asking: ByCaller) -> object:
    """Create a token; the answer is the only place where it is ever shown."""
    made, token = accounts.create_token(asking.context, asking.caller.account_id, body.name, body.scope)
    with asking.app.database.read() as reader:
        mine = people.tokens_of(reader, asking.caller.account_id)
    return next(entry for entry in mine if entry["id"] == str(made)) | {"token": token}


@router.delete("/{token}", status_code=204)
def revoke_token(token: Number, asking: ByCaller) -> None:
    """Revoke a token."""
    accounts.revoke_token(asking.context, asking.caller.account_id, token)
