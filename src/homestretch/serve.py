"""The server: web, scheduler and worker in one process; the only file that opens a door by itself."""

import contextlib
import logging
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Iterator

import uvicorn
from fastapi import FastAPI

from homestretch.api._server import create_api
from homestretch.app import App, open_app
from homestretch.errors import HomestretchError
from homestretch.flow.accounts import set_up, set_up_done
from homestretch.flow.heartbeat import beat
from homestretch.flow.owner import OwnerLock
from homestretch.logs import set_up_logs
from homestretch.settings import Settings

TICK_S = 1.0
#: A command that has the folder for a moment should not keep the server from starting.
COMMAND_S = 5.0
log = logging.getLogger("homestretch.serve")


class CannotListen(HomestretchError):
    """Can't listen on {host}, port {port} ({reason}); stop what does, or set another HOMESTRETCH_PORT."""


def serve(settings: Settings) -> None:
    """Serve until told to stop. Raises FolderInUse when another process has the data folder, CannotListen."""
    set_up_logs(settings.log_level)
    url = settings.public_url or f"http://{settings.host}:{settings.port}"
    lock = OwnerLock(settings.data_dir, "server", url, wait_s=COMMAND_S) if settings.sqlite else None
    with lock or contextlib.nullcontext(), _listening(settings) as listener:
        app = open_app(settings, owner=lock)
        _first_account(app)
        print(f"Homestretch is at {url} (data in {settings.data_dir.absolute()})", file=sys.stderr)  # noqa: T201
        config = uvicorn.Config(
            create_api(app),
            log_config=None,
            access_log=False,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=list(settings.trusted_proxies),
            timeout_graceful_shutdown=3,
            server_header=False,
        )
        try:
            with _working(app):
                _Server(config, app).run(sockets=[listener])
        finally:
            app.close()


@contextlib.contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """Take the port before anything else is begun. Raises CannotListen."""
    try:
        where = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        made = socket.create_server(where[4][:2], family=where[0], backlog=2048)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CannotListen(host=settings.host, port=settings.port, reason=reason) from error
    # asyncio sends at once (TCP_NODELAY) on what it accepts from a socket that says it is TCP; this one does not yet,
    # and the end of an answer would wait 40 ms for the other side to acknowledge its begin.
    with socket.socket(made.family, made.type, socket.IPPROTO_TCP, fileno=made.detach()) as listener:
        yield listener


def work(settings: Settings) -> None:
    """Do background work without serving, beside a server on the same PostgreSQL, until told to stop."""
    set_up_logs(settings.log_level)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    app = open_app(settings)
    try:
        with _working(app):
            stop.wait()
    finally:
        app.close()


class _Server(uvicorn.Server):
    """Tells the event streams to end when the server is told to, so that it need not wait for them."""

    def __init__(self, config: uvicorn.Config, app: App) -> None:
        super().__init__(config)
        self.app = app

    def handle_exit(self, sig: int, frame: object) -> None:
        self.app.closing = True
        super().handle_exit(sig, frame)  # type: ignore[arg-type]


@contextlib.contextmanager
def _working(app: App) -> Iterator[None]:
    """Run the jobs and the tick during the block."""
    app.start_jobs()
    stop = threading.Event()
    ticker = threading.Thread(target=tick_until, args=(app, stop), name="tick", daemon=True)
    ticker.start()
    try:
        yield
    finally:
        stop.set()
        ticker.join(timeout=5)


def tick_until(app: App, stop: threading.Event) -> None:
    """Ask every second what is due, until told to stop."""
    while not stop.wait(TICK_S):
        try:
            if app.engine is not None:
                beat(app.world, app.engine)
                app.engine.tick()
        except Exception:
            log.exception("tick failed")


def _first_account(app: App) -> None:
    """Create the administrator that the environment names; off this machine a set-up needs a one-time code."""
    settings = app.settings
    with app.database.read() as reader:
        if set_up_done(reader):
            return
    if settings.admin_username and settings.admin_password:
        set_up(app.world, settings.admin_username, settings.admin_password.get_secret_value())
    elif not settings.loopback:
        app.setup_code = secrets.token_hex(4)
        print(f"The first visit asks for this one-time code: {app.setup_code}", file=sys.stderr)  # noqa: T201


def api_for_schema() -> FastAPI:
    """Return the API without a server around it, to describe it."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        app = open_app(Settings(data_dir=Path(folder), database_url=None))
        api = create_api(app)
        api.openapi()
        app.close()
        return api
