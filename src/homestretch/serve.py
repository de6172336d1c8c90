"""The server: the web in this process, the worker in one beside it; the only file that opens a door by itself."""

import contextlib
import ctypes
import gc
import logging
import os
import secrets
import signal
import socket
import sys
from collections.abc import Iterator

import uvicorn
from fastapi import FastAPI

from homestretch.api.connection_limits import Connection
from homestretch.api.server import create_api
from homestretch.app import App, open_app
from homestretch.errors import HomestretchError
from homestretch.flow.accounts.accounts import set_up, set_up_done
from homestretch.flow.accounts.credentials.proxy import must_be_whole
from homestretch.flow.accounts.providers import must_let_somebody_in
from homestretch.flow.runtime.folder_lock import OwnerLock
from homestretch.logs import set_up_logs
from homestretch.mcp._runtime.http import routes as mcp_routes
from homestretch.settings import Settings, taken_over

log = logging.getLogger("homestretch")
#: A command that has the folder for a moment, or the worker of a killed server, should not keep this one from starting.
COMMAND_S = 6.0
#: What glibc's mallopt calls the number of heaps that threads share.
_M_ARENA_MAX, HEAPS = -8, 2


class PortTaken(HomestretchError):
    """Can't listen on {host}, port {port} ({reason}). Stop what uses it, or set another HOMESTRETCH_PORT."""


def serve(settings: Settings) -> None:
    """Serve until a signal to stop.

    Raises FolderInUse when another process has the data folder, PortTaken, WrongSettings.
    """
    must_be_whole(settings)
    set_up_logs(settings.log_level, settings.log_file)
    _share_heaps()
    url = settings.address
    lock = OwnerLock(settings.data_dir, "server", url, wait_s=COMMAND_S) if settings.sqlite else None
    with lock or contextlib.nullcontext(), _listening(settings) as listener:
        app = open_app(settings, owner=lock)
        _first_account(app)
        must_let_somebody_in(app.context)
        for name, own in taken_over():
            log.warning("taken for a name of ours", extra={"name_given": name, "ours": own})
        print(f"Homestretch is running at {url} (data in {settings.data_dir.absolute()})", file=sys.stderr)  # noqa: T201
        api = create_api(app)
        api.router.routes[:0] = mcp_routes(app)
        config = uvicorn.Config(
            api,
            http=Connection,
            log_config=None,
            access_log=False,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=list(settings.trusted_proxies),
            timeout_graceful_shutdown=3,
            server_header=False,
        )
        gc.freeze()  # what is loaded stays: no answer waits while the garbage collector looks through it
        try:
            app.start_beside(lock)
            _Server(config, app).run(sockets=[listener])
        finally:
            app.close()


def _share_heaps() -> None:
    """Let all threads share a few heaps: with one each, every thread would keep what its largest answer took."""
    os.environ.setdefault("MALLOC_ARENA_MAX", str(HEAPS))  # for the worker, and for decoders
    with contextlib.suppress(AttributeError, OSError):  # other systems have other ways
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, HEAPS)


@contextlib.contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """Take the port before anything else begins. Raises PortTaken."""
    try:
        where = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        made = socket.create_server(where[4][:2], family=where[0], backlog=2048)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PortTaken(host=settings.host, port=settings.port, reason=reason) from error
    # asyncio sends at once (TCP_NODELAY) on what it accepts from a socket that says it is TCP; this one does not yet,
    # and the end of an answer would wait 40 ms for the other side to acknowledge its begin.
    with socket.socket(made.family, made.type, socket.IPPROTO_TCP, fileno=made.detach()) as listener:
        yield listener


class _Server(uvicorn.Server):
    """A server that ends its event streams on the signal to stop, so that it need not wait for them."""

    def __init__(self, config: uvicorn.Config, app: App) -> None:
        super().__init__(config)
        self.app = app

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handle the signals to end, and do not die as uvicorn would: the worker ends, and the database is closed."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.handle_exit)
        yield

    def handle_exit(self, sig: int, frame: object) -> None:
        self.app.closing = True
        super().handle_exit(sig, frame)  # type: ignore[arg-type]


def _first_account(app: App) -> None:
    """Create the administrator that the environment names; off this machine a set-up needs a one-time code."""
    settings = app.settings
    with app.database.read() as reader:
        if set_up_done(reader):
            return
    if settings.admin_username and settings.admin_password:
        set_up(app.context, settings.admin_username, settings.admin_password.get_secret_value())
    elif not settings.loopback:
        app.setup_code = secrets.token_hex(4)
        print(f"Enter this one-time code on your first visit: {app.setup_code}", file=sys.stderr)  # noqa: T201


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
