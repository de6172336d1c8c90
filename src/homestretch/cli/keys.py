"""`homestretch keys`: the keys that stored sign-ins are sealed with."""

import typer

from homestretch.cli._runtime.opened import whole

COMMAND = typer.Typer(help="The keys that stored sign-ins are sealed with.", no_args_is_help=True)


@COMMAND.callback()
def keys() -> None:
    """Keep the keys apart from the backups: without them a backup tells nobody how to sign in."""


@COMMAND.command("rotate")
def rotate_keys() -> None:
    """Seal every stored sign-in with a new key and forget the old one."""
    from homestretch.flow.runtime.secret_store import rotate

    with whole() as (app, _):
        print(f"{rotate(app.context)} sign-ins are sealed with a new key.")
