"""`homestretch notifications`: what there is to know, and the channels that send it."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table

COMMAND = typer.Typer(help="Show notifications and the channels that send them, and test channels.",
                      no_args_is_help=True)  # fmt: skip


@COMMAND.command("list")
def list_notices(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List an athlete's notifications, the newest first."""
    from homestretch.model.moment import iso
    from homestretch.views.people.notices import notice_list

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = notice_list(reader, scope)
    if json:
        say_json(found)
        return
    rows = [(iso(one["at_ms"]), "" if one["seen"] else "new", one["text"]) for one in found["items"]]
    say_table(("at", "", "notification"), rows)


@COMMAND.command("channels")
def list_channels(json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """List the channels of all accounts, the oldest first."""
    from homestretch.views.people.notices import channel_list

    with opened(athlete) as (app, _, _), app.database.read() as reader:
        found = channel_list(reader)
    if json:
        say_json({"items": found})
        return
    rows = [
        (one["id"], one["name"], one["place"], "paused" if one["paused"] else one["state"], one["reason"] or "")
        for one in found
    ]
    say_table(("id", "way", "to", "state", "reason"), rows)


@COMMAND.command("test")
def test_channel(
    channel: Annotated[str, typer.Argument(help="Id of the channel.")], athlete: AthleteOption = None
) -> None:
    """Send a test to a channel; one that stopped goes on if it arrives."""
    from homestretch.flow.notices.channels import send_test

    with opened(athlete) as (app, _, _):
        send_test(app.context, channel)
    print("Test sent.")
