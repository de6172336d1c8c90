"""`homestretch mcp`: the MCP server over standard input and output."""

from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption


def COMMAND(
    athlete: AthleteOption = None,
    token: Annotated[
        str | None,
        typer.Option(help="Token of an account: its athletes and rights hold.", envvar="HOMESTRETCH_MCP_TOKEN"),
    ] = None,
) -> None:
    """Serve a language model's client (MCP) over standard input and output.

    It reads training and health data and changes nothing. It ends when standard input closes.
    """
    from homestretch.cli._runtime.opened import shared
    from homestretch.mcp._runtime.stdio import run_stdio

    with shared() as app:
        run_stdio(app, athlete, token)
