"""The data folder: nobody else's on this machine, and of use still where its disk is read-only or full."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from homestretch.app import JOBS_BYTES, OPEN_BYTES
from homestretch.formats.fit.encode import encode
from homestretch.settings import Settings
from homestretch.views.system import doctor
from tests.formats import golden
from tests.served import answers, environment, homestretch, inside, serving
from tests.waiting import wait_until

DISK_MB = 24


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A file to import."""
    (tmp_path / "run.fit").write_bytes(encode(golden.run(30)))
    return tmp_path / "run.fit"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    if mount("-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(place)):
        pytest.skip("only root may mount a disk")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def mount(*arguments: str) -> int:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode


def said(done: "subprocess.CompletedProcess[str]") -> str:
    """Return the line that a command failed with."""
    assert done.returncode and "Traceback" not in done.stderr, done.stderr
    return done.stderr


def open_to_others(folder: Path) -> set[str]:
    return {
        path.name
        for path in folder.rglob("*")
        if path.stat().st_mode & 0o077 and not stat.S_ISSOCK(path.stat().st_mode)
    }


def test_what_is_made_is_nobody_else_s(tmp_path: Path, given: Path, unused_port: int) -> None:
    """By the command, its decoders, the server and its worker, in a folder that was there before."""
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    env = environment(data)
    assert homestretch(env, "import", str(given)).returncode == 0
    with serving(env, unused_port):
        wait_until((data / "jobs.db").exists)
    assert (data / "jobs.db").exists() and open_to_others(data) == set()
    assert folder_check(data)[0] == "ok"


def folder_check(data: Path) -> tuple[str, str]:
    found = doctor.examine(Settings(data_dir=data, database_url=None), None, doctor.EARLIEST_MS)
    return next((one["status"], one["says"]) for one in found if one["check"] == "data folder")


def test_the_doctor_sees_what_others_can_read(tmp_path: Path) -> None:
    """As in a folder that an earlier Homestretch filled."""
    data = tmp_path / "a folder"
    data.mkdir(mode=0o755)
    (data / "homestretch.db").touch(0o644)
    (data / "secret.key").touch(0o600)
    status, says = folder_check(data)
    assert status == "warn" and "homestretch.db" in says and "secret.key" not in says
    command = says.partition("`")[2].partition("`")[0]
    subprocess.run(command, shell=True, check=True)
    assert folder_check(data)[0] == "ok" and open_to_others(data) == set()
    data.chmod(0o700)
    (data / "homestretch.db").chmod(0o644)
    assert folder_check(data)[0] == "ok", "nobody else gets that far"


def test_a_read_only_disk_is_read_and_backed_up(disk: Path, tmp_path: Path, given: Path) -> None:
    data = disk / "data"
    env = environment(data)
    assert inside(env, "import", str(given)).returncode == 0
    assert mount("-o", "remount,ro", str(disk)) == 0
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    assert "1 activities" in inside(env, "status").stdout
    assert '"total": 1' in inside(env, "activities", "--json").stdout
    assert inside(env, "verify").returncode == 0
    assert inside(env, "backup", str(tmp_path / "backup.tar")).returncode == 0
    found = inside(env, "doctor")
    assert "read-only disk" in " ".join(found.stdout.split()) and found.returncode == 1
    assert found.stdout.count(" fail ") == 1, found.stdout
    assert re.findall(r"(\w+) +warn ", found.stdout) == ["backups"], "nobody has chosen a folder for them"
    for command in (
        ["import", str(given)], ["undo", "1"], ["rebuild"], ["serve"], ["doctor", "--deep"],
        ["restore", str(tmp_path / "backup.tar"), "--force"], ["daemon", "start"], ["backup", str(disk / "x.tar")],
    ):  # fmt: skip
        line = said(inside(env, *command))
        assert "read-only" in line and "chown" not in line
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before
    there = environment(tmp_path / "new")
    assert inside(there, "restore", str(tmp_path / "backup.tar")).returncode == 0
    assert '"total": 1' in inside(there, "activities", "--json").stdout


KILLED = """
import os, sys
from pathlib import Path
from sqlalchemy import update
from homestretch.store.database import Database, sqlite_url
from homestretch.store.tables.kept import athletes
database = Database(sqlite_url(Path(sys.argv[1])))
with database.write() as session:
    session.run(update(athletes).values(name="Last said"))
os._exit(9)
"""


def test_what_was_said_last_before_a_disk_became_read_only_is_in_the_backup(
    disk: Path, tmp_path: Path, given: Path
) -> None:
    """It is in SQLite's log yet, which a killed process left behind."""
    data = disk / "data"
    env = environment(data)
    assert inside(env, "import", str(given)).returncode == 0
    subprocess.run([sys.executable, "-c", KILLED, str(data)], check=False)
    assert (data / "homestretch.db-wal").stat().st_size
    assert mount("-o", "remount,ro", str(disk)) == 0
    assert inside(env, "status").returncode == 0
    assert inside(env, "backup", str(tmp_path / "backup.tar")).returncode == 0
    assert b"Last said" in (tmp_path / "backup.tar").read_bytes()


def fill(disk: Path, left: int) -> Path:
    """Fill a disk but for so many bytes."""
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "fill").write_bytes(bytes(free - left))
    return disk / "fill"


def test_a_start_on_a_full_disk_ends_with_a_sentence(disk: Path, given: Path, unused_port: int) -> None:
    """And says nothing of a lost database, which a backup would be brought back over."""
    data = disk / "data"
    env = environment(data)
    assert inside(env, "import", str(given)).returncode == 0
    for left in (0, OPEN_BYTES // 2):
        full = fill(disk, left)
        for command in (["serve", "--port", str(unused_port)], ["status"], ["import", str(given)]):
            line = said(inside(env, *command))
            assert line.startswith("homestretch: The disk of ") and "only 0 MB free" in line and "restore" not in line
        full.unlink()
    assert inside(env, "verify").returncode == 0
    assert '"total": 1' in inside(env, "activities", "--json").stdout


def test_a_server_without_room_for_jobs_shows_what_is_there(disk: Path, given: Path, unused_port: int) -> None:
    data = disk / "data"
    env = environment(data, LOG_LEVEL="error")
    assert inside(env, "import", str(given)).returncode == 0
    fill(disk, JOBS_BYTES // 2)
    command = [sys.executable, "-m", "homestretch", "serve", "--port", str(unused_port)]
    with (disk.parent / "log").open("w+") as log, subprocess.Popen(command, env=env, stderr=log) as server:
        wait_until(lambda: answers(unused_port) and "Free at least 8 MB" in (disk.parent / "log").read_text())
        server.terminate()
        assert server.wait(30) == 0
    assert "Traceback" not in (disk.parent / "log").read_text()
