"""Builds the command line: every file of this package is a command. Errors become one line and an exit code."""

import sys
from typing import Any

import typer

from homestretch import registry
from homestretch.errors import HomestretchError

HELP = "Homestretch: the self-hosted home of an athlete's training and health data."


def command_line() -> typer.Typer:
    """Return the command line; commands of files with `HIDDEN` work but are not in the help."""
    cli = typer.Typer(
        help=HELP, no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
    )
    for name in registry.leaf_names("homestretch.cli"):
        module: Any = registry.load("homestretch.cli", name)
        command, hidden = module.COMMAND, getattr(module, "HIDDEN", False)
        shown = name.rstrip("_").replace("_", "-")
        if isinstance(command, typer.Typer):
            cli.add_typer(command, name=shown, hidden=hidden)
        else:
            cli.command(shown, hidden=hidden)(command)
    return cli


def main() -> None:
    """Run the command asked for; exits 0 done, 1 some failed, 2 usage, 3 sign-in, 4 rate limit, 5 unreachable."""
    try:
        command_line()()
    except HomestretchError as error:
        print(f"homestretch: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("homestretch: stopped. Finished work is saved; run the command again to continue.", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
