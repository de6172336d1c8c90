"""`homestretch activities`: the list of activities."""

import sys
from datetime import datetime
from typing import Annotated, Any

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import duration, kilometres, say_json, say_table


def COMMAND(
    sport: Annotated[str | None, typer.Option(help="Only this sport, such as running.")] = None,
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = None,
    text: Annotated[str | None, typer.Option(help="Search in name, description, tags and sport.")] = None,
    gear: Annotated[str | None, typer.Option(help="Id of the gear, or none.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="With this tag; several: with all of them.")] = None,
    workout_type: Annotated[str | None, typer.Option("--type", help="Workout type, such as race, or none.")] = None,
    source: Annotated[str | None, typer.Option(help="With a recording of this source, such as garmin.")] = None,
    has: Annotated[list[str] | None, typer.Option(help="With heart_rate, power or track.")] = None,
    min_km: Annotated[float | None, typer.Option(min=0, help="Distance in km, at least.")] = None,
    max_km: Annotated[float | None, typer.Option(min=0, help="Distance in km, at most.")] = None,
    min_minutes: Annotated[float | None, typer.Option(min=0, help="Moving time in minutes, at least.")] = None,
    max_minutes: Annotated[float | None, typer.Option(min=0, help="Moving time in minutes, at most.")] = None,
    near: Annotated[str | None, typer.Option(help="Starts near LATITUDE,LONGITUDE or an activity's start.")] = None,
    within_km: Annotated[float, typer.Option(min=0.001, max=100, help="How near, in km.")] = 1.0,
    route: Annotated[str | None, typer.Option(help="Id of an activity: those on its route.")] = None,
    sort: Annotated[str, typer.Option(help="Column to sort by, with - in front for descending.")] = "-start",
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
    cursor: Annotated[str | None, typer.Option(help="Continue from the `next` cursor.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="All of them as CSV, SI units.")] = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """List activities, newest first, as a table, JSON or CSV."""
    from homestretch.views.activities.activities import activity_list
    from homestretch.views.exports.activity_table import table_of
    from homestretch.views.lists.filters import Filter

    what = Filter(
        sport, since.date() if since else None, until.date() if until else None, text, gear=gear, tags=tuple(tag or ()),
        workout_type=workout_type, source=source, has=tuple(_known(word) for word in has or ()),
        distance_from=_times(min_km, 1000.0), distance_to=_times(max_km, 1000.0),
        time_from=_times(min_minutes, 60.0), time_to=_times(max_minutes, 60.0),
        near=near, within_m=1000.0 * within_km, route=route,
    )  # fmt: skip
    with opened(athlete) as (app, scope, _):
        if csv:
            for part in table_of(app.database, scope, what, sort):
                sys.stdout.buffer.write(part)
            return
        with app.database.read() as reader:
            found = activity_list(reader, scope, what, sort, limit, cursor)
    if json:
        say_json(found)
        return
    rows = [
        (
            a["id"],
            a["start_local"][:16].replace("T", " "),
            a["sport"],
            a["name"],
            duration(a["moving_s"]),
            kilometres(a["distance_m"]),
            None if a["load"] is None else round(a["load"]),
            ", ".join([*([a["workout_type"]] if a["workout_type"] else []), *a["tags"]]),
        )
        for a in found["items"]
    ]
    say_table(("id", "start", "sport", "name", "moving", "distance", "load", "tags"), rows)
    print(f"{len(rows)} of {found['total']}")


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _known(word: str) -> Any:
    if word not in ("heart_rate", "power", "track"):
        raise typer.BadParameter("--has is heart_rate, power or track")
    return word
