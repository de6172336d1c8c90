"""`homestretch serve`: the server."""

from typing import Annotated

import typer

Host = Annotated[str | None, typer.Option(help="Address to listen on (HOMESTRETCH_HOST).")]
Port = Annotated[int | None, typer.Option(help="Port to listen on (HOMESTRETCH_PORT).")]
LogLevel = Annotated[str | None, typer.Option("--log-level", help="debug, info, warning or error.")]


def COMMAND(host: Host = None, port: Port = None, log_level: LogLevel = None) -> None:
    """Run the server: the web app and background work."""
    from homestretch.serve import serve
    from homestretch.settings import Settings

    given = {"host": host, "port": port, "log_level": log_level}
    serve(Settings.model_validate({**Settings().model_dump(), **{k: v for k, v in given.items() if v is not None}}))
