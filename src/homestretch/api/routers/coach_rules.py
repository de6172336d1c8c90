"""Rules of training: what must or should hold of a plan, in versions."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from homestretch.api.context import AthleteContext, AthleteRequest, ByCaller
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.coach.rules import RulesBody, RulesQuestion
from homestretch.flow.coach import rules as flow
from homestretch.model.documents.coach_rules import RuleKinds, Rules, RulesDiff, RulesPreview, RulesSaved, RulesVersion
from homestretch.model.documents.collections import Listing
from homestretch.views.coach import rule_preview
from homestretch.views.coach import rules as views

router = APIRouter(prefix="/api/coach/rules", tags=["coach"])
#: The right that each operation needs.
RIGHTS = {
    "list_rules": "coach: read",
    "save_rules": "coach: edit",
    "list_rule_kinds": "server: read",
    "preview_rules": "coach: read",
    "list_rules_versions": "coach: read",
    "diff_rules": "coach: read",
    "restore_rules": "coach: edit",
}
_BOUNDS = {"ge": 0, "le": 1_000_000}
Version = Annotated[int | None, Query(**_BOUNDS, description="Version; 0 is what everybody begins with.")]


@router.get("", response_model=Rules, responses={404: {"model": Problem}})
def list_rules(asking: AthleteContext, version: Version = None) -> Response:
    """Return the rules of a version, by default of the newest, with what each means and which can't hold together."""
    with asking.app.database.read() as reader:
        return answer(views.rules_of(reader, asking.of, version))


@router.put("", response_model=RulesSaved, responses={409: {"model": Problem}})
def save_rules(body: RulesBody, asking: AthleteContext) -> Response:
    """Save these as all the rules there are, in the next version; one without an id is new.

    409 where rules can't hold together that did before, or where `parent` is not the newest version.
    """
    rules = [one.rule() for one in body.rules]
    return _saved(asking, flow.save_rules(asking.context, asking.of, rules, body.why, body.parent))


@router.get("/kinds", response_model=RuleKinds)
def list_rule_kinds(asking: ByCaller) -> Response:
    """Return every kind of rule with its parameters."""
    return answer(views.rule_kinds())


@router.post("/preview", response_model=RulesPreview)
def preview_rules(body: RulesQuestion, asking: AthleteContext) -> Response:
    """Return what words or rules would mean, and what they stand against in the plan; nothing is saved."""
    now = asking.context.clock()
    with asking.app.database.read() as reader:
        if body.text is not None:
            return answer(rule_preview.preview_words(reader, asking.of, body.text, now))
        return answer(rule_preview.preview_rules(reader, asking.of, [one.rule() for one in body.rules], now))


@router.get("/versions", response_model=Listing[RulesVersion])
def list_rules_versions(asking: AthleteContext) -> Response:
    """Return every version of the rules, the newest first."""
    with asking.app.database.read() as reader:
        return answer(views.rules_versions(reader, asking.of))


@router.get("/diff", response_model=RulesDiff, responses={404: {"model": Problem}})
def diff_rules(
    asking: AthleteContext,
    before: Annotated[int | None, Query(alias="from", **_BOUNDS)] = None,
    after: Annotated[int | None, Query(alias="to", **_BOUNDS)] = None,
) -> Response:
    """Return what changed from one version to another, by default from the newest's parent to the newest."""
    with asking.app.database.read() as reader:
        return answer(views.rules_diff(reader, asking.of, before, after))


@router.post("/versions/{version}/restore", response_model=RulesSaved, responses={404: {"model": Problem}})
def restore_rules(version: Annotated[int, Path(ge=0, le=1_000_000)], asking: AthleteContext) -> Response:
    """Save the rules of a version again, as the newest."""
    return _saved(asking, flow.restore_rules(asking.context, asking.of, version))


def _saved(asking: AthleteRequest, saved: flow.Saved) -> Response:
    with asking.app.database.read() as reader:
        return answer({"before": saved.before, "rules": views.rules_of(reader, asking.of)})
