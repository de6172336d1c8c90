"""Push: the browsers in which an account turned notifications on."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from homestretch.api.context import ByCaller
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.people import PushSubscription
from homestretch.flow.notices.devices import Session, renew, turn_on
from homestretch.flow.notices.push_key import public_push_key
from homestretch.model.documents.notices import PushDevice, PushKey

router = APIRouter(prefix="/api/notifications", tags=["notifications"])
#: The right that each operation needs.
RIGHTS = {
    "get_push_key": "account: secure",
    "add_push_device": "account: secure",
    "renew_push_device": "account: secure",
}


@router.post("/push-key", response_model=PushKey)
def get_push_key(asking: ByCaller) -> Response:
    """Return the key that a browser asks its push service for messages with; it is made when it is first asked for."""
    found: PushKey = {"public_key": public_push_key(asking.context)}
    return answer(found)


@router.post(
    "/devices",
    response_model=PushDevice,
    status_code=201,
    responses={400: {"model": Problem}, 403: {"model": Problem}, 409: {"model": Problem}},
)
def add_push_device(body: PushSubscription, request: Request, asking: ByCaller) -> Response:
    """Turn on push for the browser that asks; what another account was sent there, it is no more."""
    name = turn_on(asking.context, _session(asking), body.given(), request.headers.get("user-agent", ""))
    made: PushDevice = {"channel": name}
    return answer(made, 201)


@router.put(
    "/devices/{channel}",
    status_code=204,
    responses={400: {"model": Problem}, 403: {"model": Problem}, 404: {"model": Problem}, 409: {"model": Problem}},
)
def renew_push_device(channel: str, body: PushSubscription, asking: ByCaller) -> Response:
    """Set where a browser takes messages now; push services change that at times."""
    renew(asking.context, _session(asking), channel, body.given())
    return Response(status_code=204)


def _session(asking: ByCaller) -> Session:
    return Session(asking.caller.account_id, asking.caller.session_hash)
