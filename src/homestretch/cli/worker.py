"""`homestretch worker`: more background workers on PostgreSQL."""

import socket
from typing import Annotated

import typer

Name = Annotated[str, typer.Option(help="Name of this worker, different for each. By default the host name.")]


def COMMAND(name: Name = "") -> None:
    """Run another worker (PostgreSQL only)."""
    from homestretch.errors import BadRequest
    from homestretch.settings import Settings
    from homestretch.worker import run_worker

    settings = Settings()
    if settings.sqlite:
        raise BadRequest(reason="More workers need PostgreSQL. Set HOMESTRETCH_DATABASE_URL.")
    run_worker(settings.model_copy(update={"executor": f"worker-{name or socket.gethostname()}"}))
