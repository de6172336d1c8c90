"""Real servers of others that tests send to: VictoriaMetrics, InfluxDB, mosquitto and PgBouncer, as Debian has them."""

import os
import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest
from sqlalchemy import make_url

from tests.waiting import wait_until


def program(*names: str) -> str:
    """Return the path of a program by any of its names; without it a test is skipped, and in CI fails."""
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))
    found = next(filter(None, (shutil.which(name, path=path) for name in names)), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"CI has no {names[0]}: .ci/run installs it")
        pytest.skip(f"there is no {names[0]} here")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def victoria_metrics(folder: Path, *options: str, port: int = 0, retention: str = "100y") -> Iterator[str]:
    """Run a VictoriaMetrics during the block; yield its address."""
    path = program("victoria-metrics", "victoriametrics")
    at = f"127.0.0.1:{port or free_port()}"
    command = [path, f"-storageDataPath={folder}", f"-httpListenAddr={at}", f"-retentionPeriod={retention}"]
    command += ["-loggerLevel=ERROR", "-memory.allowedBytes=64MB", *options]
    with running(command, lambda: _answers(f"http://{at}/health")):
        yield f"http://{at}"


@contextmanager
def influxdb(folder: Path, *, auth: bool = False) -> Iterator[str]:
    """Run an InfluxDB 1 during the block; yield its address."""
    at, rpc = f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
    settings = folder / "influxdb.conf"
    settings.write_text(
        f"reporting-disabled = true\nbind-address = '{rpc}'\n[meta]\ndir = '{folder}/meta'\n[data]\n"
        f"dir = '{folder}/data'\nwal-dir = '{folder}/wal'\nquery-log-enabled = false\n[monitor]\n"
        f"store-enabled = false\n[http]\nbind-address = '{at}'\nauth-enabled = {str(auth).lower()}\n"
        "log-enabled = false\n"
    )
    with running([program("influxd"), "-config", str(settings)], lambda: _answers(f"http://{at}/ping", 204)):
        yield f"http://{at}"


@contextmanager
def mosquitto(folder: Path, *lines: str) -> Iterator[str]:
    """Run a mosquitto during the block, with more lines of its configuration; yield its address."""
    port = free_port()
    settings = folder / "mosquitto.conf"
    settings.write_text("\n".join((f"listener {port} 127.0.0.1", *(lines or ("allow_anonymous true",)))) + "\n")
    with running([program("mosquitto"), "-c", str(settings)], lambda: _listens(port)):
        yield f"mqtt://127.0.0.1:{port}"


@contextmanager
def pgbouncer(folder: Path, url: str, *, connections: int) -> Iterator[str]:
    """Run a PgBouncer in transaction mode before a database during the block; yield the URL of the database there.

    It has that many connections to the database, and gives each transaction any of them.
    """
    parsed, port = make_url(url), free_port()
    sockets = Path(str(parsed.query["host"]))
    settings = folder / "pgbouncer.ini"
    pool = f"server_round_robin = 1\ndefault_pool_size = {connections}\nmin_pool_size = {connections}\n"
    settings.write_text(
        f"[databases]\n{parsed.database} = host={sockets} user={parsed.username}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n"
        f"pool_mode = transaction\nmax_client_conn = 200\n{pool}"
    )
    folder.chmod(0o755)
    # It refuses to be root, and only whoever runs the database may come to it.
    command = [program("pgbouncer"), *(("-u", sockets.owner()) if os.getuid() == 0 else ()), str(settings)]
    with running(command, lambda: _listens(port)):
        there = parsed.set(host="127.0.0.1", port=port, query={})
        yield there.render_as_string(hide_password=False)


@contextmanager
def running(command: list[str], ready: Callable[[], bool]) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program during the block, from when it is ready."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: process.poll() is not None or ready())
        assert process.poll() is None, f"{command[0]} ended at once"
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _answers(url: str, status: int = 200) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return bool(reply.status == status)
    except (URLError, OSError):
        return False


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
