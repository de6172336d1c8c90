"""Spreadsheets: how one would be read, for whoever maps its columns."""

from fastapi import APIRouter
from fastapi.responses import Response

from homestretch.api._answer import answer
from homestretch.api._asking import OfAthlete
from homestretch.api._shapes import Problem
from homestretch.api._shapes_sheets import SheetPreview, SheetTrial
from homestretch.flow import sheets as flow

router = APIRouter(prefix="/api/sources", tags=["sources"], responses={404: {"model": Problem}})


@router.post("/{connection}/preview", response_model=SheetPreview, responses={400: {"model": Problem}})
def preview_sheet(connection: str, body: SheetTrial, asking: OfAthlete) -> Response:
    """Return the first rows of a spreadsheet as these settings would have them read; nothing is set by it."""
    return answer(flow.preview(asking.world, asking.of, connection, body.settings))
