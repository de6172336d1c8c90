"""Prompts of the language model: versions by action and model, test runs, and which version holds."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from homestretch.api.context import ByCaller
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.coach.model import PromptBody, PromptChoice
from homestretch.flow.coach.model import prompt_runs, prompts
from homestretch.model.coach.model_reasons import ModelAction as Action
from homestretch.model.documents.coach_model import PromptDiff, PromptRunDocument, PromptText, PromptVersion
from homestretch.model.documents.collections import Listing
from homestretch.views.coach.model import prompts as views

router = APIRouter(prefix="/api/coach/prompts", tags=["coach"])
#: The right that each operation needs.
RIGHTS = {
    "list_prompts": "server: read",
    "get_prompt": "server: read",
    "diff_prompts": "server: read",
    "list_prompt_runs": "server: manage",
    "add_prompt": "server: manage",
    "run_prompt": "server: manage",
    "activate_prompt": "server: manage",
    "restore_prompt": "server: manage",
}
_BOUNDS = {"ge": 0, "le": 1_000_000}
Version = Annotated[int, Path(**_BOUNDS, description="Version; 0 is the built-in one.")]
Models = Annotated[str, Query(alias="pattern", max_length=200, description="A model, vendor/* or * for all.")]


@router.get("", response_model=Listing[PromptVersion])
def list_prompts(asking: ByCaller) -> Response:
    """Return every version of every prompt."""
    with asking.app.database.read() as reader:
        return answer(views.list_prompts(reader))


@router.post(
    "/{action}",
    response_model=PromptText,
    status_code=201,
    responses={400: {"model": Problem}, 404: {"model": Problem}},
)
def add_prompt(action: Action, body: PromptBody, asking: ByCaller) -> Response:
    """Keep a new version; it holds once it was tested and activated."""
    made = prompts.add_prompt(
        asking.context, asking.caller.account_id, action, body.pattern, body.text, body.note, body.parent
    )
    return _text(asking, action, body.pattern, made, 201)


@router.get("/{action}/diff", response_model=PromptDiff, responses={404: {"model": Problem}})
def diff_prompts(
    action: Action,
    asking: ByCaller,
    pattern: Models = "*",
    before: Annotated[int | None, Query(alias="from", **_BOUNDS)] = None,
    after: Annotated[int | None, Query(alias="to", **_BOUNDS)] = None,
) -> Response:
    """Return what changed from one version to another, by default from the newest's parent to the newest."""
    with asking.app.database.read() as reader:
        return answer(views.prompt_diff(reader, action, pattern, before, after))


@router.get("/{action}/{number}", response_model=PromptText, responses={404: {"model": Problem}})
def get_prompt(action: Action, number: Version, asking: ByCaller, pattern: Models = "*") -> Response:
    """Return a version with its text."""
    return _text(asking, action, pattern, number)


@router.get("/{action}/{number}/runs", response_model=Listing[PromptRunDocument], responses={404: {"model": Problem}})
def list_prompt_runs(action: Action, number: Version, asking: ByCaller, pattern: Models = "*") -> Response:
    """Return the test runs of a version's text, the newest first."""
    with asking.app.database.read() as reader:
        return answer(views.prompt_runs(reader, action, pattern, number))


@router.post(
    "/{action}/{number}/runs",
    response_model=Listing[PromptRunDocument],
    status_code=201,
    responses={404: {"model": Problem}, 409: {"model": Problem}},
)
def run_prompt(action: Action, number: Version, body: PromptChoice, asking: ByCaller) -> Response:
    """Let a model answer an example by a version's text; 409 with the reason where no answer came."""
    prompt_runs.try_prompt(asking.context, asking.caller.account_id, action, body.pattern, number, body.model)
    with asking.app.database.read() as reader:
        return answer(views.prompt_runs(reader, action, body.pattern, number), 201)


@router.post(
    "/{action}/{number}/activate",
    response_model=PromptText,
    responses={404: {"model": Problem}, 409: {"model": Problem}},
)
def activate_prompt(action: Action, number: Version, body: PromptChoice, asking: ByCaller) -> Response:
    """Let a version hold from now on (0: none of this pattern's); 409 where it was not tested."""
    prompts.activate(asking.context, asking.caller.account_id, action, body.pattern, number)
    return _text(asking, action, body.pattern, number)


@router.post(
    "/{action}/{number}/restore",
    response_model=PromptText,
    responses={404: {"model": Problem}, 409: {"model": Problem}},
)
def restore_prompt(action: Action, number: Version, body: PromptChoice, asking: ByCaller) -> Response:
    """Keep an earlier version's text as the newest and let it hold; 409 where it was not tested."""
    made = prompts.restore(asking.context, asking.caller.account_id, action, body.pattern, number)
    return _text(asking, action, body.pattern, made)


def _text(asking: ByCaller, action: Action, pattern: str, version: int, status: int = 200) -> Response:
    with asking.app.database.read() as reader:
        return answer(views.prompt_text(reader, action, pattern, version), status)
