"""`homestretch backup` into the backup folder, `restore --test`, and what `doctor` says of both."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from homestretch.store.queries.forgotten import digest_of
from tests.cli.test_commands import given, refused, said
from tests.served import environment, inside


def checks(env: dict[str, str]) -> dict[str, tuple[str, str]]:
    found = json.loads(inside(env, "doctor", "--json").stdout)["checks"]
    return {one["check"]: (one["status"], one["says"]) for one in found}


def test_a_backup_into_the_folder_and_a_test_of_it(tmp_path: Path) -> None:
    env, folder = environment(tmp_path / "data"), tmp_path / "disk"
    assert "No backup folder is set" in refused(env, "backup", code=2)
    assert "Name the backup" in refused(env, "restore", code=2)
    said(env, "import", str(given(tmp_path / "given")), "--json")
    assert checks(env)["backups"][0] == "warn"
    env |= {"HOMESTRETCH_BACKUP_DIR": str(folder)}
    assert "no such folder" in refused(env, "backup", code=2)
    folder.mkdir()
    assert "There is no backup" in refused(env, "restore", "--test", code=2)
    made = said(env, "backup", "--json")
    assert made["state"] == "done"
    (name,) = [path.name for path in folder.glob("*.tar")]
    assert made["file"] == name
    assert said(env, "restore", "--test", str(folder / name), "--json")["differing"] == 0
    found = checks(env)
    assert found["backups"][0] == "warn" and "same disk" in found["backups"][1]
    assert found["restore test"][0] == "warn"
    (folder / name).write_bytes((folder / name).read_bytes()[:20_000])
    assert "cut off" in refused(env, "restore", "--test", code=2)


def test_an_athlete_is_exported_and_restored(tmp_path: Path) -> None:
    env, file = environment(tmp_path / "data"), tmp_path / "anna.tar"
    said(env, "import", str(given(tmp_path / "given")), "--json")
    assert inside(env, "user", "add", "anna b", "--admin", "--password", "long enough").returncode == 0
    made = said(env, "people", "export", str(file), "--json")
    assert (made["athlete"], made["missing"], made["size"]) == ("Athlete", [], file.stat().st_size)
    assert "already exists" in refused(env, "people", "export", str(file), code=2)
    assert inside(env, "people", "export", str(file), "--force").stdout.startswith("Saved Athlete: ")
    assert "empty folder" in refused(env, "restore", str(file), code=2)
    assert said(env, "restore", "--test", str(file), "--json")["differing"] == 0
    there = environment(tmp_path / "there")
    shown = inside(there, "restore", str(file)).stdout
    assert "The account anna b owns Athlete. Set a password: homestretch user passwd 'anna b'" in shown
    assert inside(there, "user", "passwd", "anna b", "--password", "quite long enough").returncode == 0
    happened = [(one["kind"], one["method"]) for one in said(there, "user", "events", "--json")["items"]]
    assert happened == [("password_changed", "cli"), ("backup_restored", "cli")]
    listed = inside(env, "user", "events", "--account", "anna b").stdout
    assert "account_made" in listed and "athlete_exported" not in listed
    assert said(there, "verify", "--json")["derived_digest"] == said(env, "verify", "--json")["derived_digest"]
    assert said(there, "people", "list", "--json")["members"][0]["username"] == "anna b"


def test_who_was_deleted_is_left_out_unless_wanted(tmp_path: Path) -> None:
    env, file = environment(tmp_path / "data"), tmp_path / "all.tar"
    said(env, "import", str(given(tmp_path / "given")), "--json")
    said(env, "backup", str(file), "--json")
    with closing(sqlite3.connect(tmp_path / "data" / "homestretch.db")) as store:
        [(number, created_ms)] = store.execute("SELECT id, created_ms FROM athletes")
    (tmp_path / "forgotten.txt").write_text(f"{digest_of(number, created_ms)} 9999999999999\n")
    there = environment(tmp_path / "there")
    shown = inside(there, "restore", str(file)).stdout
    assert "Left out: 1 athlete deleted after the backup was made (see --with-deleted)." in shown
    assert said(there, "verify", "--json")["originals"] == 0
    (tmp_path / "forgotten.txt").unlink()
    forced = said(there, "restore", str(file), "--force", "--json")
    assert forced["left_out"] == 1, "the store that was here knows it too"
    wanted = said(there, "restore", str(file), "--force", "--with-deleted", "--json")
    assert (wanted["left_out"], said(there, "verify", "--json")["originals"]) == (0, 4)
