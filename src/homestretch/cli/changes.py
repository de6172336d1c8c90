"""`homestretch changes`: what would make the sources agree with what is here; nothing goes out that is not approved."""

from typing import Annotated, Any

import typer

from homestretch.cli._runtime.changes import follow_changes, propose_month, say_changes
from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened

COMMAND = typer.Typer(no_args_is_help=True, help="Changes at the sources: propose, approve, reject, apply, take back.")

Month = Annotated[str, typer.Option("--month", help="The month (YYYY-MM) that is compared.")]
Which = Annotated[list[str], typer.Argument(help="Numbers of proposals, or all: those that are open.")]
Number = Annotated[int, typer.Argument(help="The number of an applied change.")]
States = Annotated[list[str] | None, typer.Option("--state", help="open, approved, applied, rejected, failed, undone.")]


@COMMAND.command("list")
def list_changes(state: States = None, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Show proposed changes, the newest first; by default those that wait."""
    from homestretch.views.sources.proposals import proposal_list

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = proposal_list(reader, scope, state or ["open", "approved", "failed"], 500)
    say_changes(found, as_json=json)


@COMMAND.command()
def make(month: Month, dry_run: bool = False, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Propose what would make every source say of a month what is said here; with --dry-run only show it."""
    with opened(athlete) as (app, scope, _):
        found = propose_month(app, scope, month, dry_run=dry_run)
    say_changes(found, as_json=json)


@COMMAND.command()
def approve(which: Which, athlete: AthleteOption = None) -> None:
    """Approve changes, and make them."""
    from homestretch.flow.writeback.proposals import approve as flow

    with opened(athlete) as (app, scope, beside):
        numbers = _numbers(app, scope, which)
        flow(app.context, scope, numbers)
        code = follow_changes(app, scope, numbers, beside)
    raise typer.Exit(code)


@COMMAND.command()
def reject(which: Which, athlete: AthleteOption = None) -> None:
    """Reject changes; they stay where they are listed, and are not made."""
    from homestretch.flow.writeback.proposals import reject as flow

    with opened(athlete) as (app, scope, _):
        flow(app.context, scope, _numbers(app, scope, which))


@COMMAND.command()
def apply(athlete: AthleteOption = None) -> None:
    """Make what was approved and could not be made yet; a running server does that by itself."""
    from homestretch.views.sources.proposals import proposal_list

    with opened(athlete) as (app, scope, beside):
        with app.database.read() as reader:
            waiting = proposal_list(reader, scope, ["approved"], 500)["items"]
        code = follow_changes(app, scope, [int(one["id"]) for one in waiting], beside)
    raise typer.Exit(code)


@COMMAND.command()
def undo(number: Number, athlete: AthleteOption = None) -> None:
    """Put there again what an applied change replaced."""
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
        raise typer.BadParameter("name proposals by their numbers, or all")
    return [int(one) for one in which]
