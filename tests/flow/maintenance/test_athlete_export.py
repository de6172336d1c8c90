"""One athlete, taken along: whole in an empty place, and nothing that is anybody else's."""

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import zstandard
from sqlalchemy import insert, select

from homestretch.app import App
from homestretch.errors import Forbidden
from homestretch.flow.accounts import accounts
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_all
from homestretch.flow.maintenance.athlete_export import export_athlete, export_size, export_to
from homestretch.flow.maintenance.backup import CannotBackUp, TargetExists
from homestretch.flow.maintenance.restore import NotEmpty, restore
from homestretch.flow.people.deletion import take_away
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.store.dump import dumped
from homestretch.store.queries.accounts import has_password
from homestretch.store.queries.one_athlete import AUTHORS, CLEARED, TAKEN
from homestretch.store.scope import Scope
from homestretch.store.tables.coach import sent_sessions
from homestretch.store.tables.kept import accounts as accounts_table
from homestretch.store.tables.kept import connections, grants, proposals
from homestretch.store.tables.saved import weather_days
from homestretch.views.people.people import athletes_of
from tests import snapshots
from tests.api.asking import ask, ids_of
from tests.api.client import Client, routes
from tests.flow.maintenance.conftest import Maker, read_backup
from tests.formats import golden
from tests.sources.watched import Watched
from tests.store.rows import put_rows
from tests.taking import digest, listed, shown, take_in

type Rows = dict[str, list[dict[str, Any]]]

#: Of the tables that a backup holds, those that stay behind: doors, what is sent out by itself, and the server's own.
BEHIND = {
    "calendar_feeds", "invitations", "logins", "second_factors", "recovery_codes", "passkeys", "shares",
    "share_opens", "sinks", "sink_state", "notification_channels", "model_agreements",
    "groups", "group_accounts", "group_athletes", "temporary_roles",
    "security_events", "forgotten", "settings", "oidc_providers", "prompts", "prompt_active", "prompt_runs",
}  # fmt: skip
#: Columns that look like secrets and go along: by this one the same circle is cut around a private place.
GOES_ALONG = {("privacy_zones", "secret")}
#: In the names of everybody else, and of all that they have.
PLANT = "Sternwarte"
#: What Ben chooses, of what `ids_of` leaves out.
CHOSEN = {
    "set_notification_wishes", "save_rules", "link_session", "set_share_defaults", "set_weather",
}  # fmt: skip
DAY_MS = 86_400_000


class World(NamedTuple):
    """A server with Anna and her athlete, and Ben and his; she edits his data, and Carl looks at it."""

    context: Context
    ben: Scope
    anna_s: int
    #: Originals that only Anna has.
    hers: frozenset[str]


def lived_in(context: Context, decoders: Decoders, folder: Path) -> World:
    """Fill a server: each of the two has something of everything, and the same run."""
    with Client(App(context)) as anna:
        anna.set_up(f"anna {PLANT}")
        with anna.other("ben", admin=True) as ben, anna.other(f"carl {PLANT}") as carl:
            theirs = int(anna.get("/api/session").json()["athletes"][0]["id"])
            me = ben.get("/api/session").json()
            his = int(me["athletes"][0]["id"])
            scope = Scope(his, int(me["account"]["id"]))
            _hers(anna, decoders)
            _by_hand(context, Scope(theirs, int(anna.get("/api/session").json()["account"]["id"])), PLANT)
            ids = ids_of(ben, decoders)
            _his(context, scope, ben, ids, decoders, folder)
            _grant(context, his, anna, "editor")
            _grant(context, his, carl, "viewer")
            where = {"athlete": str(his)}
            activity = f"/api/activities/{ids['activity']}"
            anna.patch(activity, params=where, json={"name": "By the editor"}).raise_for_status()
            anna.post(f"{activity}/photos", params=where, content=snapshots.photo(colour="pink")).raise_for_status()
            for name in (PLANT, f"{PLANT} too"):
                saved = {"name": name, "query": "tag=x"}
                anna.post("/api/saved-filters", params=where, json=saved).raise_for_status()
    derive_all(context, decoders)
    return World(context, scope, theirs, frozenset({hashlib.sha256(data).hexdigest() for data in _only_hers()}))


def _only_hers() -> tuple[bytes, bytes]:
    return encode(golden.run(77, golden.START_MS + 9 * DAY_MS)), snapshots.photo(colour="maroon")


def _hers(anna: Client, decoders: Decoders) -> None:
    """Give Anna everything, with the plant in it, and what Ben has too before him."""
    ids = ids_of(anna, decoders)
    run, photo = _only_hers()
    anna.upload(decoders, **{f"{PLANT}_fit": run})
    activity = f"/api/activities/{ids['activity']}"
    photos = f"{activity}/photos"
    anna.post(photos, params={"name": f"{PLANT}.jpg"}, content=photo).raise_for_status()
    anna.patch(activity, json={"name": PLANT, "description": PLANT}).raise_for_status()
    anna.patch(f"/api/gear/{ids['gear']}", json={"name": PLANT}).raise_for_status()
    anna.patch(f"/api/segments/{ids['segment']}", json={"name": PLANT}).raise_for_status()
    anna.post("/api/health/notes", json={"kind": "note", "day": "2026-01-01", "text": PLANT}).raise_for_status()
    anna.post("/api/people/invitations", json={"name": PLANT, "role": "viewer"}).raise_for_status()
    anna.patch("/api/athlete", json={"name": PLANT}).raise_for_status()


def _his(context: Context, scope: Scope, ben: Client, ids: dict[str, str], decoders: Decoders, folder: Path) -> None:
    """Give Ben a triathlon, thresholds, an activity that he deleted, and a folder with a day of his watch."""
    ben.put("/api/thresholds/ftp_w", json={"value": 250, "valid_from": "2026-01-01"}).raise_for_status()
    ben.patch(f"/api/activities/{ids['activity']}/photos/{ids['photo']}", json={"caption": "x"})
    for route in routes():
        if route.name in CHOSEN:
            ask(ben, route, ids).raise_for_status()
    ben.put("/api/health/priorities/all", json={"sources": ["garmin"]}).raise_for_status()
    ben.put(f"/api/coach/sessions/{ids['session']}/route", json={"route": ids["planned"]}).raise_for_status()
    runs = {f"{at}.fit": encode(golden.run(50, golden.START_MS + at * DAY_MS)) for at in (1, 2)}
    items = take_in(context, scope, decoders, {"tri.fit": encode(*golden.multisport()), **runs})
    for name, how in (("1.fit", {}), ("2.fit", {"for_good": True})):
        ben.delete(f"/api/activities/{items[name]['activities'][0]}", params=how).raise_for_status()
    day = folder / "watch" / "day.fit"
    day.parent.mkdir(parents=True)
    day.write_bytes(golden.monitoring())
    os.utime(day, (golden.START_MS / 1000, golden.START_MS / 1000))
    Watched.to(context, scope, "folder", str(day.parent)).run()
    _by_hand(context, scope, "")


def _by_hand(context: Context, scope: Scope, plant: str) -> None:
    """Put in rows that take a provider to come about."""
    with context.database.write() as session:
        mine = connections.c.athlete_id == scope.athlete_id
        of = {
            "id": scope.athlete_id,
            "athlete_id": scope.athlete_id,
            "connection_id": session.scalar(select(connections.c.id).where(mine)),
        }
        proposed = {"subject": plant, "state": "applied", "after": plant, "account_id": scope.account_id}
        put_rows(session, proposals, [{**of, **proposed}])
        put_rows(session, sent_sessions, [{**of, "session": plant, "document": {"title": plant}}])
        put_rows(session, weather_days, [{"athlete_id": scope.athlete_id, "day": "2026-01-01", "hours": {plant: 1}}])


def _grant(context: Context, athlete: int, client: Client, role: str) -> None:
    account = int(client.get("/api/session").json()["account"]["id"])
    with context.database.write() as session:
        session.run(insert(grants), {"account_id": account, "athlete_id": athlete, "role": role})


def rows_in(file: Path) -> Rows:
    """Return the rows in a backup, by table."""
    with tarfile.open(file) as tar:
        return {
            entry.name[7:-6]: [json.loads(line) for line in found]
            for entry in tar
            if entry.name.startswith("tables/") and (found := tar.extractfile(entry)) is not None
        }


def originals_in(file: Path) -> dict[str, bytes]:
    """Return the originals in a backup, by the digest of what is there."""
    with tarfile.open(file) as tar:
        packed = [tar.extractfile(entry) for entry in tar if entry.name.endswith(".zst")]
        datas = [zstandard.ZstdDecompressor().decompressobj().decompress(one.read()) for one in packed if one]
    return {hashlib.sha256(data).hexdigest(): data for data in datas}


def astray(rows: Rows, scope: Scope) -> list[str]:
    """Return what leads out of an export: to another athlete or account, or to a row that is not in it."""
    found = []
    for table in dumped():
        for row in rows.get(table.name, ()):
            if row.get("athlete_id", scope.athlete_id) != scope.athlete_id:
                found.append(f"{table.name} is of another athlete")
            found += [f"{table.name}.{name} is another account" for name in AUTHORS
                      if row.get(name) not in (None, scope.account_id)]  # fmt: skip
            for key in table.foreign_keys:
                there = {one[key.column.name] for one in rows.get(key.column.table.name, ())}
                if row[key.parent.name] is not None and row[key.parent.name] not in there:
                    found.append(f"{table.name}.{key.parent.name} leads nowhere")
    return found


@pytest.fixture(params=["sqlite", "postgres"])
def world(request: pytest.FixtureRequest, made: Maker, decoders: Decoders, tmp_path: Path) -> Iterator[World]:
    """A server that was lived in, on each of the two databases."""
    yield lived_in(made(request.param), decoders, tmp_path)


def test_an_athlete_is_taken_along(world: World, made: Maker, tmp_path: Path, decoders: Decoders) -> None:
    """From each database to the other one: the same is derived, and nothing of anybody else has come."""
    old, ben, file = world.context, world.ben, tmp_path / "ben.tar"
    manifest = export_to(old, ben, file)
    assert (manifest.athlete, manifest.missing) == ("ben", [])
    size = export_size(old, ben)
    assert (size["originals"], size["missing"]) == (manifest.originals, 0)
    assert b"".join(export_athlete(old, ben)).count(b"tables/") == file.read_bytes().count(b"tables/")

    data, rows, files = file.read_bytes(), rows_in(file), originals_in(file)
    assert PLANT.lower().encode() not in data.lower()
    assert len(files) == manifest.originals and not world.hers & files.keys()
    assert world.hers <= set(old.archive.digests())
    assert astray(rows, ben) == []
    empty = {name for name in TAKEN if not rows[name]}
    assert empty == {"demos"}, "each table that goes along has a row; Ben is no demo"
    assert [one["secret"] for one in rows["connections"]] == [None, None]
    assert [one["username"] for one in rows["accounts"]] == ["ben"]
    came = {one["digest"]: one["fetched_ms"] for one in reversed(rows["arrivals"])}
    assert {one["digest"]: one["kept_ms"] for one in rows["originals"]} == came
    assert manifest.last_ids["accounts"] == ben.account_id

    new = made("sqlite" if not old.database.sqlite else "postgres")
    restore(new, file, read_backup(file))
    derive_all(new, decoders)
    for deleted in (False, True):
        before = listed(old, ben, deleted=deleted)
        assert before and listed(new, ben, deleted=deleted) == before
        for one in before:
            assert shown(new, ben, one["id"]) == shown(old, ben, one["id"])
    take_away(old, world.anna_s)
    derive_all(old, decoders)
    assert digest(new) == digest(old)
    assert set(new.archive.digests()) == set(files)
    with pytest.raises(NotEmpty, match="HOMESTRETCH_D"):
        restore(new, file, read_backup(file))
    _owns(new, ben)
    again = tmp_path / "again.tar"
    export_to(new, ben, again)
    assert {name: found for name, found in rows_in(again).items() if found != rows[name]} == {}


def _owns(context: Context, scope: Scope) -> None:
    """Ben's is the only account, an administrator's, in which nobody signs in before it has a password."""
    with context.database.read() as reader:
        (row,) = reader.rows(select(accounts_table))
        assert (row.id, row.username, row.is_admin) == (scope.account_id, "ben", True)
        assert not has_password(reader, row.id)
        assert [(one["name"], one["role"]) for one in athletes_of(reader, row.id, 0)] == [("ben", "owner")]
        assert reader.scalar(select(connections.c.id).where(connections.c.secret.is_not(None))) is None
    for guess in ("", "!", "long enough"):
        with pytest.raises(accounts.WrongPassword):
            accounts.sign_in(context, "ben", guess, address="there")
    accounts.set_password(context, row.id, "quite long enough")
    assert accounts.sign_in(context, "ben", "quite long enough", address="elsewhere") == row.id


def test_what_was_imported_before_any_account_goes_to_the_first_one(
    sqlite_context: Context, made: Maker, scope: Scope, tmp_path: Path, decoders: Decoders
) -> None:
    take_in(sqlite_context, scope, decoders, {"run.fit": encode(golden.run())})
    derive_all(sqlite_context, decoders)
    file, new = tmp_path / "run.tar", made("sqlite")
    export_to(sqlite_context, scope, file)
    restore(new, file, read_backup(file))
    derive_all(new, decoders)
    assert digest(new) == digest(sqlite_context)
    first = accounts.set_up(new, "anna", "long enough")
    with new.database.read() as reader:
        assert [one["id"] for one in athletes_of(reader, first, 0)] == [str(scope.athlete_id)]


def test_an_export_is_whole_or_not_there(
    sqlite_context: Context, scope: Scope, tmp_path: Path, decoders: Decoders
) -> None:
    items = take_in(sqlite_context, scope, decoders, {"run.fit": encode(golden.run()), "junk.fit": b"junk"})
    assert len(items) == 2
    file = tmp_path / "run.tar"
    export_to(sqlite_context, scope, file)
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(TargetExists):
        export_to(sqlite_context, scope, file)
    with pytest.raises(CannotBackUp, match="no such file"):
        export_to(sqlite_context, scope, tmp_path / "nowhere" / "run.tar")
    with pytest.raises(Forbidden):
        export_athlete(sqlite_context, Scope(scope.athlete_id, None, "editor"))
    lost, *_ = sqlite_context.archive.digests()
    sqlite_context.archive.remove(lost)
    assert export_to(sqlite_context, scope, file, force=True).missing == [lost]
    assert read_backup(file).missing == [lost]
    assert export_size(sqlite_context, scope)["missing"] == 1


def test_every_kept_table_is_decided() -> None:
    """A new table goes along (TAKEN) or stays behind (BEHIND); what looks like a secret is emptied."""
    assert {table.name for table in dumped()} == TAKEN | BEHIND and not TAKEN & BEHIND
    secrets = {
        (table.name, column.name)
        for table in dumped()
        for column in table.c
        if table.name in TAKEN and any(word in column.name for word in ("secret", "hash", "token", "password"))
    }
    emptied = {(table.name, name) for table, columns in CLEARED.items() for name in columns}
    assert secrets - emptied - NO_SECRETS == GOES_ALONG
    named = {column.name for table in dumped() if table.name in TAKEN for column in table.c}
    assert {name for name in named if name.endswith(("_by", "account_id"))} == set(AUTHORS)


#: These only sound like secrets.
NO_SECRETS = {
    ("connections", "secret_revision"), ("model_calls", "reserved_tokens"), ("model_calls", "tokens_in"),
    ("model_calls", "tokens_out"),
}  # fmt: skip
