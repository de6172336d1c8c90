"""`homestretch routes`: courses you repeat."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import duration, kilometres, say_json, say_table
from homestretch.model.documents.places import RouteItem, RouteWhole


def COMMAND(
    route: Annotated[str | None, typer.Argument(help="Id of a route, or of an activity on it.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """List routes, most frequent first. With an id, list all your times on that route."""
    from homestretch.views.places.routes import route_list, route_whole

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        if route is None:
            _say_list(route_list(reader, scope), json)
        else:
            _say_times(route_whole(reader, scope, route), json)


def _say_list(routes: list[RouteItem], json: bool) -> None:
    if json:
        say_json({"items": routes})
    else:
        say_table(("id", "name", "sport", "length", "times", "best", "last"), [_row(route) for route in routes])


def _say_times(route: RouteWhole, json: bool) -> None:
    if json:
        say_json(route)
    else:
        times = [(t["day"], t["name"], t["direction"], duration(t["elapsed_s"]), t["rank"]) for t in route["items"]]
        say_table(("day", "name", "direction", "time", "rank"), times)


def _row(route: RouteItem) -> tuple[object, ...]:
    length, best = kilometres(route["length_m"]), duration(route["best_s"])
    return route["id"], route["name"], route["family"], length, route["times"], best, route["last_day"]
