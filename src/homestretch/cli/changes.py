"""`homestretch changes`: changes at the sources; only approved ones are sent."""

from typing import Annotated, Any

import typer

from homestretch.cli._runtime.changes import follow_changes, propose_month, say_changes
from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened

COMMAND = typer.Typer(no_args_is_help=True, help="Propose, approve and apply changes at sources.")

Month = Annotated[str, typer.Option("--month", help="Month to compare, YYYY-MM.")]
Which = Annotated[list[str], typer.Argument(help="Numbers of changes, or all for every open one.")]
Number = Annotated[int, typer.Argument(help="Number of an applied change.")]
States = Annotated[
    list[str] | None, typer.Option("--state", help=("open, approved, applied, rejected, failed or undone."))
]


@COMMAND.command("list")
def list_changes(state: States = None, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List proposed changes, newest first. By default those that are open, approved or failed."""
    from homestretch.views.sources.proposals import proposal_list

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = proposal_list(reader, scope, state or ["open", "approved", "failed"], 500)
    say_changes(found, as_json=json)


@COMMAND.command()
def propose(month: Month, dry_run: bool = False, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Propose changes for a month. They make the sources match Homestretch."""
    with opened(athlete) as (app, scope, _):
        found = propose_month(app, scope, month, dry_run=dry_run)
    say_changes(found, as_json=json)


@COMMAND.command()
def approve(which: Which, athlete: AthleteOption = None) -> None:
    """Approve and apply changes."""
    from homestretch.flow.writeback.proposals import approve as flow

    with opened(athlete) as (app, scope, beside):
        numbers = _numbers(app, scope, which)
        flow(app.context, scope, numbers)
        code = follow_changes(app, scope, numbers, beside)
    raise typer.Exit(code)


@COMMAND.command()
def reject(which: Which, athlete: AthleteOption = None) -> None:
    """Reject changes. They stay in the list but are not applied."""
    from homestretch.flow.writeback.proposals import reject as flow

    with opened(athlete) as (app, scope, _):
        flow(app.context, scope, _numbers(app, scope, which))


@COMMAND.command()
def apply(athlete: AthleteOption = None) -> None:
    """Apply approved changes that are still waiting. A running server does this automatically."""
    from homestretch.views.sources.proposals import proposal_list

    with opened(athlete) as (app, scope, beside):
        with app.database.read() as reader:
            waiting = proposal_list(reader, scope, ["approved"], 500)["items"]
        code = follow_changes(app, scope, [int(one["id"]) for one in waiting], beside)
    raise typer.Exit(code)


@COMMAND.command()
def undo(number: Number, athlete: AthleteOption = None) -> None:
    """Revert an applied change."""
    from homestretch.flow.writeback.proposals import revert

    with opened(athlete) as (app, scope, beside):
        code = follow_changes(app, scope, [revert(app.context, scope, number)], beside)
    raise typer.Exit(code)


def _numbers(app: Any, scope: Any, which: list[str]) -> list[int]:
    from homestretch.views.sources.proposals import proposal_list

    if which == ["all"]:
        with app.database.read() as reader:
            return [int(one["id"]) for one in proposal_list(reader, scope, ["open"], 500)["items"]]
    if not all(one.isdecimal() for one in which):
        raise typer.BadParameter("give the numbers of changes, or all")
    return [int(one) for one in which]
