"""`homestretch people`: who sees an athlete, and athletes that were removed."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened, whole
from homestretch.cli._runtime.say import say_json, say_table

COMMAND = typer.Typer(help="Who sees an athlete; restore a removed athlete.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="User name.")]


@COMMAND.command("list")
def list_people(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List who sees an athlete."""
    from homestretch.views.people.members import people

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = people(reader, scope, app.context.clock())
    if json:
        say_json(found)
        return
    say_table(("name", "role"), [(one["username"], one["role"]) for one in found["members"]])


@COMMAND.command("set")
def set_member(
    name: Name,
    role: Annotated[str, typer.Argument(help="owner, editor, coach or viewer.")],
    athlete: AthleteOption = None,
) -> None:
    """Give an account a role for an athlete."""
    from homestretch.flow.people.members import give

    with opened(athlete) as (app, scope, _):
        give(app.context, scope, name, role)


@COMMAND.command("remove")
def remove_member(name: Name, athlete: AthleteOption = None) -> None:
    """Take an athlete away from an account."""
    from homestretch.flow.people.members import take

    with opened(athlete) as (app, scope, _):
        take(app.context, scope, name)


@COMMAND.command("removed")
def list_removed(json: JsonOption = False) -> None:
    """List athletes that were removed and are not deleted yet."""
    from homestretch.views.people.members import removed_athletes

    with whole() as (app, _), app.database.read() as reader:
        found = removed_athletes(reader)
    if json:
        say_json({"items": found})
        return
    say_table(("id", "name", "deleted at"), [(one["id"], one["name"], one["deleted_at"]) for one in found])


@COMMAND.command("restore")
def restore_athlete(number: Annotated[int, typer.Argument(help="Id of the removed athlete.", metavar="ID")]) -> None:
    """Restore a removed athlete with all data."""
    from homestretch.flow.people.athletes import restore

    with whole() as (app, _):
        restore(app.context, number)
