"""`homestretch thresholds`: FTP, heart rates and weight by date."""

from datetime import datetime
from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table
from homestretch.model.documents.training import Suggestion

COMMAND = typer.Typer(help="List and set FTP, heart rates, weight, …", no_args_is_help=True)
Key = Annotated[str, typer.Argument(help="Threshold, such as ftp_w, max_hr_bpm or weight_kg.")]
From = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day. By default today.")]
Sport = Annotated[str, typer.Option(help="Only for this sport, such as ride.")]


@COMMAND.command("list")
def list_thresholds(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List your thresholds, their dates, and suggestions from your activities."""
    from homestretch.views.kit.today import today
    from homestretch.views.training.thresholds import thresholds

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = thresholds(reader, scope, today(reader, scope, app.context.clock()))
    if json:
        say_json({"items": found})
        return
    rows: list[tuple[str, float | str, str, str, str]] = [
        (one["key"], said["value"], one["unit"], said["family"] or "all", said["valid_from"])
        for one in found
        for said in one["history"]
    ]
    rows += [
        (one["key"], f"≈ {value:g}", one["unit"], family or "all", "estimated")
        for one in found
        for family, value in one["estimated"].items()
    ]
    say_table(("threshold", "value", "unit", "sport", "from"), rows)
    for s in (s for one in found for s in one["suggestions"]):
        print(f"Suggested {s['key']}: {s['value']:g} (from your best {_effort(s)}, {s['name']}, {s['day']})")


def _effort(suggestion: Suggestion) -> str:
    size = suggestion["size"]
    if suggestion["kind"] == "distance":
        return f"{size / 1000:g} km" if size >= 1000 else f"{size:g} m"
    return f"{size / 60:g} minutes" if size >= 60 else f"{size:g} seconds"


@COMMAND.command("set")
def set_threshold(key: Key, value: float, since: From = None, sport: Sport = "", athlete: AthleteOption = None) -> None:
    """Set a threshold from a date."""
    _state(key, value, since, sport, athlete)


@COMMAND.command("unset")
def unset_threshold(key: Key, since: From = None, sport: Sport = "", athlete: AthleteOption = None) -> None:
    """Remove a threshold."""
    _state(key, None, since, sport, athlete)


def _state(key: str, value: float | None, since: datetime | None, sport: str, athlete: str | None) -> None:
    from homestretch.flow.derive.decode.decoders import Decoders
    from homestretch.flow.derive.measure.measuring import measure_due
    from homestretch.flow.edit.thresholds import state
    from homestretch.views.kit.today import today

    with opened(athlete) as (app, scope, beside):
        with app.database.read() as reader:
            day = since.date() if since else today(reader, scope, app.context.clock())
        state(app.context, scope, key, value, day, sport)
        if not beside:
            with Decoders(app.settings) as decoders:
                print(f"{measure_due(app.context, scope.athlete_id, decoders)} activities recalculated.")
