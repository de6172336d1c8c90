"""`homestretch takeover`: tried, done, done again, and refused in plain words."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.browser.rides import rides
from tests.cli.test_commands import refused, said
from tests.flow.takeover.taken import sqlite_store
from tests.flow.takeover.test_garminsync import SCHEMA, activity
from tests.served import environment, inside


def test_a_folder_is_taken_over_once(tmp_path: Path) -> None:
    env, folder = environment(tmp_path / "data"), tmp_path / "garminsync"
    rows = [activity(number, f"data/activity_{number}_1.fit") for number in (9001, 9002, 9003)]
    store = sqlite_store(folder / "garmin.db", SCHEMA, {"activities": rows})
    for number, data in zip((9001, 9002), rides(2).values(), strict=True):
        (folder / f"activity_{number}_1.fit").write_bytes(data)
    missing = refused(env, "takeover", "garminsync", str(folder), "--dry-run", code=1)
    assert "failed  file Garmin activity 9003" in missing
    assert said(env, "activities", "--json")["items"] == []
    done = inside(env, "takeover", "garminsync", str(folder), "--json")
    assert done.returncode == 1 and json.loads(done.stdout)["failed"][0]["name"] == "Garmin activity 9003"
    assert len(said(env, "activities", "--json")["items"]) == 2
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("DELETE FROM activities WHERE activity_id = 9003")
    again = said(env, "takeover", "garminsync", str(store), "--json")
    assert again["counts"] == [{"what": "files", "new": 0, "here": 2, "failed": 0}] and again["batch"] is None
    assert "already here" in inside(env, "takeover", "garminsync", str(folder)).stdout


def test_what_is_wrong_is_said_plainly(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    assert "Did you mean garminsync?" in refused(env, "takeover", "garmin_sync", str(tmp_path), code=2)
    assert "it holds no garmin.db" in refused(env, "takeover", "garminsync", str(tmp_path), code=1)
    refused(env, "takeover", "garminsync", str(tmp_path / "nowhere"), code=2)
