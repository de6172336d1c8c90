"""The people of this server; for administrators."""

from fastapi import APIRouter

from homestretch.api.context import ByCaller
from homestretch.api.shapes.base import Listing, Number
from homestretch.api.shapes.people import Account, NewAccount
from homestretch.flow.accounts import accounts
from homestretch.views.people import people

router = APIRouter(prefix="/api/accounts", tags=["accounts"])
#: The right that each operation needs.
RIGHTS = {
    "list_accounts": "server: manage",
    "create_account": "server: manage",
    "remove_account": "server: manage",
}


@router.get("", response_model=Listing[Account])
def list_accounts(asking: ByCaller) -> object:
    """Return every account."""
    with asking.app.database.read() as reader:
        return {"items": people.all_accounts(reader)}


@router.post("", response_model=Account, status_code=201)
def create_account(body: NewAccount, asking: ByCaller) -> object:
    """Create an account with an athlete of its own."""
    made = accounts.create_account(
        asking.context, body.username, body.password, is_admin=body.is_admin, athlete=body.athlete_name
    )
    with asking.app.database.read() as reader:
        return people.account(reader, made)


@router.delete("/{account}", status_code=204)
def remove_account(account: Number, asking: ByCaller) -> None:
    """Remove an account; its athlete's data stays."""
    accounts.remove_account(asking.context, account)
