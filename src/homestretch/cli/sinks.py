"""`homestretch sinks`: where an athlete's days are sent."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import amount, say_json, say_table

COMMAND = typer.Typer(
    help="Send days to VictoriaMetrics, InfluxDB, MQTT; or let Prometheus fetch them.", no_args_is_help=True
)
Id = Annotated[str, typer.Argument(help="Id of the sink.")]
AnyId = Annotated[str | None, typer.Argument(help="Id of the sink. By default all.")]
Kinds = Annotated[
    str | None,
    typer.Option(help="Measures such as steps,weight_kg. By default, and with `all`, those that are not private."),
]
PasswordFile = Annotated[Path | None, typer.Option("--password-file", help="File with the password or token.")]
Settings = Annotated[list[str] | None, typer.Option("--set", help="Another setting, as KEY=VALUE; see `sinks kinds`.")]
#: A password is no longer than this, in bytes.
LONGEST = 10_000


@COMMAND.command("kinds")
def list_kinds(json: JsonOption = False) -> None:
    """List where days can be sent, with the settings of each."""
    from homestretch.views.sinks.sinks import sink_kinds

    kinds = sink_kinds()
    if json:
        say_json(kinds)
        return
    rows = [
        (
            sink["key"],
            field["key"],
            field["title"],
            field["default"],
            ", ".join(choice["value"] for choice in field["choices"]) or field["help"],
        )
        for sink in kinds["items"]
        for field in sink["fields"]
    ]
    say_table(("sink", "setting", "", "default", ""), rows)


@COMMAND.command("add")
def add_sink(
    sink: Annotated[str, typer.Argument(help="victoriametrics, influx, mqtt or prometheus.")],
    url: Annotated[str | None, typer.Option(help="Address, such as http://metrics:8428.")] = None,
    kinds: Kinds = None,
    names: Annotated[str | None, typer.Option(help="own, or syncbit to continue SyncBit's series.")] = None,
    user: Annotated[str | None, typer.Option(help="User name that the server asks for.")] = None,
    password_file: PasswordFile = None,
    label: Annotated[str | None, typer.Option(help="Label `user` of the data. By default the athlete's name.")] = None,
    setting: Settings = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Add a sink. A server starts to send at once; without one, use `sinks push`."""
    from homestretch.flow.sinks import sinks as flow

    given = {"url": url, "names": names, "username": user, **_settings(setting)}
    settings = {key: value for key, value in given.items() if value is not None}
    new = flow.NewSink(sink, settings, _password(password_file), _kinds(kinds), label)
    with opened(athlete) as (app, scope, _):
        made = flow.add(app.context, scope, new)
    if json:
        say_json(made)
        return
    print(f"Added {made['id']}. Send what there is with `homestretch sinks push`.")
    if made["token"] is not None:
        print(f"Fetch /metrics/health with this bearer token, which is not shown again: {made['token']}")


@COMMAND.command("list")
def list_sinks(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List sinks, and how far each one is."""
    from homestretch.views.sinks import sinks as views

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        listed = views.list_sinks(reader, scope, app.context.clock())
    if json:
        say_json(listed)
        return
    say_table(
        ("id", "sink", "address", "user", "state", "pushed", "days left", "reason"),
        [
            (
                one["id"], one["sink"], one["settings"].get("url"), one["user"], one["state"], one["pushed_at"],
                one["pending_days"], one["reason"],
            )
            for one in listed["items"]
        ],
    )  # fmt: skip


@COMMAND.command("push")
def push_sinks(
    sink: AnyId = None,
    again_from: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Compare again from this day on.")
    ] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Send what changed, and wait until it is there; exits 1 where something failed."""
    from homestretch.flow.sinks.push import push_named

    with opened(athlete) as (app, scope, _):
        pushes = push_named(app.context, scope, sink, None if again_from is None else again_from.date())
    if json:
        say_json({"items": pushes})
    else:
        for one in pushes:
            print(f"{one['sink']} {one['id']}: {one['error'] or amount(one['samples'], 'sample') + ' sent'}")
            for note in one["notes"]:
                print(f"  {note}")
    if any(one["error"] for one in pushes):
        raise typer.Exit(1)


@COMMAND.command("check")
def check_sinks(sink: AnyId = None, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Compare what is there with what we hold; exits 1 where they differ."""
    from homestretch.flow.sinks.push import check_named

    with opened(athlete) as (app, scope, _):
        checks = check_named(app.context, scope, sink)
    if json:
        say_json({"items": checks})
    else:
        for one in checks:
            said = "can't be compared" if one["equal"] is None else "equal" if one["equal"] else "different"
            print(f"{one['sink']} {one['id']}: {said}, {one['ours']} samples here, {one['there']} there")
            rows = [(row["series"], row["ours"], row["there"], row["missing"]) for row in one["differences"]]
            if rows:
                say_table(("series", "here", "there", "missing"), rows)
    if any(one["equal"] is False for one in checks):
        raise typer.Exit(1)


@COMMAND.command("set")
def change_sink(
    sink: Id,
    kinds: Kinds = None,
    password_file: PasswordFile = None,
    setting: Settings = None,
    paused: Annotated[bool | None, typer.Option("--pause/--resume", help="Stop sending, or go on.")] = None,
    athlete: AthleteOption = None,
) -> None:
    """Change a sink."""
    from homestretch.flow.sinks import sinks as flow

    change = flow.SinkChange(
        settings=_settings(setting) if setting else None,
        password=_password(password_file),
        kinds=_kinds(kinds),
        all_kinds=kinds == "all",
        paused=paused,
    )
    with opened(athlete) as (app, scope, _):
        flow.change(app.context, scope, sink, change)
    print("Changed.")


@COMMAND.command("remove")
def remove_sink(sink: Id, athlete: AthleteOption = None) -> None:
    """Remove a sink. What was sent stays where it is."""
    from homestretch.flow.sinks import sinks as flow

    with opened(athlete) as (app, scope, _):
        flow.remove(app.context, scope, sink)
    print("Removed.")


def _kinds(text: str | None) -> list[str] | None:
    return None if text is None or text == "all" else [word.strip() for word in text.split(",") if word.strip()]


def _password(file: Path | None) -> str | None:
    from homestretch.files import read

    return None if file is None else read(file, LONGEST).decode().strip()


def _settings(pairs: list[str] | None) -> dict[str, str]:
    settings: dict[str, str] = {}
    for pair in pairs or ():
        key, equals, value = pair.partition("=")
        if not equals:
            raise typer.BadParameter(f"{pair}: write KEY=VALUE.")
        settings[key.strip()] = value.strip()
    return settings
