"""`homestretch activities`: the list of activities."""

from datetime import datetime
from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import duration, kilometres, say_json, say_table


def COMMAND(
    sport: Annotated[str | None, typer.Option(help="Only this sport, such as running.")] = None,
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = None,
    text: Annotated[str | None, typer.Option(help="Search in name, description and sport.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
    cursor: Annotated[str | None, typer.Option(help="Continue from the `next` cursor.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """List activities, newest first."""
    from homestretch.views.activities.activities import Filter, activity_list

    what = Filter(sport, since.date() if since else None, until.date() if until else None, text)
    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = activity_list(reader, scope, what, "-start", limit, cursor)
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
        )
        for a in found["items"]
    ]
    say_table(("id", "start", "sport", "name", "moving", "distance"), rows)
    print(f"{len(rows)} of {found['total']}")
