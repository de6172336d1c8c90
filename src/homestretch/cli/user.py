"""`homestretch user`: accounts, for whoever has the data folder."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import whole
from homestretch.cli._runtime.say import say_table

COMMAND = typer.Typer(help="List, add and remove accounts, and set passwords.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The user name.")]
Password = Annotated[str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True)]
KeepTokens = Annotated[bool, typer.Option(help="Let the account's access tokens live on.")]


@COMMAND.command("list")
def list_users() -> None:
    """List accounts."""
    from homestretch.views.people.people import all_accounts

    with whole() as (app, _), app.database.read() as reader:
        found = all_accounts(reader)
    say_table(
        ("id", "name", "administrator"), [(a["id"], a["username"], "yes" if a["is_admin"] else "") for a in found]
    )


@COMMAND.command("add")
def add_user(name: Name, password: Password, admin: bool = False) -> None:
    """Add an account with an athlete of its own."""
    from homestretch.flow.accounts.accounts import create_account

    with whole() as (app, _):
        create_account(app.context, name, password, is_admin=admin)


@COMMAND.command("passwd")
def set_password(name: Name, password: Password, keep_tokens: KeepTokens = False) -> None:
    """Set a password; every session of the account ends, and its tokens unless they are kept."""
    from homestretch.errors import NotFound
    from homestretch.flow.accounts import accounts
    from homestretch.views.people.people import all_accounts

    with whole() as (app, _):
        with app.database.read() as reader:
            found = next((a for a in all_accounts(reader) if a["username"].lower() == name.lower()), None)
        if found is None:
            raise NotFound(what="user", id=name)
        accounts.set_password(app.context, int(found["id"]), password, keep_tokens=keep_tokens)
