"""A takeover that is killed again and again: nothing comes twice, nothing is lost, nothing is left behind."""

import signal
import subprocess
import sys
from pathlib import Path

from tests.browser.rides import rides
from tests.cli.test_commands import said
from tests.flow.takeover.taken import sqlite_store
from tests.flow.takeover.test_dreeve import SCHEMA, activity, file
from tests.served import PATIENCE_S, environment

#: Runs a command that ends as `kill -9` ends it, at the n-th call of a function.
KILLED = """
import importlib, os, signal, sys
where, name, left, *arguments = sys.argv[1:]
module, left = importlib.import_module(where), [int(left)]
wrapped = getattr(module, name)
def call(*args, **more):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return wrapped(*args, **more)
setattr(module, name, call)
sys.argv = ["homestretch", *arguments]
from homestretch.cli._runtime.main import main
main()
"""
#: While files are unpacked, then in the middle of their import, and after it.
MOMENTS = (
    ("homestretch.flow.takeover.kinds.dreeve", "unpack_zstd", 2),
    ("homestretch.flow.imports.work_stream", "judged", 2),
    ("homestretch.flow.takeover.take_over", "take_gear", 1),
)
COUNT = 2


def dreeve(folder: Path) -> Path:
    files = rides(COUNT).items()
    rows = {
        "Activity": [activity(name, "fitFile", f"Out with Ada {name}", gearId="bike") for name, _ in files],
        "FileImport": [file(name, name, data, f"activity-{name}") for name, data in files],
        "Gear": [{"gearId": "bike", "createdOn": "", "name": "Blue bike", "isRetired": 0, "type": "custom"}],
    }
    return sqlite_store(folder / "dreeve.db", SCHEMA, rows)


def test_nothing_comes_twice_is_lost_or_left_behind(tmp_path: Path) -> None:
    env, store = environment(tmp_path / "data"), dreeve(tmp_path / "dreeve")
    uploads = tmp_path / "data/uploads"
    left: list[int] = []
    for where, name, call in MOMENTS:
        command = [sys.executable, "-c", KILLED, where, name, str(call), "takeover", "dreeve", str(store)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
        assert done.returncode == -signal.SIGKILL, (where, done.stderr)
        left.append(len([*uploads.glob("scratch-*/*")]))
    unpacked, waiting, unneeded = left
    assert (unpacked, unneeded) == (1, COUNT) and 0 < waiting <= COUNT, "what an import waits for stays, and no longer"
    done = said(env, "takeover", "dreeve", str(store), "--json")
    assert done["failed"] == [] and done["left"] == []
    assert [(one["what"], one["new"]) for one in done["counts"]] == [
        ("files", 0), ("gear", 1), ("edits of activities", COUNT),
    ]  # fmt: skip
    listed = said(env, "activities", "--json")["items"]
    assert sorted(one["name"] for one in listed) == sorted(f"Out with Ada {name}" for name in rides(COUNT))
    assert [*uploads.glob("scratch-*")] == []


def test_the_next_start_removes_what_a_killed_trial_left(tmp_path: Path) -> None:
    env, store = environment(tmp_path / "data"), dreeve(tmp_path / "dreeve")
    where, name, _ = MOMENTS[0]
    command = [sys.executable, "-c", KILLED, where, name, "2", "takeover", "dreeve", str(store), "--dry-run"]
    subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert len([*(tmp_path / "data/uploads").glob("scratch-*/*")]) == 1
    assert said(env, "activities", "--json")["items"] == []
    assert [*(tmp_path / "data/uploads").glob("scratch-*")] == []
