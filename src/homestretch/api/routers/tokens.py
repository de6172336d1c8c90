"""API tokens of the signed-in account."""

from fastapi import APIRouter

from homestretch.api.context import ByCaller
from homestretch.api.shapes.base import Number
from homestretch.api.shapes.people import NewToken
from homestretch.flow.accounts.credentials import tokens
from homestretch.flow.accounts.sessions import must_be_confirmed
from homestretch.model.documents.collections import Listing
from homestretch.model.documents.people import Token
from homestretch.views.people import people

router = APIRouter(prefix="/api/tokens", tags=["tokens"])
#: The right that each operation needs.
RIGHTS = {
    "list_tokens": "account: secure",
    "create_token": "account: secure",
    "revoke_token": "account: secure",
}


@router.get("")
def list_tokens(asking: ByCaller) -> Listing[Token]:
    """Return your tokens, without what only you know."""
    with asking.app.database.read() as reader:
        return {"items": people.tokens_of(reader, asking.caller.account_id)}


@router.post("", status_code=201)
def create_token(body: NewToken, asking: ByCaller) -> Token:
    """Create a token; the answer is the only place where it is ever shown."""
    must_be_confirmed(asking.context, asking.caller)
    made, token = tokens.create_token(asking.context, asking.caller.account_id, body.name, body.scope, body.may)
    with asking.app.database.read() as reader:
        mine = people.tokens_of(reader, asking.caller.account_id)
    entry = next(entry for entry in mine if entry["id"] == str(made))
    return {**entry, "token": token}


@router.delete("/{token}", status_code=204)
def revoke_token(token: Number, asking: ByCaller) -> None:
    """Revoke a token."""
    tokens.revoke_token(asking.context, asking.caller.account_id, token)
