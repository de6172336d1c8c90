"""Your second factor: an authenticator app and recovery codes."""

from fastapi import APIRouter

from homestretch.api.context import ByCaller
from homestretch.api.shapes.people import FactorCode
from homestretch.flow.accounts import second_factors as flow
from homestretch.model.documents.sign_in import FactorOffer, RecoveryCodes, SecondFactor
from homestretch.views.people import sign_in as views

router = APIRouter(prefix="/api/account/second-factor", tags=["sign-in"])
#: The right that each operation needs.
RIGHTS = {
    "get_second_factor": "account: secure",
    "offer_second_factor": "account: secure",
    "switch_on_second_factor": "account: secure",
    "switch_off_second_factor": "account: secure",
    "renew_recovery_codes": "account: secure",
}


@router.get("")
def get_second_factor(asking: ByCaller) -> SecondFactor:
    """Return whether you have a second factor, and how many recovery codes are left."""
    with asking.app.database.read() as reader:
        return views.second_factor(reader, asking.app.settings, asking.caller.account_id)


@router.post("")
def offer_second_factor(asking: ByCaller) -> FactorOffer:
    """Return a new secret for an authenticator app; it counts once you have sent a first code."""
    return flow.offer(asking.context, asking.caller)


@router.put("")
def switch_on_second_factor(body: FactorCode, asking: ByCaller) -> RecoveryCodes:
    """Switch on the app you were offered with a first code; return recovery codes, this once."""
    return {"codes": flow.switch_on(asking.context, asking.caller, body.code)}


@router.delete("", status_code=204)
def switch_off_second_factor(asking: ByCaller) -> None:
    """Switch off your second factor, and forget its recovery codes."""
    flow.switch_off(asking.context, asking.caller)


@router.post("/recovery-codes")
def renew_recovery_codes(asking: ByCaller) -> RecoveryCodes:
    """Return new recovery codes, this once; the former ones are worth nothing."""
    return {"codes": flow.renew_codes(asking.context, asking.caller)}
