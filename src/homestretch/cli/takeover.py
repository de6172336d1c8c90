"""`homestretch takeover`: takes over what another system holds."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, Beside, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table

if TYPE_CHECKING:
    from homestretch.app import App
    from homestretch.flow.takeover.taking import Hands
    from homestretch.model.documents.takeover import TakeoverReport
    from homestretch.store.scope import Scope

System = Annotated[str, typer.Argument(help="The system: see `homestretch catalog`.", metavar="SYSTEM")]
Store = Annotated[Path, typer.Argument(help="A copy of its folder, database or export.", exists=True, metavar="PATH")]
User = Annotated[str | None, typer.Option("--user", help="Whose data there, if it holds that of several users.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would come over, and what not.")]


def COMMAND(
    system: System,
    path: Store,
    user: User = None,
    dry_run: DryRun = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Take over activities, gear, rules and more from another system. Run it again after an interruption to go on.

    Its folder is only read. What is here already is not added twice, and what you changed here stays as it is.
    """
    from homestretch.flow.takeover.take_over import system_named, take_over

    chosen = system_named(system)
    with opened(athlete) as (app, scope, beside):
        hands = _hands(app, scope, beside, quiet=json)
        report = take_over(app.context, scope, chosen, path, hands, user=user, tried=dry_run)
    if json:
        say_json(report)
    else:
        _print_report(report, chosen.name)
    raise typer.Exit(1 if report["failed"] else 0)


def _hands(app: "App", scope: "Scope", beside: Beside, *, quiet: bool) -> "Hands":
    from homestretch.cli.import_ import finish_import, try_import
    from homestretch.flow.takeover.taking import Hands

    def say(what: str, count: int) -> None:
        if not quiet:
            print(f"{what}: {count} …", file=sys.stderr)

    return Hands(
        try_files=lambda files: try_import(app, scope, files),
        finish=lambda batch: finish_import(app, scope, batch, beside, quiet=quiet),
        say=say,
    )


def _print_report(report: "TakeoverReport", name: str) -> None:
    for one in report["failed"]:
        print(f"failed  {one['what']} {one['name']}: {one['why']}", file=sys.stderr)
    new = "would be new" if report["tried"] else "new"
    rows = [(one["what"], str(one["new"]), str(one["here"]), str(one["failed"])) for one in report["counts"]]
    if rows:
        say_table((name, new, "already here", "failed"), rows)
    else:
        print(f"{name} has nothing to take over here.")
    for behind in report["left"]:
        print(f"Left behind: {behind['count']} {behind['what']}. {behind['why']}")
    if report["batch"] is not None:
        print(f"Undo the import of its activities with: homestretch undo {report['batch']}")
