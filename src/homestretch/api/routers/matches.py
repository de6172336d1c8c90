"""Which recordings are one workout: questions, answers, merging, separating, and source priority."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.merging import MergeWith, Prefer, ReviewAnswers, SourceOrder, TakeOut
from homestretch.flow.edit import merging as flow
from homestretch.flow.writeback import source_priority
from homestretch.model.documents.activity import Activity
from homestretch.model.documents.matches import Explained, OrderPreview, QuestionPage, Settled
from homestretch.views.activities import activity as views
from homestretch.views.activities.matches import MOST, explained, open_questions, order_of

router = APIRouter(prefix="/api", tags=["matches"], responses={404: {"model": Problem}})
#: The right that each operation needs.
RIGHTS = {
    "list_matches": "matches: read",
    "explain": "matches: read",
    "answer_matches": "matches: answer",
    "merge": "matches: answer",
    "unmerge": "matches: answer",
    "prefer": "matches: answer",
    "get_source_priority": "matches: read",
    "set_source_priority": "matches: answer",
    "preview_source_priority": "matches: answer",
}


@router.get("/matches", response_model=QuestionPage)
def list_matches(asking: AthleteContext, limit: Annotated[int, Query(ge=1, le=MOST)] = MOST) -> Response:
    """Return the pairs of recordings that may be one workout and that a person is to judge."""
    with asking.app.database.read() as reader:
        return answer(open_questions(reader, asking.of, limit))


@router.get("/matches/{one}/{other}", response_model=Explained)
def explain(one: str, other: str, asking: AthleteContext) -> Response:
    """Return what two recordings (by their ids, or those of their activities) are to each other, and why."""
    with asking.app.database.read() as reader:
        return answer(explained(reader, asking.of, one, other))


@router.post("/matches", response_model=Settled)
def answer_matches(body: ReviewAnswers, asking: AthleteContext) -> Response:
    """Answer for pairs of recordings whether they are one workout, all alike; return the edits."""
    asked = [(pair.a, pair.b) for pair in body.pairs]
    made = flow.decide(asking.context, asking.of, asked, one=body.answer == "one")
    return answer({"edits": [str(edit) for edit in made]})


@router.post("/activities/{activity}/merge", response_model=Activity, responses={409: {"model": Problem}})
def merge(activity: str, body: MergeWith, asking: AthleteContext) -> Response:
    """Make two activities one; those that follow each other become its pieces."""
    flow.join(asking.context, asking.of, _number(asking, activity), _number(asking, body.other))
    return _shown(asking, activity)


@router.post("/activities/{activity}/unmerge", response_model=Activity, responses={409: {"model": Problem}})
def unmerge(activity: str, body: TakeOut, asking: AthleteContext) -> Response:
    """Take a recording out of an activity: it is one of its own from now on."""
    flow.part(asking.context, asking.of, _number(asking, activity), body.recording)
    return _shown(asking, activity)


@router.put("/activities/{activity}/preferred", response_model=Activity)
def prefer(activity: str, body: Prefer, asking: AthleteContext) -> Response:
    """Choose the recording that gives a field or channel of an activity, or all of them."""
    flow.prefer(asking.context, asking.of, _number(asking, activity), body.name, body.recording)
    return _shown(asking, activity)


@router.get("/source-priority", response_model=SourceOrder)
def get_source_priority(asking: AthleteContext) -> Response:
    """Return the sources in the athlete's order of preference; none where the evidence alone decides."""
    with asking.app.database.read() as reader:
        return answer({"order": order_of(reader, asking.of)})


@router.put("/source-priority", response_model=SourceOrder)
def set_source_priority(body: SourceOrder, asking: AthleteContext) -> Response:
    """Set the source priority; activities of several recordings are blended again."""
    source_priority.order_sources(asking.context, asking.of, body.order)
    return get_source_priority(asking)


@router.post("/source-priority/preview", response_model=OrderPreview)
def preview_source_priority(body: SourceOrder, asking: AthleteContext) -> Response:
    """Return what an order of sources would change; nothing is changed."""
    return answer(source_priority.order_preview(asking.context, asking.of, body.order))


def _number(asking: AthleteRequest, public_id: str) -> int:
    with asking.app.database.read() as reader:
        return int(views.resolve(reader, asking.of, public_id).id)


def _shown(asking: AthleteRequest, public_id: str) -> Response:
    with asking.app.database.read() as reader:
        found, tag = views.tagged(reader, asking.of, public_id)
    return answer(found, headers={"ETag": tag})
