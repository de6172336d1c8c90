"""Spreadsheets: a preview for mapping columns to fields."""

from fastapi import APIRouter
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.sheets import SheetPreviewRequest
from homestretch.flow.sync import sheet_preview as flow
from homestretch.model.documents.sheets import SheetPreview

router = APIRouter(prefix="/api/sources", tags=["sources"], responses={404: {"model": Problem}})
#: The right that each operation needs.
RIGHTS = {
    "preview_sheet": "sources: read",
}


@router.post("/{connection}/preview", response_model=SheetPreview, responses={400: {"model": Problem}})
def preview_sheet(connection: str, body: SheetPreviewRequest, asking: AthleteContext) -> Response:
    """Return the first rows of a spreadsheet as these settings would have them read; nothing is set by it."""
    return answer(flow.preview(asking.context, asking.of, connection, body.settings))
