"""`homestretch records`: best efforts, and which of them are none."""

from datetime import datetime
from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import duration, kilometres, say_json, say_table

COMMAND = typer.Typer(invoke_without_command=True)
Activity = Annotated[str, typer.Argument(help="The activity's id.")]
Quantity = Annotated[str, typer.Argument(help="Such as power, heart_rate or speed.")]


@COMMAND.callback()
def show_records(
    context: typer.Context,
    name: Annotated[str | None, typer.Option("--class", help="Such as run, ride or ride:indoor.")] = None,
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First local day.")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last local day.")] = None,
    top: Annotated[int, typer.Option(min=1, max=50, help="So many of each.")] = 3,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Show best efforts over distances and durations, the longest and highest activities, and streaks."""
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
        (_size(one["kind"], one["size"]), effort["rank"], _value(one["kind"], effort["value"]), effort["day"],
         effort["name"], effort["activity"])
        for one in found["items"] for effort in one["efforts"]
    ]  # fmt: skip
    say_table(("best", "rank", "value", "day", "name", "id"), rows)
    others = ", ".join(one["name"] for one in found["classes"] if one["name"] != found["name"])
    print(f"{found['name'] or 'no best efforts yet'}" + (f"; others: {others}" if others else ""))
    for one in found["refused"]:
        print(f"Left out: {one['quantity'].replace('_', ' ')} of {one['name']}, {one['day']} ({one['activity']}).")


@COMMAND.command("refuse")
def refuse_record(activity: Activity, quantity: Quantity, athlete: AthleteOption = None) -> None:
    """Say that what an activity has of a quantity is no real record; that is an edit, and can be undone."""
    _refuse(activity, quantity, athlete, refused=True)


@COMMAND.command("accept")
def accept_record(activity: Activity, quantity: Quantity, athlete: AthleteOption = None) -> None:
    """Let what an activity has of a quantity count as a record again."""
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
