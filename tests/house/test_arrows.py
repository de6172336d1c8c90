"""Who may import whom: the arrows between the rooms only go down."""

from functools import cache

from tests.house.source import imports, modules, room

GROUND = {"errors", "registry", "settings", "logs", "files", "zips", "maps", "map_files", "__init__"}
MAY = {
    "model": set(),
    "archive": set(),
    "vendors": {"model"},
    "formats": {"model", "vendors"},
    "analysis": {"model"},
    "merge": {"model", "analysis"},
    "coach": {"model", "analysis"},
    "store": {"model"},
    "net": {"model"},
    "llm": {"model", "net"},
    "sources": {"model", "vendors", "net"},
    "sinks": {"model", "vendors", "net"},
    "jobs": set(),
    "flow": {
        "model",
        "vendors",
        "formats",
        "analysis",
        "merge",
        "coach",
        "archive",
        "store",
        "net",
        "sources",
        "sinks",
        "llm",
        "jobs",
    },
    "demo": {"model", "formats", "analysis", "merge", "archive", "store", "jobs", "flow"},
    "views": {
        "model",
        "vendors",
        "formats",
        "analysis",
        "merge",
        "coach",
        "store",
        "archive",
        "net",
        "sources",
        "sinks",
    },
    "app": {"model", "formats", "analysis", "merge", "archive", "store", "jobs", "flow", "views", "demo"},
    "api": {"app", "flow", "views", "model", "demo"},
    "cli": {"app", "flow", "views", "model", "demo"},
    "mcp": {"app", "flow", "views", "model"},
    "serve": {"app", "flow", "views", "model", "api", "mcp"},
    "worker": {"app", "flow", "jobs"},
    "daemon": {"flow"},
    "__main__": {"cli"},
}
#: The sub-rooms of a room, each of which may import those before it; those in one tuple do not know each other.
INSIDE = {
    "flow": (("runtime",), ("security",), ("derive",), ("photos",), ("edit",), ("imports",), ("sync",), ("writeback",),
             ("sinks",), ("weather",), ("notices",), ("coach",), ("accounts",), ("people",), ("takeover",),
             ("maintenance",), ("backups",), ("jobs",)),
    "flow/accounts": (("",), ("credentials",)),
    "flow/takeover": (("reading",), ("kinds",), ("",)),
    "flow/derive": (("compute", "days"), ("decode", "places"), ("measure",), ("",)),
    "views": (("kit",), ("lists",), ("activities",), ("exports",),
              ("training", "places", "gear", "sources", "system", "people"), ("health",), ("sinks", "coach"),
              ("page", "charts"), ("tools", "today", "sharing"), ("contexts",)),
    "analysis": (("geometry",), ("samples",), ("geo", "athlete", "health", "milestones", "corrections"),
                 ("activity",),
                 ("curves",), ("measure",), ("derived_channels", "metrics")),
    "store": (("tables",), ("codecs",), ("",), ("queries", "migrations")),
    "api": (("shapes",), ("",), ("routers",)),
    "cli": (("_runtime",), ("coach",), ("",)),
    "mcp": (("_runtime",), ("",)),
    "coach": (("writing", "routes"), ("workouts",), ("checking",), ("rules",), ("parsing", "planner"), ("",)),
}  # fmt: skip
#: A door may name the types of what it hands on, and the command `serve` opens the server. What is sent to sinks is
#: what pages show, so both ask the same view (decision 27).
ALSO = {
    "api": {"store.scope", "store.database"},
    "cli": {"store.scope", "serve", "worker", "daemon"},
    "cli/_runtime/opened.py": {"store.tables"},
    "cli/mcp.py": {"mcp"},
    "mcp": {"store.scope", "store.database"},
    "cli/catalog.py": {"formats", "jobs", "analysis", "sources", "sinks"},
    "cli/decode.py": {"formats", "archive"},
    "flow/sinks/holdings.py": {"views.sinks"},
    "flow/coach/athlete_state.py": {"views.coach", "views.kit"},
    "flow/coach/texts/reading.py": {"views.contexts", "views.coach", "views.kit", "views.people"},
    "flow/coach/chat/reading.py": {"views.tools", "views.activities", "views.lists", "views.health"},
}
#: Outside libraries that belong to one room.
OWNED = {
    "dbos": {"jobs"},
    "dotenv": {"cli"},
    "sqlalchemy": {"store", "flow", "views", "jobs", "api", "cli"},
    "alembic": {"store"},
    "fastapi": {"api", "serve"},
    "starlette": {"api", "mcp"},
    "mcp": {"mcp"},
    "mcp_types": {"mcp"},
    "uvicorn": {"serve", "api"},
    "typer": {"cli"},
    "rich": {"cli"},
    "pebble": {"flow"},
    "PIL": {"flow", "views"},
    "tzfpy": {"analysis"},
    "lxml": {"formats"},
    "zstandard": {"archive", "store"},
    "obstore": {"archive"},
    "garminconnect": {"sources"},
    "httpx": {"net", "sources"},
    "joserfc": {"net"},
    "curl_cffi": {"sources"},
    "openpyxl": {"sources"},
    "croniter": {"flow"},
    "cryptography": {"flow", "net"},
    "webauthn": {"flow"},
    "paho": {"net"},
    "pydantic_ai": {"llm"},
    "openai": {"llm"},
    "httpx2": {"llm"},
}
PURE = {"model", "vendors", "formats", "analysis", "merge", "coach"}
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


@cache
def arrows() -> list[tuple[str, str]]:
    """Return every module with each module or name that it imports."""
    return [(name, imported) for name, tree in modules().items() for imported in imports(tree)]


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


def _place(module: str, base: str) -> str | None:
    """Return the sub-room of `base` that a module (with slashes) is in, "" for `base` itself, None for neither."""
    if not module.startswith(f"{base}/"):
        return None
    head, slash, _ = module.removeprefix(f"{base}/").partition("/")
    return head if slash else ""


def test_arrows_within_rooms_only_go_down() -> None:
    files = set(modules())
    against = []
    for base, order in INSIDE.items():
        level = {name: number for number, names in enumerate(order) for name in names}
        for name, imported in arrows():
            here = _place(name, base)
            if here is None or name.endswith("__init__.py"):
                continue
            there = _place(_file(imported, files), base)
            if there is None or there == here or (there not in level and there != ""):
                continue
            if here not in level or level[here] < level.get(there, 0) or (level[here] == level.get(there, -1)):
                against.append(f"{name} imports {imported}")
    assert sorted(against) == []


def _file(imported: str, files: set[str]) -> str:
    """Return the file that an import of a module, or of a name in one, is of."""
    path = imported.removeprefix("homestretch.").replace(".", "/")
    for known in (path, path.rpartition("/")[0]):
        if f"{known}.py" in files:
            return f"{known}.py"
        if f"{known}/__init__.py" in files:
            return f"{known}/__init__.py"
    return path


def test_every_folder_has_a_place() -> None:
    """A new sub-room is put in order here."""
    unknown = []
    for base, order in INSIDE.items():
        known = {name for names in order for name in names}
        places = {_place(name, base) for name in modules() if not name.endswith("__init__.py")}
        unknown += [f"{base}/{name}" for name in places - known - {None, ""}]
    assert sorted(unknown) == []


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
        data = name.startswith("formats/fit/wire/profile")  # a table that lies beside its code
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
