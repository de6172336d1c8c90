"""`homestretch coach import`: takes in what `coach export` wrote."""

from pathlib import Path
from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json
from homestretch.errors import BadRequest


def COMMAND(
    file: Annotated[Path, typer.Argument(help="A JSON or zip of `coach export`.", exists=True, dir_okay=False)],
    tried: Annotated[bool, typer.Option("--try", help="Only say what would be added.")] = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Add the rules, plans, workouts and routes of a file that are not there yet; plans wait for approval."""
    from homestretch import files
    from homestretch.flow.coach.coach_file import MOST_BYTES
    from homestretch.flow.coach.taking import take_in

    try:
        data = files.read(file, MOST_BYTES)
    except OSError as error:
        raise BadRequest(reason=f"{file} can't be read: {error.strerror}.") from error
    with opened(athlete) as (app, scope, _):
        found = take_in(app.context, scope, data, tried=tried)
    if json:
        say_json(found)
        return
    for noun, names in (
        ("rules", found["rules"]),
        ("plans", found["plans"]),
        ("workouts", found["workouts"]),
        ("routes", found["routes"]),
    ):
        if names:
            what = noun.removesuffix("s") if len(names) == 1 else noun
            print(f"{len(names)} {what} {'would be added' if tried else 'added'}: {', '.join(names)}")
    if found["there"]:
        print(f"{found['there']} there already.")
