"""The language model: whether it can be asked, the athlete's agreement, and how it is set up."""

from fastapi import APIRouter
from fastapi.responses import Response

from homestretch.api.context import AthleteContext, ByCaller
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.coach.model import AgreementBody, ModelSettingsBody
from homestretch.flow.coach.model import agreement as agreements
from homestretch.flow.coach.model import setup
from homestretch.model.documents.coach_model import ModelCheck, ModelSetup, ModelState
from homestretch.views.coach.model import state as views

router = APIRouter(prefix="/api/coach/model", tags=["coach"])
#: The right that each operation needs.
RIGHTS = {
    "get_model": "model: ask",
    "agree_model": "model: agree",
    "revoke_model": "model: agree",
    "get_model_settings": "server: manage",
    "set_model_settings": "server: manage",
    "remove_model_settings": "server: manage",
    "check_model": "server: manage",
}


@router.get("", response_model=ModelState)
def get_model(asking: AthleteContext) -> Response:
    """Return whether a model can be asked for the athlete, what was agreed to, and today's spending."""
    return _state(asking)


@router.put("/agreement", response_model=ModelState, responses={409: {"model": Problem}})
def agree_model(body: AgreementBody, asking: AthleteContext) -> Response:
    """Agree that data of the athlete is sent, once it was shown what; 409 where the settings have changed since."""
    agreements.agree(asking.context, asking.of, body.endpoint, names=body.names)
    return _state(asking)


@router.delete("/agreement", response_model=ModelState)
def revoke_model(asking: AthleteContext) -> Response:
    """Take the agreement back: nothing is sent from now on."""
    agreements.revoke(asking.context, asking.of)
    return _state(asking)


def _state(asking: AthleteContext) -> Response:
    with asking.app.database.read() as reader:
        return answer(views.model_state(reader, asking.of, asking.context.clock()))


@router.get("/settings", response_model=ModelSetup)
def get_model_settings(asking: ByCaller) -> Response:
    """Return how the model is set up; the key is never shown."""
    return _setup(asking)


@router.put("/settings", response_model=ModelSetup, responses={400: {"model": Problem}, 403: {"model": Problem}})
def set_model_settings(body: ModelSettingsBody, asking: ByCaller) -> Response:
    """Set up the model; it is asked for athletes who agree."""
    setup.set_model(asking.context, body.settings())
    return _setup(asking)


@router.delete("/settings", response_model=ModelSetup)
def remove_model_settings(asking: ByCaller) -> Response:
    """Forget the model and its key."""
    setup.remove_model(asking.context)
    return _setup(asking)


def _setup(asking: ByCaller) -> Response:
    with asking.app.database.read() as reader:
        return answer(views.model_setup(reader, asking.context.clock()))


@router.post("/check", response_model=ModelCheck)
def check_model(asking: ByCaller) -> Response:
    """Test the connection: list the endpoint's models, and let those that are set say a word."""
    return answer(views.model_check(*setup.check_model(asking.context)))
