"""`homestretch goals`: distance, time, ascent, load or activities in each week, month or year."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import goal_amount, say_json, say_table

if TYPE_CHECKING:
    from datetime import date

    from homestretch.app import App
    from homestretch.store.scope import Scope

COMMAND = typer.Typer(help="List and set goals.", no_args_is_help=True)
Id = Annotated[str, typer.Argument(help="Id of the goal.")]
Target = Annotated[float, typer.Argument(help="km, hours, m of ascent, load or activities.")]
#: What a target given in the unit of people is in SI.
SCALES = {"distance": 1000.0, "time": 3600.0}


@COMMAND.command("list")
def list_goals(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List goals and how they stand."""
    from homestretch.views.training.goals import goals

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = goals(reader, scope, _today(app, scope))
    if json:
        say_json(found)
        return
    rows = [
        (
            one["id"],
            f"{one['sport'] or 'all'}, {goal_amount(one['kind'], one['target'])} a {one['period']}",
            goal_amount(one["kind"], one["done"]),
            "" if one["forecast"] is None else goal_amount(one["kind"], one["forecast"]),
            one["state"].replace("_", " "),
        )
        for one in found["items"]
    ]
    say_table(("id", "goal", "done", "forecast", "state"), rows)


@COMMAND.command("add")
def add_goal(
    period: Annotated[str, typer.Argument(help="week, month or year.")],
    kind: Annotated[str, typer.Argument(help="distance, time, ascent, load or count.")],
    target: Target,
    sport: Annotated[str | None, typer.Option(help="Only for this sport, such as run.")] = None,
    since: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day. By default today.")
    ] = None,
    athlete: AthleteOption = None,
) -> None:
    """Set a goal and print its id."""
    from homestretch.flow.edit.goals import add

    with opened(athlete) as (app, scope, _):
        day = None if since is None else since.date()
        value = target * SCALES.get(kind, 1.0)
        print(add(app.context, scope, period, kind, sport, value, _today(app, scope), day))


@COMMAND.command("change")
def change_goal(goal: Id, target: Target, athlete: AthleteOption = None) -> None:
    """Set another target from the current period on."""
    from homestretch.flow.edit.goals import change, kind_of

    with opened(athlete) as (app, scope, _):
        value = target * SCALES.get(kind_of(app.context, scope, goal), 1.0)
        change(app.context, scope, goal, value, _today(app, scope))


@COMMAND.command("remove")
def remove_goal(goal: Id, athlete: AthleteOption = None) -> None:
    """Remove a goal; `restore` undoes it."""
    from homestretch.flow.edit.goals import remove

    with opened(athlete) as (app, scope, _):
        remove(app.context, scope, goal)


@COMMAND.command("restore")
def restore_goal(goal: Id, athlete: AthleteOption = None) -> None:
    """Restore a removed goal."""
    from homestretch.flow.edit.goals import restore

    with opened(athlete) as (app, scope, _):
        restore(app.context, scope, goal)


def _today(app: "App", scope: "Scope") -> "date":
    from homestretch.views.kit.today import today

    with app.database.read() as reader:
        return today(reader, scope, app.context.clock())
