"""Commands as a person runs them, on a folder of their own; beside a server as real processes."""

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from homestretch.app import open_app
from homestretch.flow.people.groups import make as make_group
from homestretch.flow.runtime.folder_lock import owner_of
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.model.notes import SENTENCES
from homestretch.settings import Settings
from tests.formats import golden
from tests.served import ask, environment, homestretch, inside, serving

PASSWORD = "long enough"


def given(folder: Path) -> Path:
    """A folder with a run in two formats, a triathlon in a zip, junk, and a hidden file."""
    folder.mkdir()
    (folder / "run.fit").write_bytes(encode(golden.run(120, golden.START_MS + 86_400_000)))
    (folder / "run.gpx").write_bytes(gpx.encode(golden.run(120, golden.START_MS + 86_400_000)))
    (folder / "notes.txt").write_text("not a recording")
    (folder / ".hidden").write_text("passed over")
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("tri.fit", encode(*golden.multisport()))
    return folder


def said(env: dict[str, str], *arguments: str, run: Any = inside) -> Any:
    answer = run(env, *arguments)
    assert answer.returncode == 0, (answer.stdout, answer.stderr)
    return json.loads(answer.stdout)


def refused(env: dict[str, str], *arguments: str, code: int) -> str:
    answer = inside(env, *arguments)
    assert answer.returncode == code, (answer.stdout, answer.stderr)
    assert "Traceback" not in answer.stderr
    return answer.stderr


def test_from_the_first_import_to_a_restore(tmp_path: Path) -> None:
    env, files = environment(tmp_path / "data"), given(tmp_path / "given")
    tried = said(env, "import", str(files), "--dry-run", "--json")
    assert (tried["imported"], tried["skipped"], tried["batch"]) == (3, 1, None)
    assert list((tmp_path / "data" / "archive").glob("??")) == []
    first = said(env, "import", str(files), "--json")
    assert (first["files"], first["imported"], first["duplicates"], first["failed"]) == (4, 3, 0, 0)
    again = said(env, "import", str(files), "--json")
    assert (again["imported"], again["duplicates"]) == (0, 4 - again["skipped"])
    listed = said(env, "activities", "--json")
    assert listed["total"] == 2
    run = said(env, "activities", "--json", "--sport", "running")["items"][0]
    assert said(env, "show", run["id"], "--json")["formats"] == ["fit", "gpx"]
    assert "Trail Run" in inside(env, "show", run["id"]).stdout
    verified = said(env, "verify", "--json")
    assert verified["missing"] == verified["corrupt"] == []
    assert said(env, "rebuild", "--json")["derived_digest"] == verified["derived_digest"]
    assert inside(env, "user", "add", "anna", "--admin", "--password", PASSWORD).returncode == 0
    assert "anna" in inside(env, "user", "list").stdout
    assert inside(env, "user", "second-factor", "anna").stdout == "Off.\n"
    assert inside(env, "user", "second-factor", "anna", "--remove").stdout == "There was none.\n"
    link = inside(env, "user", "reset-link", "anna").stdout
    assert re.fullmatch(r"http://127\.0\.0\.1:8080/reset#[\w-]{43}\n", link)
    assert inside(env, "user", "passkeys", "anna", "--remove").stdout == "Removed: 0.\n"
    assert "last used" in inside(env, "user", "passkeys", "anna").stdout
    assert said(env, "backup", str(tmp_path / "b.tar"), "--json")["missing"] == []
    assert inside(env, "undo", str(first["batch"])).returncode == 0
    assert inside(env, "undo", str(again["batch"])).returncode == 0
    assert said(env, "activities", "--json")["total"] == 0
    restored = said(env, "restore", str(tmp_path / "b.tar"), "--force", "--json")
    assert restored["derived_digest"] == verified["derived_digest"]
    assert said(env, "activities", "--json")["items"] == listed["items"]
    checks = said(env, "doctor", "--json")["checks"]
    assert {one["check"] for one in checks if one["status"] == "fail"} == set()


def test_an_import_says_in_words_what_is_odd_about_its_files(tmp_path: Path) -> None:
    env, files = environment(tmp_path / "data"), tmp_path / "given"
    files.mkdir()
    (files / "cut.fit").write_bytes(encode(golden.run(120))[:-40])
    answer = inside(env, "import", str(files))
    assert answer.returncode == 0
    [line] = [line for line in answer.stderr.splitlines() if "cut.fit" in line]
    assert line.split()[0] == "imported" and SENTENCES["truncated"] in line
    assert "1 file: 1 imported" in answer.stdout and "1 activity from 1 recording (0 merged)." in answer.stdout


def test_originals_that_were_lost(tmp_path: Path) -> None:
    """A rebuild names them and keeps what was derived of them; whole copies come from a folder."""
    env, files = environment(tmp_path / "data"), given(tmp_path / "given")
    said(env, "import", str(files), "--json")
    before, shown = said(env, "verify", "--json"), said(env, "activities", "--json")
    for name in sorted((tmp_path / "data" / "archive").glob("??/*.zst"))[:2]:
        name.write_bytes(name.read_bytes()[:-7])
    answer = inside(env, "rebuild", "--json")
    rebuilt = json.loads(answer.stdout)
    assert answer.returncode == 1 and "verify --heal" in answer.stderr
    assert rebuilt["derived_digest"] == before["derived_digest"] and len(rebuilt["lost"]) == 2
    assert {(one["reason"], one["digest"] in answer.stdout) for one in rebuilt["lost"]} == {("corrupt", True)}
    assert said(env, "activities", "--json") == shown
    assert inside(env, "verify").returncode == 1
    healed = said(env, "verify", "--heal", str(files), "--json")
    assert healed["healed"] == [one["digest"] for one in rebuilt["lost"]] and healed["lost"] == []
    assert said(env, "rebuild", "--json")["lost"] == []


def test_an_archive_of_one_s_own_comes_in_again(tmp_path: Path) -> None:
    env, other = environment(tmp_path / "data"), environment(tmp_path / "other")
    said(env, "import", str(given(tmp_path / "given")), "--json")
    before = said(env, "verify", "--json")
    again = said(other, "import", str(tmp_path / "data" / "archive"), "--json")
    names = {item["path"] for item in again["items"] if item["status"] == "imported"}
    assert names == {"archive/given/run.fit/run.fit", "archive/given/run.gpx/run.gpx",
                     "archive/given/more.zip/tri.fit/tri.fit"}  # fmt: skip
    assert said(other, "verify", "--json")["derived_digest"] == before["derived_digest"]


@pytest.mark.parametrize("how", ["emptied", "gone", "damaged"])
def test_a_database_that_was_lost_is_no_first_visit(how: str, tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    said(env, "import", str(given(tmp_path / "given")), "--json")
    said(env, "backup", str(tmp_path / "b.tar"), "--json")
    before, derived = said(env, "verify", "--json"), (tmp_path / "data" / "derived.db").read_bytes()
    for path in tmp_path.glob("data/homestretch.db*"):
        path.unlink()
    if how != "gone":
        (tmp_path / "data" / "homestretch.db").write_bytes(b"" if how == "emptied" else b"no database" * 999)
    for command in (["activities"], ["import", str(tmp_path / "given")], ["serve", "--port", "0"]):
        told = refused(env, *command, code=1)
        assert "homestretch restore" in told and "homestretch.db" in told, told
        assert owner_of(tmp_path / "data") is None, "a command that could not open the folder still holds it"
    assert (tmp_path / "data" / "derived.db").read_bytes() == derived
    checks = {one["check"]: one for one in json.loads(inside(env, "doctor", "--json").stdout)["checks"]}
    assert checks["database"]["status"] == "fail" and "homestretch restore" in checks["database"]["says"]
    said(env, "restore", str(tmp_path / "b.tar"), "--json", *([] if how == "emptied" else ["--force"]))
    assert said(env, "verify", "--json") == before


def test_mistakes_are_one_plain_line(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    assert "does not exist" in refused(env, "import", str(tmp_path / "tpyo.fit"), code=2)
    assert "No activity nothing was found." in refused(env, "show", "nothing", code=1)
    assert "No import 99 was found." in refused(env, "undo", "99", code=1)
    assert "No athlete nobody was found." in refused(env, "activities", "--athlete", "nobody", code=1)
    assert "cursor is not valid" in refused(env, "activities", "--cursor", "nonsense", code=2)
    assert "Did you mean ftp_w?" in refused(env, "thresholds", "set", "ftp", "250", code=2)
    assert "Did you mean ride?" in refused(env, "thresholds", "set", "ftp_w", "250", "--sport", "rides", code=2)
    assert "No user" in refused(env, "user", "passwd", "nobody", "--password", PASSWORD, code=1)
    assert "among the most used" in refused(env, "user", "add", "ben", "--password", "trustno1", code=1)
    (tmp_path / "bad.tar").write_bytes(b"no backup")
    assert "can't be restored" in refused(env, "restore", str(tmp_path / "bad.tar"), code=2)
    unreachable = env | {"HOMESTRETCH_DATABASE_URL": "postgresql://127.0.0.1:1/x"}
    assert "can't be opened" in refused(unreachable, "activities", code=5)


def test_beside_a_server(tmp_path: Path, unused_port: int) -> None:
    """An import is handed over and followed; a backup is made meanwhile; what needs the folder alone is refused."""
    env, files = environment(tmp_path / "data"), given(tmp_path / "given")
    with serving(env, unused_port):
        report = said(env, "import", str(files), "--json", run=homestretch)
        assert (report["imported"], report["failed"]) == (3, 0)
        assert said(env, "backup", str(tmp_path / "b.tar"), "--json")["originals"] == 3 + report["skipped"]
        assert "is running" in refused(env, "restore", str(tmp_path / "b.tar"), code=1)
        assert "server is running" in inside(env, "doctor").stdout
        body = {"username": "anna", "password": PASSWORD}
        status, _, headers = ask(unused_port, "POST", "/api/setup", body)
        assert status == 200
        cookie = headers["set-cookie"].split(";")[0]
        assert ask(unused_port, "GET", "/api/activities", Cookie=cookie)[1]["total"] == 2, (
            "they are the first account's"
        )


def test_a_group_is_led_from_the_command_line(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    for name in ("ann", "ben"):
        assert inside(env, "user", "add", name, "--password", PASSWORD).returncode == 0
    assert said(env, "groups", "list", "--json") == {"items": []}
    app = open_app(Settings(data_dir=tmp_path / "data", database_url=None))
    group = make_group(app.context, 1, "Club")
    app.close()
    assert inside(env, "groups", "lead", "ben", group).returncode == 0
    assert said(env, "groups", "list", "--json") == {
        "items": [{"id": group, "name": "Club", "led_by": ["ann", "ben"], "people": 2, "athletes": 0}]
    }
    assert "ann, ben" in inside(env, "groups", "list").stdout
    assert "No group none was found." in refused(env, "groups", "lead", "ben", "none", code=1)
    assert "No user eve was found." in refused(env, "groups", "lead", "eve", group, code=1)
