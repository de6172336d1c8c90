"""Athletes: those that an account may see, added, renamed, removed and restored."""

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse

from homestretch.api.context import AthleteContext, ByCaller
from homestretch.api.json_response import as_file
from homestretch.api.shapes.base import Number, Problem
from homestretch.api.shapes.people import AthleteName
from homestretch.flow.accounts.sessions import must_be_confirmed
from homestretch.flow.maintenance.athlete_export import export_athlete, export_name, export_size
from homestretch.flow.people import athletes
from homestretch.model.documents.collections import Listing
from homestretch.model.documents.people import Athlete, ExportSize, RemovedAthlete
from homestretch.model.documents.today import AthleteGlance
from homestretch.views.people import members, people
from homestretch.views.today.athletes import athletes_glance

BYTES = {"schema": {"type": "string", "format": "binary"}}

router = APIRouter(prefix="/api", tags=["people"], responses={404: {"model": Problem}})
#: The right that each operation needs.
RIGHTS = {
    "list_athletes": "server: read",
    "add_athlete": "account: secure",
    "rename_athlete": "athlete: edit",
    "get_export_size": "athlete: edit",
    "export_athlete_data": "athlete: edit",
    "remove_athlete": "athlete: edit",
    "list_removed_athletes": "account: secure",
    "restore_athlete": "account: secure",
}


@router.get("/athletes")
def list_athletes(asking: ByCaller) -> Listing[AthleteGlance]:
    """Return the athletes that you see: how each is, the week so far, what is planned, and what was done last."""
    with asking.app.database.read() as reader:
        return {"items": athletes_glance(reader, asking.caller.account_id, asking.context.clock())}


@router.post("/athletes", status_code=201, responses={409: {"model": Problem}})
def add_athlete(body: AthleteName, asking: ByCaller) -> Athlete:
    """Make another athlete of your own, such as for a child."""
    made = athletes.add(asking.context, asking.caller.account_id, body.name)
    with asking.app.database.read() as reader:
        return people.athlete_of(reader, asking.caller.account_id, made, asking.context.clock())


@router.patch("/athlete", status_code=204)
def rename_athlete(body: AthleteName, asking: AthleteContext) -> None:
    """Give the athlete another name."""
    athletes.rename(asking.context, asking.of, body.name)


@router.get("/athlete/export/size")
def get_export_size(asking: AthleteContext) -> ExportSize:
    """Return about how large an export of the athlete is, to whoever may have it now."""
    must_be_confirmed(asking.context, asking.caller)
    return export_size(asking.context, asking.of)


@router.get("/athlete/export", response_class=Response, responses={200: {"content": {"application/x-tar": BYTES}}})
def export_athlete_data(asking: AthleteContext) -> Response:
    """Return all data of the athlete as a tar, from which `homestretch restore` makes the same athlete again."""
    must_be_confirmed(asking.context, asking.caller)
    parts = export_athlete(asking.context, asking.of)
    headers = as_file(export_name(asking.context, asking.of))
    return StreamingResponse(parts, media_type="application/x-tar", headers=headers)


@router.post("/athlete/remove", status_code=204)
def remove_athlete(body: AthleteName, asking: AthleteContext) -> None:
    """Remove the athlete with all data: no one sees it from now on, and after seven days it is deleted."""
    must_be_confirmed(asking.context, asking.caller)
    athletes.remove(asking.context, asking.of, body.name)


@router.get("/athletes/removed")
def list_removed_athletes(asking: ByCaller) -> Listing[RemovedAthlete]:
    """Return the athletes that you can restore, and until when."""
    with asking.app.database.read() as reader:
        return {"items": members.removed_athletes(reader, asking.caller.account_id)}


@router.post("/athletes/removed/{removed}/restore", status_code=204)
def restore_athlete(removed: Number, asking: ByCaller) -> None:
    """Restore a removed athlete with all data."""
    athletes.restore(asking.context, removed, account_id=asking.caller.account_id)
