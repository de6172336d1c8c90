"""Gear: items, what sources call them, their components and services."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Number, Problem
from homestretch.api.shapes.gear import (
    AliasBody,
    ComponentChange,
    Day,
    GearChange,
    MergeGear,
    NewComponent,
    NewGear,
    ServiceBody,
)
from homestretch.flow.edit import components
from homestretch.flow.edit import gear as flow
from homestretch.model.documents.gear import GearItem, GearList, GearPreview
from homestretch.views.gear.gear import gear_list, gear_whole

router = APIRouter(prefix="/api/gear", tags=["gear"])
#: The right that each operation needs.
RIGHTS = {
    "list_gear": "gear: read",
    "add_gear": "gear: edit",
    "preview_gear": "gear: edit",
    "get_gear": "gear: read",
    "change_gear": "gear: edit",
    "remove_gear": "gear: edit",
    "restore_gear": "gear: edit",
    "merge_gear": "gear: edit",
    "add_alias": "gear: edit",
    "remove_alias": "gear: edit",
    "fit_component": "gear: edit",
    "change_component": "gear: edit",
    "remove_component": "gear: edit",
    "restore_component": "gear: edit",
    "service_component": "gear: edit",
    "undo_service": "gear: edit",
}

#: What the tables call what had been done before.
_BEFORE = {"before_m": "distance_m", "before_s": "time_s"}
#: What is always something, so that null changes nothing.
_ALWAYS = {"name", "kind", "families", "before_m", "before_s", "since"}


@router.get("", response_model=GearList)
def list_gear(asking: AthleteContext) -> Response:
    """Return all gear with what it has done, and what sources know besides."""
    with asking.app.database.read() as reader:
        return answer(gear_list(reader, asking.of, asking.context.clock()))


@router.post("", response_model=GearItem, status_code=201)
def add_gear(body: NewGear, asking: AthleteContext) -> Response:
    """Add an item, perhaps as what a source knows by a key."""
    alias = None if body.alias is None else (body.alias.source, body.alias.key)
    return _whole(asking, flow.add(asking.context, asking.of, _fields(body, "alias"), alias), 201)


@router.get("/preview", response_model=GearPreview)
def preview_gear(
    asking: AthleteContext,
    families: Annotated[list[str], Query(max_length=20)] = [],  # noqa: B006  (FastAPI copies it)
    usual_since: Day | None = None,
    gear: Annotated[str | None, Query(max_length=20)] = None,
) -> Response:
    """Return what an item, or a new one, would count of the past as the usual one of families since a day."""
    return answer(flow.preview(asking.context, asking.of, families, usual_since, gear))


@router.get("/{gear}", response_model=GearItem, responses={404: {"model": Problem}})
def get_gear(gear: str, asking: AthleteContext) -> Response:
    """Return an item."""
    return _whole(asking, gear)


@router.patch("/{gear}", response_model=GearItem)
def change_gear(gear: str, body: GearChange, asking: AthleteContext) -> Response:
    """Change an item; the activities that are usually done on it follow."""
    flow.change(asking.context, asking.of, gear, _fields(body))
    return _whole(asking, gear)


@router.delete("/{gear}", status_code=204)
def remove_gear(gear: str, asking: AthleteContext) -> Response:
    """Remove an item; `restore` brings it back."""
    flow.remove(asking.context, asking.of, gear)
    return Response(status_code=204)


@router.post("/{gear}/restore", response_model=GearItem)
def restore_gear(gear: str, asking: AthleteContext) -> Response:
    """Bring a removed item back."""
    flow.restore(asking.context, asking.of, gear)
    return _whole(asking, gear)


@router.post("/{gear}/merge", response_model=GearItem)
def merge_gear(gear: str, body: MergeGear, asking: AthleteContext) -> Response:
    """Make an item part of another one, which is returned."""
    flow.merge(asking.context, asking.of, gear, body.into)
    return _whole(asking, body.into)


@router.post("/{gear}/aliases", response_model=GearItem)
def add_alias(gear: str, body: AliasBody, asking: AthleteContext) -> Response:
    """Match a source's gear, by its key, with this item."""
    flow.alias(asking.context, asking.of, gear, body.source, body.key)
    return _whole(asking, gear)


@router.delete("/{gear}/aliases", response_model=GearItem)
def remove_alias(
    gear: str,
    asking: AthleteContext,
    source: Annotated[str, Query(max_length=200)],
    key: Annotated[str, Query(max_length=200)],
) -> Response:
    """Remove a match of a source's gear with this item."""
    flow.unalias(asking.context, asking.of, gear, source, key)
    return _whole(asking, gear)


@router.post("/{gear}/components", response_model=GearItem, status_code=201)
def fit_component(gear: str, body: NewComponent, asking: AthleteContext) -> Response:
    """Add a component to an item."""
    components.fit(asking.context, asking.of, gear, body.name, body.since, _fields(body, "name", "since"))
    return _whole(asking, gear, 201)


@router.patch("/{gear}/components/{component}", response_model=GearItem)
def change_component(gear: str, component: str, body: ComponentChange, asking: AthleteContext) -> Response:
    """Change a component."""
    components.change(asking.context, asking.of, gear, component, _fields(body))
    return _whole(asking, gear)


@router.delete("/{gear}/components/{component}", response_model=GearItem)
def remove_component(gear: str, component: str, asking: AthleteContext) -> Response:
    """Remove a component, as if it had never been there; `restore` brings it back."""
    components.remove(asking.context, asking.of, gear, component)
    return _whole(asking, gear)


@router.post("/{gear}/components/{component}/restore", response_model=GearItem)
def restore_component(gear: str, component: str, asking: AthleteContext) -> Response:
    """Bring a removed component back."""
    components.restore(asking.context, asking.of, gear, component)
    return _whole(asking, gear)


@router.post("/{gear}/components/{component}/services", response_model=GearItem, status_code=201)
def service_component(gear: str, component: str, body: ServiceBody, asking: AthleteContext) -> Response:
    """Write down that a component was serviced."""
    components.service(asking.context, asking.of, gear, component, body.day, body.note)
    return _whole(asking, gear, 201)


@router.delete("/{gear}/components/{component}/services/{service}", response_model=GearItem)
def undo_service(gear: str, component: str, service: Number, asking: AthleteContext) -> Response:
    """Undo a service."""
    components.revert(asking.context, asking.of, gear, component, service)
    return _whole(asking, gear)


def _fields(body: BaseModel, *without: str) -> dict[str, Any]:
    """Return the values given, under the names of the tables."""
    said = body.model_dump(exclude_unset=True, exclude=set(without))
    return {_BEFORE.get(name, name): value for name, value in said.items() if value is not None or name not in _ALWAYS}


def _whole(asking: AthleteRequest, gear: str, status: int = 200) -> Response:
    with asking.app.database.read() as reader:
        return answer(gear_whole(reader, asking.of, gear, asking.context.clock()), status)
