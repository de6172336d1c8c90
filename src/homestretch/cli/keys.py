"""`homestretch keys`: the encryption keys for stored credentials, and the one for backups."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import whole

COMMAND = typer.Typer(help="Manage the keys of stored credentials and of backups.", no_args_is_help=True)
Off = Annotated[bool, typer.Option("--off", help="Stop encrypting backups. Older ones still open.")]


@COMMAND.callback()
def keys() -> None:
    """Manage the keys of stored credentials and of backups. Keep the keys apart from your backups."""


@COMMAND.command("rotate")
def rotate_keys() -> None:
    """Encrypt all stored credentials with a new key and delete the old one."""
    from homestretch.flow.runtime.secret_store import rotate

    with whole() as (app, _):
        print(f"{rotate(app.context)} sign-ins encrypted with a new key.")


@COMMAND.command("backup")
def backup_key(off: Off = False) -> None:
    """Make a key, print it, and encrypt all backups with it from now on.

    Older backups still open with the keys that made them. `age` opens them too, without Homestretch.
    """
    from homestretch.flow.backups.encrypting import encrypt_backups, stop_encrypting_backups
    from homestretch.flow.maintenance.encryption import backup_keys

    with whole() as (app, _):
        if off:
            stop_encrypting_backups(app.context)
            print("Backups are not encrypted from now on.")
            return
        print(encrypt_backups(app.context))
        where = backup_keys(app.settings).file
    typer.echo(
        f"homestretch: backups are encrypted from now on. The key is in {where}, and in no backup. Keep a copy "
        "elsewhere: without it, these backups can't be read.",
        err=True,
    )
