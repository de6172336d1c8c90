"""`homestretch sources`: connections to providers, how they stand, and how they are set up."""

from typing import Annotated, Any

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table
from homestretch.errors import BadRequest

COMMAND = typer.Typer(help="Show where every source stands; set schedules and settings, pause, disconnect.")
Name = Annotated[str, typer.Argument(help="A source such as garmin, or the id of a connection.")]


@COMMAND.callback(invoke_without_command=True)
def show_sources(context: typer.Context, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Show every source: state, last and next run, what is left, how many requests today."""
    if context.invoked_subcommand is not None:
        return
    from homestretch.cli._runtime.connected import chosen

    with opened(athlete) as (app, scope, _):
        found = chosen(app, scope, None)
    if json:
        say_json({"items": found})
    elif not found:
        print("No source is connected; connect one with: homestretch connect garmin")
    else:
        for one in found:
            _tell(one)


def _tell(one: dict[str, Any]) -> None:
    """Print how a source stands, in three or four lines."""
    left, eta = one["backlog"]["wanted"], one["backlog"]["eta_s"]
    state = "paused" if one["paused"] else one["state"].replace("_", " ")
    coming = f"next {_when(one['next_ms'])} ({one['schedule']})" if one["next_ms"] else "next by hand"
    to_come = f"{left} to come{f' ({_about(eta)})' if eta else ''}" if left else "nothing to come"
    print(f"{one['source']}  {one['id']}  {one['label']}: {state}")
    if one["reason"]:
        print(f"  {one['reason']}")
    print(f"  last {_when(one['good_ms']) or 'never'}, {coming}")
    print(f"  {one['backlog']['have']} here, {to_come}, {one['requests_today']} requests today")


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
    pairs: Annotated[list[str], typer.Argument(help="setting=value; nothing after the = takes it back.")],
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
    text: Annotated[str | None, typer.Argument(help="`every 6h` or a cron line such as '0 */6 * * *'.")] = None,
    by_hand: Annotated[bool, typer.Option("--by-hand", help="Sync only when asked to.")] = False,
    athlete: AthleteOption = None,
) -> None:
    """Set when a source is synced by itself, and show its next five times."""
    from homestretch.cli._runtime.connected import chosen
    from homestretch.flow.runtime.schedule import athlete_zone, next_times
    from homestretch.flow.sync.connections import change

    if (text is None) != by_hand:
        raise BadRequest(reason="Give a schedule, or --by-hand.")
    with opened(athlete) as (app, scope, _):
        least = [one["least_ms"] for one in chosen(app, scope, name)]
        for one in chosen(app, scope, name):
            change(app.context, scope, one["id"], schedule=text, by_hand=by_hand)
        if text is not None:
            with app.database.read() as reader:
                zone = athlete_zone(reader, scope.athlete_id)
            for time in next_times(text, zone, app.context.clock(), 5, min(least)):
                print(_when(time))


@COMMAND.command("pause")
def pause(name: Name, athlete: AthleteOption = None) -> None:
    """Let a source rest until it is resumed."""
    _pause(name, athlete, paused=True)


@COMMAND.command("resume")
def resume(name: Name, athlete: AthleteOption = None) -> None:
    """Let a source go on."""
    _pause(name, athlete, paused=False)


def _pause(name: str, athlete: str | None, *, paused: bool) -> None:
    from homestretch.cli._runtime.connected import chosen
    from homestretch.flow.sync.connections import change

    with opened(athlete) as (app, scope, _):
        for one in chosen(app, scope, name):
            change(app.context, scope, one["id"], paused=paused)
            print(f"{one['name']} ({one['label']}) {'is paused' if paused else 'goes on'}.")


@COMMAND.command("log")
def show_log(
    name: Name,
    level: Annotated[str | None, typer.Option(help="info, warning or error, and what is graver.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=5000)] = 50,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Show what syncs did and met, the newest last."""
    from homestretch.cli._runtime.connected import chosen
    from homestretch.views.sources.sync_log import LEVELS, log

    if level is not None and level not in LEVELS:
        raise BadRequest(reason=f"A level is one of {', '.join(LEVELS)}.")
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
    purge: Annotated[bool, typer.Option("--purge", help="Also take away what came by it alone.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    athlete: AthleteOption = None,
) -> None:
    """Forget a sign-in; what came stays, unless --purge takes it away. Says first what that would be."""
    from homestretch.cli._runtime.connected import chosen
    from homestretch.flow.sync import connections as flow
    from homestretch.views.sources.purge_preview import losses

    with opened(athlete) as (app, scope, _):
        for one in chosen(app, scope, name):
            with app.database.read() as reader:
                lost = losses(reader, scope, one["id"])
            told = f"{lost['only_here']} of {lost['activities']} activities came by it alone, and {lost['days']} days."
            kept = "All that is taken away." if purge else "All that stays; only the sign-in is forgotten."
            print(f"{one['name']} ({one['label']}): {told} {kept}")
            if yes or typer.confirm("Go on?"):
                flow.disconnect(app.context, scope, one["id"], purge=purge)
                print("Disconnected.")


@COMMAND.command("listen")
def listen(name: Name, athlete: AthleteOption = None) -> None:
    """Ask a provider to tell this server at once of what is new there; a running server does it within seconds."""
    from homestretch.cli._runtime.connected import chosen
    from homestretch.flow.writeback.proposals import ask_for_messages

    with opened(athlete) as (app, scope, _):
        for one in chosen(app, scope, name):
            number = ask_for_messages(app.context, scope, one["id"])
            print(f"{one['name']} will be asked. What becomes of it: homestretch changes list (number {number}).")


@COMMAND.command("priority")
def priority(
    order: Annotated[list[str] | None, typer.Argument(help="Sources, the most trusted first; none: show them.")] = None,
    by_evidence: Annotated[bool, typer.Option("--by-evidence", help="Let the evidence alone decide again.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what that would change.")] = False,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Show or say which sources are believed first where several tell of one workout."""
    from homestretch.flow.writeback.source_priority import order_preview, order_sources
    from homestretch.views.activities.matches import order_of

    with opened(athlete) as (app, scope, _):
        if dry_run:
            would = order_preview(app.context, scope, order or [])
            if json:
                say_json(would)
            else:
                print(f"It would change {would['activities']} activities, the names of {would['names']} among them.")
            return
        if order or by_evidence:
            order_sources(app.context, scope, order or [])
        with app.database.read() as reader:
            found = order_of(reader, scope)
    if json:
        say_json({"order": found})
    else:
        print(", ".join(found) or "By evidence: whoever measured a field or channel best.")
