"""`homestretch people`: who sees an athlete, one athlete taken along, and athletes that were removed."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from homestretch.cli._runtime.bar import bar
from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened, whole
from homestretch.cli._runtime.say import say_json, say_table

COMMAND = typer.Typer(help="Who sees an athlete; export one; restore a removed athlete.", no_args_is_help=True)
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
    say_table(
        ("name", "role", "sees", "until"),
        [
            (one["username"], one["role"], ", ".join(one["sees"]), one["until"] or "for good")
            for one in found["members"]
        ],
    )


@COMMAND.command("set")
def set_member(
    name: Name,
    role: Annotated[str, typer.Argument(help="owner, editor, coach or viewer.")],
    sees: Annotated[
        str | None, typer.Option(help="What a viewer sees: health, plan, photos, or an empty text. Usually photos.")
    ] = None,
    hours: Annotated[int | None, typer.Option(help="Only for so many hours, such as to help.")] = None,
    athlete: AthleteOption = None,
) -> None:
    """Give an account a role for an athlete, for good or for a while."""
    from homestretch.flow.people.members import give

    with opened(athlete) as (app, scope, _):
        give(
            app.context,
            scope,
            name,
            role,
            None if sees is None else [one.strip() for one in sees.split(",") if one.strip()],
            hours=hours,
        )


@COMMAND.command("remove")
def remove_member(name: Name, athlete: AthleteOption = None) -> None:
    """Take an athlete away from an account."""
    from homestretch.flow.people.members import take

    with opened(athlete) as (app, scope, _):
        take(app.context, scope, name)


@COMMAND.command("export")
def export_athlete(
    file: Annotated[Path, typer.Argument(help="The file to write, such as anna.tar.", dir_okay=False)],
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Export all data of an athlete into one tar file, to be restored into an empty Homestretch elsewhere."""
    from homestretch.flow.maintenance.athlete_export import export_to

    with opened(athlete) as (app, scope, _), bar("Exporting", quiet=json) as progress:
        made = export_to(app.context, scope, file, force=force, progress=progress)
    size = file.stat().st_size
    if json:
        details = {"athlete": made.athlete, "originals": made.originals, "missing": made.missing}
        say_json({"file": str(file), "size": size, **details})
    else:
        print(f"Saved {made.athlete}: {made.originals} originals and all edits to {file} ({size / 1e6:.1f} MB).")
    for digest in made.missing:
        print(f"homestretch: original {digest} is missing or damaged and was not exported", file=sys.stderr)
    raise typer.Exit(1 if made.missing else 0)


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
