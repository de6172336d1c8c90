"""The demo athlete: an athlete of its own to look at, and to remove with everything."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from homestretch.api.context import AthleteContext, ByCaller
from homestretch.demo.load import SEED, start_demo
from homestretch.flow.accounts.demo_athletes import remove_demo
from homestretch.model.documents.people import Demo
from homestretch.views.people.people import athletes_of

router = APIRouter(prefix="/api/demo", tags=["imports"])
#: The right that each operation needs.
RIGHTS = {
    "load_demo": "account: change",
    "remove_demo_athlete": "activities: purge",
}


@router.post("", status_code=201)
def load_demo(asking: ByCaller, seed: Annotated[int, Query(ge=0, le=1 << 31)] = SEED) -> Demo:
    """Make a demo athlete of your own, or go on with the one there is; two years are made in the background."""
    scope, number = start_demo(asking.context, asking.caller.account_id, seed)
    asking.app.wake()
    with asking.app.database.read() as reader:
        mine = athletes_of(reader, asking.caller.account_id, asking.context.clock())
    return {"athlete": next(one for one in mine if one["id"] == str(scope.athlete_id)), "batch": str(number)}


@router.delete("", status_code=204)
def remove_demo_athlete(asking: AthleteContext) -> Response:
    """Remove a demo athlete with everything; what is no demo athlete stays."""
    remove_demo(asking.context, asking.of)
    asking.app.wake()
    return Response(status_code=204)
