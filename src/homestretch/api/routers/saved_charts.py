"""Charts that athletes make: any value over time or over another, saved under a name."""

from typing import Annotated, cast

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import ConfigDict

from homestretch.api.context import AthleteContext, AthleteRequest, ByCaller
from homestretch.api.json_response import answer
from homestretch.api.shapes.numbers import ChartChange, CustomChart, NewChart
from homestretch.flow.edit.saved import charts as flow
from homestretch.model.documents.charts import FrameBody
from homestretch.model.documents.collections import Listing
from homestretch.model.documents.history import ChartDefinition, ChartValue, SavedCharts
from homestretch.views.kit.today import today
from homestretch.views.page.custom_chart import chart_values, checked, custom_chart, saved_list

router = APIRouter(prefix="/api/saved-charts", tags=["charts"])
#: The right that each operation needs.
RIGHTS = {
    "list_saved_charts": "goals: read",
    "list_chart_values": "server: read",
    "get_custom_chart": "activities: read",
    "save_chart": "goals: edit",
    "change_saved_chart": "goals: edit",
    "remove_saved_chart": "goals: edit",
    "restore_saved_chart": "goals: edit",
}


class AskedChart(CustomChart):
    """The same as a query has it, beside whose chart it is."""

    model_config = ConfigDict(extra="ignore")


@router.get("", response_model=SavedCharts)
def list_saved_charts(asking: AthleteContext) -> Response:
    """Return the charts that were saved, and those that were removed."""
    return _listed(asking)


@router.get("/values", response_model=Listing[ChartValue])
def list_chart_values(_asking: ByCaller) -> Response:
    """Return everything that a chart may show."""
    return answer({"items": list(chart_values().values())})


@router.get("/frame", response_model=FrameBody)
def get_custom_chart(asking: AthleteContext, what: Annotated[AskedChart, Query()]) -> Response:
    """Return what a chart shows, saved or not."""
    with asking.app.database.read() as reader:
        now = today(reader, asking.of, asking.context.clock())
        return answer(custom_chart(reader, asking.of, _definition(what), now))


@router.post("", response_model=SavedCharts, status_code=201)
def save_chart(body: NewChart, asking: AthleteContext) -> Response:
    """Save a chart under a name; return all of them."""
    flow.save(asking.context, asking.of, body.name, _definition(body.definition))
    return _listed(asking, 201)


@router.patch("/{chart}", response_model=SavedCharts)
def change_saved_chart(chart: str, body: ChartChange, asking: AthleteContext) -> Response:
    """Rename a chart, or let it show something else; return all of them."""
    definition = None if body.definition is None else _definition(body.definition)
    flow.change(asking.context, asking.of, chart, body.name, definition)
    return _listed(asking)


@router.delete("/{chart}", status_code=204)
def remove_saved_chart(chart: str, asking: AthleteContext) -> Response:
    """Remove a chart; `restore` undoes it."""
    flow.remove(asking.context, asking.of, chart)
    return Response(status_code=204)


@router.post("/{chart}/restore", response_model=SavedCharts)
def restore_saved_chart(chart: str, asking: AthleteContext) -> Response:
    """Bring a removed chart back; return all of them."""
    flow.restore(asking.context, asking.of, chart)
    return _listed(asking)


def _definition(what: CustomChart) -> ChartDefinition:
    return checked(cast("ChartDefinition", what.model_dump()))


def _listed(asking: AthleteRequest, status: int = 200) -> Response:
    with asking.app.database.read() as reader:
        return answer(saved_list(reader, asking.of), status)
