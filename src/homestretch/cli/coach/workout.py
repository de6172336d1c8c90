"""`homestretch coach workout`: the library of workouts, and workouts as files."""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from homestretch import files
from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import duration, say_json, say_table
from homestretch.errors import BadRequest
from homestretch.model.coach.thresholds import whole
from homestretch.model.coach.workout import StepDocument
from homestretch.model.documents.coach_workouts import ResolvedTarget

COMMAND = typer.Typer(help="List workouts, and read and write workout files.", no_args_is_help=True)
Id = Annotated[str, typer.Argument(help="Id of a template (such as R7), a workout or a planned session.")]
Repeats = Annotated[int | None, typer.Option("--repeats", "-n", help="Repeats of a template. By default the fewest.")]
Minutes = Annotated[int | None, typer.Option(help="Minutes of a template's free step. By default the fewest.")]
Day = Annotated[
    datetime | None,
    typer.Option(
        "--date", formats=["%Y-%m-%d"], help="Day whose thresholds count. By default that of a session, else today."
    ),
]
Sport = Annotated[str | None, typer.Option(help="ride, run, swim, strength, brick, …")]
#: The largest file with workouts.
MOST_BYTES = 5_000_000


@COMMAND.command("list")
def list_workouts(
    sport: Sport = None,
    purpose: Annotated[str | None, typer.Option(help="Such as threshold, vo2 or long.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """List your workouts and the templates."""
    from homestretch.views.coach.workouts import workout_list
    from homestretch.views.kit.today import today

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        day = today(reader, scope, app.context.clock())
        found = workout_list(reader, scope, day, sport, purpose)
    if json:
        say_json({"items": found})
        return
    rows = [
        (one["id"], one["name"], one["sport"], one["purpose"] or "", one["minutes"], one["load"], "yes" * one["hard"])
        for one in found
    ]
    say_table(("id", "name", "sport", "purpose", "minutes", "load", "hard"), rows)


@COMMAND.command("show")
def show_workout(
    workout: Id,
    repeats: Repeats = None,
    minutes: Minutes = None,
    date: Day = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Show the steps of a workout, with your own targets."""
    from homestretch.views.coach.workouts import workout_whole
    from homestretch.views.kit.today import today

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        now = today(reader, scope, app.context.clock())
        found = workout_whole(reader, scope, workout, now, repeats, minutes, date.date() if date else None)
    if json:
        say_json(found)
        return
    load = f"{found['minutes']} min, load {found['load']:g}"
    print(f"{found['name']}  {found['sport']}  {load}{', hard' if found['hard'] else ''}")
    if found["description"]:
        print(found["description"])
    print(found["text"])
    targets = iter(found["targets"])
    say_table(("step", "takes", "target"), list(_rows(found["steps"], targets)))


def _rows(steps: list[StepDocument], targets: Iterator[ResolvedTarget]) -> Iterator[tuple[str, str, str]]:
    for step in steps:
        if "repeat" in step:
            yield f"{step['repeat']} times:", "", ""
            yield from ((f"  {kind}", takes, target) for kind, takes, target in _rows(step["steps"], targets))
        else:
            target = next(targets)
            name = " ".join(word for word in (step["kind"], step.get("cue")) if word)
            yield name, duration(target["seconds"]), _own(target)


def _own(target: ResolvedTarget) -> str:
    low, high, unit = target["low"], target["high"], target["unit"]
    if low is None or high is None or unit is None or max(low, high) <= 0:
        return ""
    if unit == "m/s":
        return f"{_pace(low)} to {_pace(high)} /km" if low != high else f"{_pace(low)} /km"
    ends = f"{whole(low)}" if whole(low) == whole(high) else f"{whole(low)} to {whole(high)}"
    return f"{ends} {unit}"


def _pace(speed: float) -> str:
    return duration(1000 / speed).removeprefix("0:") if speed > 0 else "rest"


@COMMAND.command("export")
def export_workout(
    workout: Id,
    form: Annotated[str, typer.Option("--format", help="fit, zwo, erg, mrc, intervals or garmin.")],
    output: Annotated[Path | None, typer.Option(help="File to write. By default standard output.")] = None,
    repeats: Repeats = None,
    minutes: Minutes = None,
    date: Day = None,
    athlete: AthleteOption = None,
) -> None:
    """Write a workout as a file for a trainer, a watch or a service."""
    from homestretch.views.coach.workouts import workout_file
    from homestretch.views.kit.today import today

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        now = app.context.clock()
        day = today(reader, scope, now)
        made = workout_file(reader, scope, workout, form, day, now, repeats, minutes, date.date() if date else None)
    if output is None:
        sys.stdout.buffer.write(made.data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(made.data)
    except OSError as error:
        raise BadRequest(reason=f"{output} can't be written: {error.strerror}.") from error


@COMMAND.command("import")
def import_workout(
    file: Annotated[Path, typer.Argument(help="ZWO, ERG, MRC, FIT, JSON or text.", exists=True, dir_okay=False)],
    name: Annotated[str | None, typer.Option(help="Name. By default that of the workout, or of the file.")] = None,
    sport: Sport = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Read the workouts of a file into your library, and print their ids."""
    from homestretch.flow.coach.workouts import import_file
    from homestretch.views.coach.workouts import workout_whole
    from homestretch.views.kit.today import today

    try:
        data = files.read(file, MOST_BYTES)
    except OSError as error:
        raise BadRequest(reason=f"{file} can't be read: {error.strerror}.") from error
    with opened(athlete) as (app, scope, _):
        found = import_file(app.context, scope, data, file.name, name=name, sport=sport)
        if json:
            with app.database.read() as reader:
                day = today(reader, scope, app.context.clock())
                say_json({"items": [workout_whole(reader, scope, one, day) for one in found]})
            return
    for one in found:
        print(one)


@COMMAND.command("remove")
def remove_workout(workout: Id, athlete: AthleteOption = None) -> None:
    """Remove a workout from your library. `restore` brings it back."""
    from homestretch.flow.coach.workouts import remove

    with opened(athlete) as (app, scope, _):
        remove(app.context, scope, workout)


@COMMAND.command("restore")
def restore_workout(workout: Id, athlete: AthleteOption = None) -> None:
    """Bring a removed workout back."""
    from homestretch.flow.coach.workouts import restore

    with opened(athlete) as (app, scope, _):
        restore(app.context, scope, workout)
