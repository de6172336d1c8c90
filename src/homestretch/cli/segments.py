"""`homestretch segments`: segments and your times on them."""

from pathlib import Path
from typing import Annotated

import typer

from homestretch import files
from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import duration, kilometres, say_json, say_table
from homestretch.errors import BadRequest

COMMAND = typer.Typer(help="List, create and import segments and see your times.", no_args_is_help=True)
#: Of a file with a track.
MOST_BYTES = 256 << 20
Id = Annotated[str, typer.Argument(help="Id of the segment.")]


@COMMAND.command("list")
def list_segments(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List segments."""
    from homestretch.views.places.segments import segment_list

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = segment_list(reader, scope)
    if json:
        say_json({"items": found})
        return
    rows = [
        (s["id"], s["name"], s["family"], kilometres(s["length_m"]), s["efforts"], duration(s["best_s"]), s["last_day"])
        for s in found
    ]
    say_table(("id", "name", "sport", "length", "times", "best", "last"), rows)


@COMMAND.command("show")
def show_segment(segment: Id, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Show all your times on a segment."""
    from homestretch.views.places.segments import segment_whole

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = segment_whole(reader, scope, segment)
    if json:
        say_json(found)
        return
    print(f"{found['name']}  {kilometres(found['length_m'])}")
    efforts = sorted(found["efforts"], key=lambda one: one["rank"])
    rows = [(e["rank"], duration(e["elapsed_s"]), e["day"], e["name"], e["activity"]) for e in efforts]
    say_table(("rank", "time", "day", "name", "id"), rows)
    if found["waiting"]:
        print(f"{found['waiting']} activities are still being checked.")


@COMMAND.command("add")
def add_segment(
    name: Annotated[str, typer.Argument(help="Name.")],
    activity: Annotated[str, typer.Option(help="Id of the activity to create it from.")],
    start: Annotated[float, typer.Option("--from", help="Start, in seconds from the start of the activity.")],
    end: Annotated[float, typer.Option("--to", help="End, in seconds from the start of the activity.")],
    athlete: AthleteOption = None,
) -> None:
    """Create a segment from part of an activity."""
    from homestretch.flow.derive.places.segment_efforts import time_segments
    from homestretch.flow.edit.segments import draw
    from homestretch.views.activities.activity import resolve

    with opened(athlete) as (app, scope, beside):
        with app.database.read() as reader:
            number = resolve(reader, scope, activity).id
        print(draw(app.context, scope, number, name, start, end))
        if not beside:
            time_segments(app.context, scope.athlete_id)


@COMMAND.command("import")
def import_segment(
    file: Annotated[Path, typer.Argument(help="GPX or other file with a track.", exists=True, dir_okay=False)],
    sport: Annotated[str, typer.Option(help="ride, run, walk, swim, row or ski.")] = "ride",
    name: Annotated[str | None, typer.Option(help="Name. By default that of the track.")] = None,
    athlete: AthleteOption = None,
) -> None:
    """Create a segment from a file."""
    from homestretch.flow.derive.places.segment_efforts import time_segments
    from homestretch.flow.edit.segments import from_gpx

    try:
        data = files.read(file, MOST_BYTES)
    except OSError as error:
        raise BadRequest(reason=f"{file} can't be read: {error.strerror}.") from error
    with opened(athlete) as (app, scope, beside):
        print(from_gpx(app.context, scope, data, file.name, sport, name))
        if not beside:
            time_segments(app.context, scope.athlete_id)


@COMMAND.command("remove")
def remove_segment(segment: Id, athlete: AthleteOption = None) -> None:
    """Delete a segment. `restore` brings it back."""
    from homestretch.flow.edit.segments import remove

    with opened(athlete) as (app, scope, _):
        remove(app.context, scope, segment)


@COMMAND.command("restore")
def restore_segment(segment: Id, athlete: AthleteOption = None) -> None:
    """Restore a deleted segment."""
    from homestretch.flow.edit.segments import restore

    with opened(athlete) as (app, scope, _):
        restore(app.context, scope, segment)
