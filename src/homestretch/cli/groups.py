"""`homestretch groups`: the groups of this server, and who leads them."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import JsonOption, whole
from homestretch.cli._runtime.say import say_json, say_table

COMMAND = typer.Typer(help="Groups, such as a club, and who leads them.", no_args_is_help=True)


@COMMAND.command("list")
def list_groups(json: JsonOption = False) -> None:
    """List the groups: how many people and athletes each has, and who leads it."""
    from homestretch.views.people.groups import all_groups

    with whole() as (app, _), app.database.read() as reader:
        found = all_groups(reader)
    if json:
        say_json({"items": found})
        return
    say_table(
        ("id", "name", "led by", "people", "athletes"),
        [(one["id"], one["name"], ", ".join(one["led_by"]), one["people"], one["athletes"]) for one in found],
    )


@COMMAND.command("lead")
def lead_group(
    name: Annotated[str, typer.Argument(help="User name.")],
    group: Annotated[str, typer.Argument(help="Id of the group, as `groups list` shows it.")],
) -> None:
    """Let an account lead a group, such as when who led it is gone. A new one joins as a member, and coaches no one."""
    from homestretch.flow.people.groups import let_lead

    with whole() as (app, _):
        let_lead(app.context, group, name)
