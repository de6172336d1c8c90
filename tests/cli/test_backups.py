"""`homestretch backup` into the backup folder, `restore --test`, and what `doctor` says of both."""

import json
from pathlib import Path

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
