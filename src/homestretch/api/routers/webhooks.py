"""Webhooks: providers report changes there; no sign-in is needed."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from homestretch.api.context import ByAnyone
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.errors import BadRequest
from homestretch.flow.sync import webhooks as flow

#: No provider's message is longer, in bytes; anybody may send one.
LARGEST = 1 << 20

router = APIRouter(
    prefix="/api/webhooks", tags=["webhooks"], responses={403: {"model": Problem}, 404: {"model": Problem}}
)
#: The right that each operation needs.
RIGHTS = {
    "answer_challenge": "server: reach",
    "hear_message": "server: reach",
}


async def _body(request: Request) -> bytes:
    """Return a message, which is small; anything else is not read to its end."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise BadRequest(reason="The webhook is too long.")
    return body


@router.get("/{source}", response_model=dict[str, str])
def answer_challenge(source: str, request: Request, app: ByAnyone) -> Response:
    """Answer a provider that asks whether its messages are wanted here."""
    return answer(flow.challenge(app.context, source, dict(request.query_params)))


@router.post("/{source}", response_model=dict[str, str])
def hear_message(source: str, request: Request, body: Annotated[bytes, Depends(_body)], app: ByAnyone) -> Response:
    """Take a provider's message, which only makes a sync due; the response is empty."""
    if flow.receive(app.context, source, dict(request.headers), body):
        app.wake()
    return answer({})
