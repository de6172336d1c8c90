"""`homestretch daemon`: the server in the background."""

from pathlib import Path
from typing import Annotated

import typer

from homestretch.cli._runtime.say import say_json
from homestretch.errors import BadRequest

COMMAND = typer.Typer(help="Run the server in the background: start, stop, status.", invoke_without_command=True)
Port = Annotated[int | None, typer.Option(help="Port to listen on (HOMESTRETCH_PORT).")]
LogLevel = Annotated[str | None, typer.Option("--log-level", help="debug, info, warning or error. (LOG_LEVEL)")]
LogFile = Annotated[Path | None, typer.Option("--log-file", help="File for the log (by default daemon.log).")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@COMMAND.callback()
def daemon(
    context: typer.Context,
    begin: Annotated[bool, typer.Option("--start", help="Same as `start`.")] = False,
    end: Annotated[bool, typer.Option("--stop", help="Same as `stop`.")] = False,
    state: Annotated[bool, typer.Option("--status", help="Same as `status`.")] = False,
    port: Port = None,
    log_level: LogLevel = None,
    log_file: LogFile = None,
) -> None:
    """Run the server in the background: start, stop, status."""
    if sum((begin, end, state)) + (context.invoked_subcommand is not None) != 1:
        raise BadRequest(reason="Choose one of start, stop and status.")
    for name, value in (("--port", port), ("--log-level", log_level), ("--log-file", log_file)):
        if value is not None and (end or state):
            raise BadRequest(reason=f"{name} goes with --start.")
    if begin:
        start(port, log_level, log_file)
    if end:
        stop()
    if state:
        status()


@COMMAND.command("start")
def start(port: Port = None, log_level: LogLevel = None, log_file: LogFile = None) -> None:
    """Start the server in the background and show its address."""
    from homestretch.cli._runtime.connected import environment
    from homestretch.cli._runtime.syncbit import log_level as level_of
    from homestretch.daemon import start as begin

    found = begin(port, level_of(log_level, environment()), log_file)
    print(f"Homestretch is running at {found.url} (process {found.pid}). Log: {found.log}")


@COMMAND.command("stop")
def stop() -> None:
    """Stop the server. Unfinished work continues at the next start."""
    from homestretch.daemon import stop as end

    print("Homestretch stopped." if end() else "Homestretch was not running.")


@COMMAND.command("status")
def status(json: Json = False) -> None:
    """Show whether the server is running. Exits 1 if not."""
    from homestretch.daemon import running

    found = running()
    if json:
        say_json({"running": found is not None, "pid": found and found.pid, "url": found and found.url})
    else:
        print(
            f"Homestretch is running at {found.url} (process {found.pid})." if found else "Homestretch is not running."
        )
    raise typer.Exit(0 if found else 1)
