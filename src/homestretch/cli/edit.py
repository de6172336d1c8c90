"""`homestretch edit`: edits an activity."""

from typing import Annotated, Any

import typer

from homestretch.cli._runtime.opened import AthleteOption, opened


def COMMAND(
    activity: Annotated[str, typer.Argument(help="Id of the activity.")],
    name: Annotated[str | None, typer.Option(help="Name.")] = None,
    sport: Annotated[str | None, typer.Option(help="Sport, such as running.")] = None,
    description: Annotated[str | None, typer.Option(help="Description.")] = None,
    rpe: Annotated[float | None, typer.Option(min=0, max=10, help="Perceived effort, 0 to 10.")] = None,
    feel: Annotated[int | None, typer.Option(min=1, max=5, help="Feeling, 1 (bad) to 5 (very good).")] = None,
    hidden: Annotated[bool | None, typer.Option("--hidden/--shown", help="Hide it from lists and totals.")] = None,
    gear: Annotated[str | None, typer.Option(help="Id of the gear, or none.")] = None,
    start: Annotated[str | None, typer.Option(help="Start time, such as 2026-11-20T07:30.")] = None,
    athlete: AthleteOption = None,
) -> None:
    """Edit an activity. Every edit can be undone."""
    from homestretch.flow.derive.decode.decoders import Decoders
    from homestretch.flow.derive.measure.measuring import measure_due
    from homestretch.flow.edit.edits import change
    from homestretch.views.activities.activity import resolve

    said: dict[str, Any] = {
        "name": name, "sport": sport, "description": description, "rpe": rpe, "feel": feel, "hidden": hidden,
        "gear": gear, "start": start,
    }  # fmt: skip
    fields = {key: value for key, value in said.items() if value is not None}
    if not fields:
        raise typer.BadParameter("give a field to change, such as --name")
    with opened(athlete) as (app, scope, beside):
        with app.database.read() as reader:
            number = resolve(reader, scope, activity).id
        change(app.context, scope, number, fields)
        if not beside:
            with Decoders(app.settings) as decoders:
                measure_due(app.context, scope.athlete_id, decoders)
