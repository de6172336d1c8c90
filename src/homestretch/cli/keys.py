"""`homestretch keys`: the encryption keys for stored credentials."""

import typer

from homestretch.cli._runtime.opened import whole

COMMAND = typer.Typer(help="Manage the encryption keys for stored credentials.", no_args_is_help=True)


@COMMAND.callback()
def keys() -> None:
    """Manage the encryption keys for stored credentials. Keep the keys apart from your backups."""


@COMMAND.command("rotate")
def rotate_keys() -> None:
    """Encrypt all stored credentials with a new key and delete the old one."""
    from homestretch.flow.runtime.secret_store import rotate

    with whole() as (app, _):
        print(f"{rotate(app.context)} sign-ins encrypted with a new key.")
