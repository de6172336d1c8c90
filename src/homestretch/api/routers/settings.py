"""Settings of the whole server, for administrators to change."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BeforeValidator

from homestretch.api.context import ByCaller
from homestretch.api.shapes.base import storable
from homestretch.flow.accounts.second_factors import may_require
from homestretch.flow.accounts.server_options import set_options
from homestretch.model.documents.collections import Listing
from homestretch.model.documents.settings import MapChoices, OptionState
from homestretch.views.system.server_options import map_presets, options, own_maps

router = APIRouter(prefix="/api/settings", tags=["settings"])
#: The right that each operation needs.
RIGHTS = {
    "list_settings": "server: read",
    "list_maps": "server: read",
    "change_settings": "server: manage",
}

type Changes = Annotated[dict[str, str | None], BeforeValidator(storable)]


@router.get("")
def list_settings(asking: ByCaller) -> Listing[OptionState]:
    """Return every setting, and whether the environment locks it."""
    with asking.app.database.read() as reader:
        return {"items": options(reader, asking.app.settings)}


@router.get("/maps")
def list_maps(asking: ByCaller) -> MapChoices:
    """Return the known background maps, with the hosts that see what one looks at, and the map files here."""
    return {"items": map_presets(), "files": own_maps(asking.app.settings)}


@router.patch("")
def change_settings(body: Changes, asking: ByCaller) -> Listing[OptionState]:
    """Change settings; null goes back to the default."""
    may_require(asking.context, asking.caller, body)
    set_options(asking.context, body)
    with asking.app.database.read() as reader:
        return {"items": options(reader, asking.app.settings)}
