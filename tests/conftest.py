"""What tests stand on: a context on SQLite and PostgreSQL, small files of our own, real files where they are."""

import os
import socket
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from homestretch.archive.archive import Archive
from homestretch.flow.accounts.accounts import athlete_named
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.settings import Settings
from homestretch.sources.registry import sources
from homestretch.store.database import Database, sqlite_url
from homestretch.store.schema import migrate
from homestretch.store.scope import Scope
from tests.stores import PostgresStores, fill_sqlite, postgres_server

pytest_plugins = ("tests.run",)

ROOT = Path(__file__).resolve().parents[1]


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
    with nullcontext(given) if given else postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def _postgres_stores(postgres: str) -> Iterator[PostgresStores]:
    stores = PostgresStores(postgres)
    yield stores
    stores.close()


@pytest.fixture
def postgres_url(_postgres_stores: PostgresStores) -> Iterator[str]:
    """The URL of an empty, migrated database."""
    with _postgres_stores.store() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty store, on each of the two databases."""
    if request.param == "sqlite":
        (tmp_path / "data").mkdir()
        return sqlite_url(tmp_path / "data")
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def context(database_url: str, tmp_path: Path) -> Iterator[Context]:
    """A context of its own, migrated and empty, on each of the two databases."""
    made = make_context(tmp_path / "data", database_url)
    yield made
    made.database.close()


@pytest.fixture
def sqlite_context(tmp_path: Path) -> Iterator[Context]:
    """A context of its own on SQLite, where the database makes no difference."""
    (tmp_path / "data").mkdir()
    made = make_context(tmp_path / "data", sqlite_url(tmp_path / "data"))
    yield made
    made.database.close()


def make_context(folder: Path, url: str) -> Context:
    """Return a context with its data in a folder and its store at a URL."""
    folder.mkdir(exist_ok=True)
    folder.chmod(0o700)
    if url == sqlite_url(folder):
        fill_sqlite(folder)
    # Where nobody listens: no test asks a real provider.
    nowhere = dict.fromkeys((*sources(), "open_meteo"), "http://127.0.0.1:9")
    settings = Settings(data_dir=folder, database_url=url, min_free_mb=0, decoders=1, provider_urls=nowhere)
    database = Database(url)
    migrate(database)
    archive = Archive(folder / "archive")
    archive.prepare()
    return Context(settings, database, archive)


@pytest.fixture
def scope(request: pytest.FixtureRequest) -> Scope:
    """The first athlete of whichever world the test has."""
    name = "sqlite_context" if "sqlite_context" in request.fixturenames else "context"
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
