"""`homestretch show`: one activity."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table


def COMMAND(
    activity: Annotated[str, typer.Argument(help="Id of the activity, or of one of its recordings.")],
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Show an activity: its values and recordings."""
    from homestretch.views.activities.activity import activity as view

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = view(reader, scope, activity)
    if json:
        say_json(found)
        return
    print(f"{found['name']}  ({found['sport']})  {found['start_local']}")
    figures = [(key, value) for key, value in found.items() if isinstance(value, float)]
    say_table(("field", "value"), [(key, round(value, 2)) for key, value in figures])
    sources = [
        (r["format"], r["device"], r["path"], " ".join(note["text"] for note in r["notes"]))
        for r in found["recordings"]
    ]
    say_table(("format", "device", "file", "notes"), sources)
