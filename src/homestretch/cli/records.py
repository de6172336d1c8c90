"""`homestretch records`: best efforts and personal records."""

from datetime import datetime
from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import duration, kilometres, say_json, say_table

COMMAND = typer.Typer(invoke_without_command=True)
Activity = Annotated[str, typer.Argument(help="Id of the activity.")]
Quantity = Annotated[str, typer.Argument(help="Such as power, heart_rate or speed.")]


@COMMAND.callback()
def show_records(
    context: typer.Context,
    name: Annotated[str | None, typer.Option("--class", help="Such as run, ride or ride:indoor.")] = None,
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = None,
    top: Annotated[int, typer.Option(min=1, max=50, help="Number of efforts per record.")] = 3,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Show best efforts and personal records."""
    from homestretch.views.training.records import all_records

    if context.invoked_subcommand is not None:
        return
    days = (since.date() if since else None, until.date() if until else None)
    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = all_records(reader, scope, name, *days, top)
    if json:
        say_json(found)
        return
    rows = [
        (
            _size(one["kind"], one["size"]),
            effort["rank"],
            _value(one["kind"], effort["value"]),
            effort["day"],
            effort["name"],
            effort["activity"],
        )
        for one in found["items"]
        for effort in one["efforts"]
    ]
    say_table(("best", "rank", "value", "day", "name", "id"), rows)
    others = ", ".join(one["name"] for one in found["classes"] if one["name"] != found["name"])
    print(f"{found['name'] or 'No best efforts yet'}" + (f"; others: {others}" if others else ""))
    for one in found["refused"]:
        print(f"Excluded: {one['quantity'].replace('_', ' ')} of {one['name']}, {one['day']} ({one['activity']}).")


@COMMAND.command("refuse")
def refuse_record(activity: Activity, quantity: Quantity, athlete: AthleteOption = None) -> None:
    """Exclude an activity's power, heart rate or speed from records. This edit can be undone."""
    _refuse(activity, quantity, athlete, refused=True)


@COMMAND.command("accept")
def accept_record(activity: Activity, quantity: Quantity, athlete: AthleteOption = None) -> None:
    """Include an activity's power, heart rate or speed in records again."""
    _refuse(activity, quantity, athlete, refused=False)


def _refuse(activity: str, quantity: str, athlete: str | None, *, refused: bool) -> None:
    from homestretch.flow.derive.decode.decoders import Decoders
    from homestretch.flow.derive.measure.measuring import measure_due
    from homestretch.flow.edit.edits import refuse
    from homestretch.views.activities.activity import resolve

    with opened(athlete) as (app, scope, beside):
        with app.database.read() as reader:
            number = resolve(reader, scope, activity).id
        refuse(app.context, scope, number, quantity, refused=refused)
        if not beside:
            with Decoders(app.settings) as decoders:
                measure_due(app.context, scope.athlete_id, decoders)


def _size(kind: str, size: float) -> str:
    return kilometres(size) if kind == "distance" else f"{kind} {duration(size)}"


def _value(kind: str, value: float) -> str:
    return duration(value) if kind == "distance" else f"{value:.0f}"
