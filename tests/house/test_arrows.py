"""Who may import whom: the arrows between the rooms only go down."""

from collections.abc import Iterator

from tests.house.source import imports, modules, room

GROUND = {"errors", "registry", "settings", "logs", "files", "zips", "maps", "map_files", "__init__"}
MAY = {
    "model": set(),
    "archive": set(),
    "formats": {"model"},
    "analysis": {"model"},
    "merge": {"model", "analysis"},
    "store": {"model"},
    "sources": {"model"},
    "jobs": set(),
    "flow": {"model", "formats", "analysis", "merge", "archive", "store", "sources", "jobs"},
    "demo": {"model", "formats", "analysis", "merge", "archive", "store", "jobs", "flow"},
    "views": {"model", "formats", "analysis", "merge", "store", "archive", "sources"},
    "app": {"model", "formats", "analysis", "merge", "archive", "store", "jobs", "flow", "views", "demo"},
    "api": {"app", "flow", "views", "model", "demo"},
    "cli": {"app", "flow", "views", "model", "demo"},
    "serve": {"app", "flow", "views", "model", "api"},
    "worker": {"app", "flow", "jobs"},
    "daemon": {"flow"},
    "__main__": {"cli"},
}
#: A door may name the types of what it hands on, and the command `serve` opens the server.
ALSO = {
    "api": {"store.scope", "store.database"},
    "cli": {"store.scope", "serve", "worker", "daemon"},
    "cli/_opened.py": {"store.tables"},
    "cli/catalog.py": {"formats", "jobs", "analysis", "sources"},
    "cli/decode.py": {"formats", "archive"},
}
#: Outside libraries that belong to one room.
OWNED = {
    "dbos": {"jobs"},
    "dotenv": {"cli"},
    "sqlalchemy": {"store", "flow", "views", "jobs", "api", "cli"},
    "alembic": {"store"},
    "fastapi": {"api", "serve"},
    "starlette": {"api"},
    "uvicorn": {"serve", "api"},
    "typer": {"cli"},
    "rich": {"cli"},
    "pebble": {"flow"},
    "tzfpy": {"analysis"},
    "lxml": {"formats"},
    "zstandard": {"archive", "store"},
    "garminconnect": {"sources"},
    "httpx": {"sources"},
    "curl_cffi": {"sources"},
    "openpyxl": {"sources"},
    "croniter": {"flow"},
    "cryptography": {"flow"},
}
PURE = {"model", "formats", "analysis", "merge"}
WORLDLY = {
    "pathlib",
    "os",
    "time",
    "sqlite3",
    "socket",
    "http",
    "urllib",
    "subprocess",
    "threading",
    "shutil",
    "tempfile",
}


def arrows() -> Iterator[tuple[str, str]]:
    """Yield every module with each module or name that it imports."""
    for name, tree in modules().items():
        yield from ((name, imported) for imported in imports(tree))


def test_arrows_only_go_down() -> None:
    against = []
    for name, imported in arrows():
        here, parts = room(name), imported.split(".")
        if parts[0] != "homestretch" or len(parts) < 2:
            continue
        there = parts[1]
        also = ALSO.get(here, set()) | ALSO.get(name, set())
        allowed = there in GROUND | {here} | MAY.get(here, set()) or there.startswith("__")
        if not allowed and not any(".".join(parts[1:]).startswith(one) for one in also):
            against.append(f"{name} imports {imported}")
    assert against == []


def test_libraries_stay_in_their_rooms() -> None:
    against = []
    for name, imported in arrows():
        top = imported.split(".")[0]
        if room(name) not in OWNED.get(top, {room(name)}):
            against.append(f"{name} imports {top}, which belongs in {sorted(OWNED[top])}")
    assert against == []


def _pure(name: str) -> bool:
    of_provider = name.startswith("sources/") and name.count("/") == 2 and not name.endswith("/client.py")
    return room(name) in PURE or of_provider


def test_pure_rooms_know_no_world() -> None:
    against = []
    for name, imported in arrows():
        data = name.startswith("formats/fit/profile")  # a table that lies beside its code
        if _pure(name) and not data and imported.split(".")[0] in WORLDLY:
            against.append(f"{name} imports {imported}")
    assert against == []


def test_formats_do_not_know_each_other() -> None:
    for name, tree in modules().items():
        if not name.startswith("formats/") or name.startswith("formats/_") or name == "formats/__init__.py":
            continue
        own = name.split("/")[1].removesuffix(".py")
        for imported in imports(tree):
            parts = imported.split(".")
            if parts[:2] == ["homestretch", "formats"] and len(parts) > 2:
                other = parts[2]
                assert other == own or other.startswith("_") or other[0].isupper(), f"{name} imports {imported}"
