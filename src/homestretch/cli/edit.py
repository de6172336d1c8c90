"""`homestretch edit`: edits an activity."""

from typing import Annotated, Any

import typer

from homestretch.cli._runtime.opened import AthleteOption, opened
from homestretch.model.editable import EDITABLE

RPE, FEEL = EDITABLE["rpe"], EDITABLE["feel"]


def COMMAND(
    activity: Annotated[str, typer.Argument(help="Id of the activity.")],
    name: Annotated[str | None, typer.Option(help=EDITABLE["name"].help)] = None,
    sport: Annotated[str | None, typer.Option(help=EDITABLE["sport"].help)] = None,
    sub_sport: Annotated[str | None, typer.Option(help=EDITABLE["sub_sport"].help)] = None,
    description: Annotated[str | None, typer.Option(help=EDITABLE["description"].help)] = None,
    rpe: Annotated[float | None, typer.Option(min=RPE.least, max=RPE.most, help=RPE.help)] = None,
    feel: Annotated[int | None, typer.Option(min=int(FEEL.least), max=int(FEEL.most), help=FEEL.help)] = None,
    hidden: Annotated[bool | None, typer.Option("--hidden/--shown", help=EDITABLE["hidden"].help)] = None,
    route_name: Annotated[str | None, typer.Option(help=EDITABLE["route_name"].help)] = None,
    gear: Annotated[str | None, typer.Option(help=EDITABLE["gear"].help)] = None,
    tags: Annotated[str | None, typer.Option(help=EDITABLE["tags"].help)] = None,
    workout_type: Annotated[str | None, typer.Option(help=EDITABLE["workout_type"].help)] = None,
    start: Annotated[str | None, typer.Option(help=EDITABLE["start"].help)] = None,
    athlete: AthleteOption = None,
) -> None:
    """Edit an activity. Every edit can be undone."""
    from homestretch.flow.derive.decode.decoders import Decoders
    from homestretch.flow.derive.measure.measuring import measure_due
    from homestretch.flow.edit.edits import change
    from homestretch.views.activities.activity import resolve

    given = locals()
    fields: dict[str, Any] = {key: given[key] for key in EDITABLE if given[key] is not None}
    if tags is not None:
        fields["tags"] = [tag for tag in tags.split(",") if tag.strip()]
    if not fields:
        raise typer.BadParameter("give a field to change, such as --name")
    with opened(athlete) as (app, scope, beside):
        with app.database.read() as reader:
            number = resolve(reader, scope, activity).id
        change(app.context, scope, number, fields)
        if not beside:
            with Decoders(app.settings) as decoders:
                measure_due(app.context, scope.athlete_id, decoders)
