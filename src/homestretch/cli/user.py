"""`homestretch user`: accounts."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import whole
from homestretch.cli._runtime.say import say_table

COMMAND = typer.Typer(help="List and add accounts, and set passwords.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="User name.")]
Password = Annotated[str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True)]
KeepTokens = Annotated[bool, typer.Option(help="Keep the account's access tokens.")]


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
    """Add an account with its own athlete."""
    from homestretch.flow.accounts.accounts import create_account

    with whole() as (app, _):
        create_account(app.context, name, password, is_admin=admin)


@COMMAND.command("passwd")
def set_password(name: Name, password: Password, keep_tokens: KeepTokens = False) -> None:
    """Set a password. Signs the account out everywhere and revokes its tokens."""
    from homestretch.errors import NotFound
    from homestretch.flow.accounts import accounts
    from homestretch.views.people.people import all_accounts

    with whole() as (app, _):
        with app.database.read() as reader:
            found = next((a for a in all_accounts(reader) if a["username"].lower() == name.lower()), None)
        if found is None:
            raise NotFound(what="user", id=name)
        accounts.set_password(app.context, int(found["id"]), password, keep_tokens=keep_tokens)
