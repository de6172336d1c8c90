"""`homestretch user`: accounts."""

from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.opened import JsonOption, whole
from homestretch.cli._runtime.say import say_json, say_table

if TYPE_CHECKING:
    from homestretch.app import App
    from homestretch.model.documents.security import EventSubject

COMMAND = typer.Typer(help="Accounts: add, passwords, administrators, sign-in, security log.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="User name.")]
Password = Annotated[str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True)]
RemoveOption = Annotated[bool, typer.Option("--remove", help="Make it an ordinary account.")]
RemoveFactor = Annotated[bool, typer.Option("--remove", help="Remove it, and sign the account out everywhere.")]
RemovePasskeys = Annotated[bool, typer.Option("--remove", help="Remove all of them.")]
Provider = Annotated[str, typer.Argument(help="Key of the provider; env for that of the environment.")]
Subject = Annotated[str, typer.Argument(help="The account's sub at the provider.")]
KeepTokens = Annotated[bool, typer.Option(help="Keep the account's access tokens.")]


@COMMAND.command("list")
def list_users() -> None:
    """List accounts."""
    from homestretch.views.people.people import all_accounts

    with whole() as (app, _), app.database.read() as reader:
        found = all_accounts(reader)
    say_table(
        ("id", "name", "administrator", "second factor"),
        [(a["id"], a["username"], *("yes" if a[key] else "" for key in ("is_admin", "second_factor"))) for a in found],
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
    from homestretch.flow.accounts import accounts

    with whole() as (app, _):
        accounts.set_password(app.context, _id_of(app, name), password, keep_tokens=keep_tokens)


@COMMAND.command("admin")
def set_admin(name: Name, remove: RemoveOption = False) -> None:
    """Make an account an administrator's. The last administrator stays one."""
    from homestretch.flow.accounts import accounts

    with whole() as (app, _):
        accounts.make_admin(app.context, _id_of(app, name), not remove)


@COMMAND.command("second-factor")
def second_factor(name: Name, remove: RemoveFactor = False) -> None:
    """Say whether an account has a second factor, or remove it for somebody who has lost the phone."""
    from homestretch.flow.accounts.second_factors import remove_by_hand
    from homestretch.views.people.sign_in import second_factor as state_of

    with whole() as (app, _):
        account_id = _id_of(app, name)
        if remove:
            print("Removed." if remove_by_hand(app.context, account_id) else "There was none.")
            return
        with app.database.read() as reader:
            found = state_of(reader, app.settings, account_id)
        print(f"On, with {found['codes_left']} recovery codes left." if found["on"] else "Off.")


@COMMAND.command("passkeys")
def passkeys(name: Name, remove: RemovePasskeys = False) -> None:
    """List the passkeys of an account, or remove all of them."""
    from homestretch.flow.accounts.credentials.passkeys import remove_by_hand
    from homestretch.views.people.sign_in import passkeys as passkeys_of

    with whole() as (app, _):
        account_id = _id_of(app, name)
        if remove:
            print(f"Removed: {remove_by_hand(app.context, account_id)}.")
            return
        with app.database.read() as reader:
            found = passkeys_of(reader, app.settings, account_id, app.settings.address)["items"]
    say_table(("name", "added", "last used"), [(one["name"], one["created_at"], one["used_at"] or "") for one in found])


@COMMAND.command("reset-link")
def reset_link(name: Name) -> None:
    """Make a link that sets a new password, good for once within 24 hours."""
    from homestretch.flow.accounts.credentials.resets import make

    with whole() as (app, _):
        print(f"{app.settings.address}{make(app.context, _id_of(app, name), None).path}")


@COMMAND.command("link")
def link(name: Name, provider: Provider, subject: Subject) -> None:
    """Link an account to a subject of a sign-in provider."""
    from homestretch.flow.accounts.oidc import link_by_hand

    with whole() as (app, _):
        link_by_hand(app.context, _id_of(app, name), provider, subject)


@COMMAND.command("events")
def list_events(
    account: Annotated[str | None, typer.Option(help="Only those by or about this account.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, help="How many at most.")] = 50,
    json: JsonOption = False,
) -> None:
    """List who signed in and who changed who may do what, the newest first."""
    from homestretch.views.people.security_events import all_events

    with whole() as (app, _):
        account_id = None if account is None else _id_of(app, account)
        with app.database.read() as reader:
            found = all_events(reader, (), account_id, limit, None)
    if json:
        say_json(found)
        return
    rows = [
        (e["at"], e["kind"], e["count"], _name(e["by"]), e["method"], e["address"], _name(e["account"]),
         _name(e["athlete"]))
        for e in found["items"]
    ]  # fmt: skip
    say_table(("at", "what", "times", "by", "how", "network", "account", "athlete"), rows)


def _name(subject: "EventSubject | None") -> str:
    return "" if subject is None else subject["name"] or "(deleted)"


@COMMAND.command("sign-out")
def sign_out(name: Name) -> None:
    """Sign an account out everywhere."""
    from homestretch.flow.accounts.sessions import end_all

    with whole() as (app, _):
        end_all(app.context, _id_of(app, name))


def _id_of(app: "App", name: str) -> int:
    from homestretch.errors import NotFound
    from homestretch.flow.accounts.accounts import known_by_name

    with app.database.read() as reader:
        found = known_by_name(reader, name)
    if found is None:
        raise NotFound(what="user", id=name)
    return int(found.id)
