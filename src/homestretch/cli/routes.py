"""`homestretch routes`: courses you repeat."""

from typing import Annotated, Any

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import duration, kilometres, say_json, say_table


def COMMAND(
    route: Annotated[str | None, typer.Argument(help="Id of a route, or of an activity on it.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """List routes, most frequent first. With an id, list all your times on that route."""
    from homestretch.views.places.routes import route_list, route_whole

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = {"items": route_list(reader, scope)} if route is None else route_whole(reader, scope, route)
    if json:
        say_json(found)
    elif route is None:
        say_table(("id", "name", "sport", "length", "times", "best", "last"), [_row(one) for one in found["items"]])
    else:
        times = [(t["day"], t["name"], t["direction"], duration(t["elapsed_s"]), t["rank"]) for t in found["items"]]
        say_table(("day", "name", "direction", "time", "rank"), times)


def _row(route: dict[str, Any]) -> tuple[object, ...]:
    length, best = kilometres(route["length_m"]), duration(route["best_s"])
    return route["id"], route["name"], route["family"], length, route["times"], best, route["last_day"]
