"""The people of this server; for administrators."""

from fastapi import APIRouter

from homestretch.api.context import ByCaller
from homestretch.api.shapes.base import Number
from homestretch.api.shapes.people import NewAccount
from homestretch.flow.accounts import accounts
from homestretch.flow.accounts.sessions import must_be_confirmed
from homestretch.model.documents.collections import Listing
from homestretch.model.documents.people import Account
from homestretch.views.people import people

router = APIRouter(prefix="/api/accounts", tags=["accounts"])
#: The right that each operation needs.
RIGHTS = {
    "list_accounts": "server: manage",
    "create_account": "server: manage",
    "remove_account": "server: manage",
}


@router.get("")
def list_accounts(asking: ByCaller) -> Listing[Account]:
    """Return every account."""
    with asking.app.database.read() as reader:
        return {"items": people.all_accounts(reader)}


@router.post("", status_code=201)
def create_account(body: NewAccount, asking: ByCaller) -> Account:
    """Create an account with an athlete of its own."""
    must_be_confirmed(asking.context, asking.caller)
    made = accounts.create_account(
        asking.context, body.username, body.password, is_admin=body.is_admin, athlete=body.athlete_name
    )
    with asking.app.database.read() as reader:
        return people.account(reader, made)


@router.delete("/{account}", status_code=204)
def remove_account(account: Number, asking: ByCaller) -> None:
    """Remove an account; its athlete's data stays."""
    must_be_confirmed(asking.context, asking.caller)
    accounts.remove_account(asking.context, account)
