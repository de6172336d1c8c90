"""`homestretch sources`: connected sources and their settings."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table
from homestretch.errors import BadRequest
from homestretch.model.documents.sources import Connection

COMMAND = typer.Typer(help="Show, set up, pause and disconnect sources.")
Name = Annotated[str, typer.Argument(help="Source such as garmin, or id of a connection.")]


@COMMAND.callback(invoke_without_command=True)
def show_sources(context: typer.Context, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Show all sources: status, last and next sync, remaining files, requests today."""
    if context.invoked_subcommand is not None:
        return
    from homestretch.cli._runtime.connected import chosen

    with opened(athlete) as (app, scope, _):
        found = chosen(app, scope, None)
    if json:
        say_json({"items": found})
    elif not found:
        print("No source is connected. Connect one with: homestretch connect garmin")
    else:
        for one in found:
            _print_source(one)


def _print_source(one: Connection) -> None:
    """Print the status of a source, in three or four lines."""
    left, eta = one["backlog"]["wanted"], one["backlog"]["eta_s"]
    state = "paused" if one["paused"] else one["state"].replace("_", " ")
    coming = f"next sync {_when(one['next_ms'])} ({one['schedule']})" if one["next_ms"] else "no schedule"
    remaining = f"{left} remaining{f' ({_about(eta)})' if eta else ''}" if left else "up to date"
    print(f"{one['source']}  {one['id']}  {one['label']}: {state}")
    if one["reason"]:
        print(f"  {one['reason']}")
    print(f"  last sync {_when(one['good_ms']) or 'never'}, {coming}")
    print(f"  {one['backlog']['have']} imported, {remaining}, {one['requests_today']} requests today")


def _when(ms: int | None) -> str:
    from datetime import datetime

    return "" if ms is None else datetime.fromtimestamp(ms / 1000).astimezone().strftime("%Y-%m-%d %H:%M")


def _about(seconds: float) -> str:
    """Return a length of time in one unit."""
    for unit, size in (("days", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 1.5 * size:
            return f"about {seconds / size:.0f} {unit}"
    return "about a minute"


@COMMAND.command("set")
def set_settings(
    name: Name,
    pairs: Annotated[list[str], typer.Argument(help="setting=value. Leave the value empty to reset it.")],
    athlete: AthleteOption = None,
) -> None:
    """Change settings of a source, such as pause_s=5 or folder=/srv/fit."""
    from homestretch.cli._runtime.connected import chosen
    from homestretch.flow.sync.connections import change

    settings: dict[str, str | None] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise BadRequest(reason=f"{pair} is not setting=value.")
        settings[key] = value or None
    with opened(athlete) as (app, scope, _):
        for one in chosen(app, scope, name):
            change(app.context, scope, one["id"], settings=settings)
        for one in chosen(app, scope, name):
            say_table(("setting", "value"), list(one["settings"].items()))


@COMMAND.command("schedule")
def set_schedule(
    name: Name,
    text: Annotated[str | None, typer.Argument(help="`every 6h` or cron fields such as '0 */6 * * *'.")] = None,
    manual: Annotated[bool, typer.Option("--manual", help="Sync only when you start it.")] = False,
    athlete: AthleteOption = None,
) -> None:
    """Set when a source syncs automatically, and show the next five times."""
    from homestretch.cli._runtime.connected import chosen
    from homestretch.flow.runtime.schedule import athlete_zone, next_times
    from homestretch.flow.sync.connections import change

    if (text is None) != manual:
        raise BadRequest(reason="Give a schedule, or --manual.")
    with opened(athlete) as (app, scope, _):
        least = [one["least_ms"] for one in chosen(app, scope, name)]
        for one in chosen(app, scope, name):
            change(app.context, scope, one["id"], schedule=text, by_hand=manual)
        if text is not None:
            with app.database.read() as reader:
                zone = athlete_zone(reader, scope.athlete_id)
            for time in next_times(text, zone, app.context.clock(), 5, min(least)):
                print(_when(time))


@COMMAND.command("pause")
def pause(name: Name, athlete: AthleteOption = None) -> None:
    """Pause a source."""
    _pause(name, athlete, paused=True)


@COMMAND.command("resume")
def resume(name: Name, athlete: AthleteOption = None) -> None:
    """Resume a source."""
    _pause(name, athlete, paused=False)


def _pause(name: str, athlete: str | None, *, paused: bool) -> None:
    from homestretch.cli._runtime.connected import chosen
    from homestretch.flow.sync.connections import change

    with opened(athlete) as (app, scope, _):
        for one in chosen(app, scope, name):
            change(app.context, scope, one["id"], paused=paused)
            print(f"{one['name']} ({one['label']}) {'paused' if paused else 'resumed'}.")


@COMMAND.command("log")
def show_log(
    name: Name,
    level: Annotated[str | None, typer.Option(help="Minimum level: info, warning or error.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=5000)] = 50,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Show the sync log, newest last."""
    from homestretch.cli._runtime.connected import chosen
    from homestretch.views.sources.sync_log import LEVELS, log

    if level is not None and level not in LEVELS:
        raise BadRequest(reason=f"The level must be one of {', '.join(LEVELS)}.")
    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        for one in chosen(app, scope, name):
            lines = log(reader, scope, one["id"], level, None, limit)["items"]
            if json:
                say_json({"items": lines})
                continue
            for line in reversed(lines):
                print(f"{_when(line['at_ms'])}  {line['level']:<7}  {line['text']}")


@COMMAND.command("disconnect")
def disconnect(
    name: Name,
    purge: Annotated[bool, typer.Option("--purge", help="Also delete the data that came only from it.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")] = False,
    athlete: AthleteOption = None,
) -> None:
    """Disconnect a source. Imported data stays, unless you add --purge."""
    from homestretch.cli._runtime.connected import chosen
    from homestretch.flow.sync import connections as flow
    from homestretch.views.sources.purge_preview import losses

    with opened(athlete) as (app, scope, _):
        for one in chosen(app, scope, name):
            with app.database.read() as reader:
                lost = losses(reader, scope, one["id"])
            only = f"{lost['only_here']} of {lost['activities']} activities and {lost['days']} days of health data"
            fate = "are deleted" if purge else "stay here. Only the sign-in is deleted"
            print(f"{one['name']} ({one['label']}): {only} come only from this source. They {fate}.")
            if yes or typer.confirm("Continue?"):
                flow.disconnect(app.context, scope, one["id"], purge=purge)
                print("Disconnected.")


@COMMAND.command("subscribe")
def subscribe(name: Name, athlete: AthleteOption = None) -> None:
    """Turn on instant updates from a provider (webhooks). A running server does it within seconds."""
    from homestretch.cli._runtime.connected import chosen
    from homestretch.flow.writeback.proposals import ask_for_messages

    with opened(athlete) as (app, scope, _):
        for one in chosen(app, scope, name):
            number = ask_for_messages(app.context, scope, one["id"])
            print(f"{one['name']}: instant updates requested. Status: homestretch changes list (number {number})")


@COMMAND.command("priority")
def priority(
    order: Annotated[
        list[str] | None, typer.Argument(help=("Sources, highest priority first. Leave out to show the order."))
    ] = None,
    automatic: Annotated[bool, typer.Option("--automatic", help="Choose by data quality again.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Show or set the source priority for activities with several recordings."""
    from homestretch.flow.writeback.source_priority import order_preview, order_sources
    from homestretch.views.activities.matches import order_of

    with opened(athlete) as (app, scope, _):
        if dry_run:
            would = order_preview(app.context, scope, order or [])
            if json:
                say_json(would)
            else:
                print(f"This would change {would['activities']} activities, including {would['names']} names.")
            return
        if order or automatic:
            order_sources(app.context, scope, order or [])
        with app.database.read() as reader:
            found = order_of(reader, scope)
    if json:
        say_json({"order": found})
    else:
        print(", ".join(found) or "Automatic: each value comes from the best recording.")
