"""`homestretch worker`: background work alone, for a club's PostgreSQL."""

import socket
from typing import Annotated

import typer

Name = Annotated[
    str, typer.Option(help="This worker's name (the host name unless given); each needs its own and keeps it.")
]


def COMMAND(name: Name = "") -> None:
    """Do background work beside a server on the same PostgreSQL, until stopped."""
    from homestretch.errors import BadRequest
    from homestretch.settings import Settings
    from homestretch.worker import run_worker

    settings = Settings()
    if settings.sqlite:
        raise BadRequest(reason="On SQLite a server has a worker of its own; others need HOMESTRETCH_DATABASE_URL.")
    run_worker(settings.model_copy(update={"executor": f"worker-{name or socket.gethostname()}"}))
