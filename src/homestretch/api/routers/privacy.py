"""Private places: circles of which others are shown nothing."""

from fastapi import APIRouter
from fastapi.responses import Response

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Number
from homestretch.api.shapes.places import NewPrivacyZone, PrivacyZoneChange
from homestretch.flow.edit import private_places as flow
from homestretch.model.documents.collections import Listing
from homestretch.model.documents.places import PrivacyZone
from homestretch.views.kit.privacy import zone_list

router = APIRouter(prefix="/api/privacy", tags=["privacy"])
#: The right that each operation needs.
RIGHTS = {
    "list_privacy_zones": "privacy: read",
    "add_privacy_zone": "privacy: edit",
    "change_privacy_zone": "privacy: edit",
    "remove_privacy_zone": "privacy: edit",
    "restore_privacy_zone": "privacy: edit",
}


@router.get("", response_model=Listing[PrivacyZone])
def list_privacy_zones(asking: AthleteContext) -> Response:
    """Return the athlete's private places, the oldest first; those who may only look must not know them."""
    return _listed(asking)


@router.post("", response_model=Listing[PrivacyZone], status_code=201)
def add_privacy_zone(body: NewPrivacyZone, asking: AthleteContext) -> Response:
    """Keep a circle private from now on, in everything that was recorded there; return all of them."""
    flow.add(asking.context, asking.of, body.name, body.latitude, body.longitude, body.radius_m)
    return _listed(asking, 201)


@router.patch("/{zone}", response_model=Listing[PrivacyZone])
def change_privacy_zone(zone: Number, body: PrivacyZoneChange, asking: AthleteContext) -> Response:
    """Move, resize or rename a private place; return all of them."""
    fields = {name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None}
    flow.change(asking.context, asking.of, zone, fields)
    return _listed(asking)


@router.delete("/{zone}", status_code=204)
def remove_privacy_zone(zone: Number, asking: AthleteContext) -> Response:
    """Show others what was recorded there again; `restore` undoes it."""
    flow.remove(asking.context, asking.of, zone)
    return Response(status_code=204)


@router.post("/{zone}/restore", response_model=Listing[PrivacyZone])
def restore_privacy_zone(zone: Number, asking: AthleteContext) -> Response:
    """Keep a removed place private again; return all of them."""
    flow.restore(asking.context, asking.of, zone)
    return _listed(asking)


def _listed(asking: AthleteRequest, status: int = 200) -> Response:
    with asking.app.database.read() as reader:
        return answer({"items": zone_list(reader, asking.of)}, status)
