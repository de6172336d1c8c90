"""Conversations with the coach: questions, answered from what Homestretch holds."""

import json
from collections.abc import Iterator

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.coach.texts import ChatQuestion
from homestretch.errors import HomestretchError
from homestretch.flow.coach.chat import talk
from homestretch.model.documents.coach_texts import ChatAnswer, Conversation, Conversations
from homestretch.views.coach.texts import conversations as views

router = APIRouter(prefix="/api/coach/chat", tags=["coach"])
#: The right that each operation needs.
RIGHTS = {
    "list_conversations": "model: ask",
    "ask_coach": "model: ask",
    "stream_coach": "model: ask",
    "get_conversation": "model: ask",
    "remove_conversation": "model: ask",
}


@router.get("", response_model=Conversations)
def list_conversations(asking: AthleteContext) -> Response:
    """Return conversations, the newest first."""
    with asking.app.database.read() as reader:
        return answer(views.conversations(reader, asking.of))


@router.post("", response_model=ChatAnswer, status_code=201, responses={404: {"model": Problem}})
def ask_coach(body: ChatQuestion, asking: AthleteContext) -> Response:
    """Ask a question and wait for the whole answer."""
    (end,) = [
        event
        for event in talk.answer(asking.context, asking.of, body.text, body.conversation)
        if isinstance(event, talk.Ended)
    ]
    return answer(_answered(asking, end), 201)


@router.post("/stream", response_class=StreamingResponse, responses={404: {"model": Problem}})
def stream_coach(body: ChatQuestion, asking: AthleteContext) -> StreamingResponse:
    """Ask a question and follow the answer as server-sent events.

    `{"part"}` is a piece of text, `{"tool"}` a tool that was asked, `{"interrupted"}` says that the model broke off;
    the last one is `{"answer"}`, as the plain answer has it, or `{"error"}`.
    """
    if body.conversation is not None:
        with asking.app.database.read() as reader:
            views.conversation(reader, asking.of, body.conversation)
    return StreamingResponse(
        _events(body, asking), media_type="text/event-stream", headers={"Cache-Control": "no-cache"}
    )


def _events(body: ChatQuestion, asking: AthleteRequest) -> Iterator[str]:
    try:
        for event in talk.answer(asking.context, asking.of, body.text, body.conversation):
            if isinstance(event, talk.Part):
                yield _event({"part": event.text})
            elif isinstance(event, talk.Ended):
                found = _answered(asking, event)
                if found["answer"]["state"] == "interrupted":
                    yield _event({"interrupted": True})
                yield _event({"answer": found})
            else:
                yield _event({"tool": event})
    except HomestretchError as error:
        yield _event({"error": str(error)})


def _event(document: object) -> str:
    return f"data: {json.dumps(document, ensure_ascii=False)}\n\n"


def _answered(asking: AthleteRequest, end: talk.Ended) -> ChatAnswer:
    with asking.app.database.read() as reader:
        found = views.conversation(reader, asking.of, end.conversation)
    messages = {one["id"]: one for one in found["messages"]}
    return ChatAnswer(
        conversation=end.conversation, question=messages[str(end.question)], answer=messages[str(end.answer)]
    )


@router.get("/{conversation}", response_model=Conversation, responses={404: {"model": Problem}})
def get_conversation(conversation: str, asking: AthleteContext) -> Response:
    """Return a conversation with its messages."""
    with asking.app.database.read() as reader:
        return answer(views.conversation(reader, asking.of, conversation))


@router.delete("/{conversation}", status_code=204, responses={404: {"model": Problem}})
def remove_conversation(conversation: str, asking: AthleteContext) -> Response:
    """Remove a conversation."""
    talk.remove(asking.context, asking.of, conversation)
    return Response(status_code=204)
