"""Commands about photos of activities."""

from pathlib import Path

from homestretch.formats.fit.encode import encode
from tests.cli.test_commands import refused, said
from tests.formats import golden
from tests.served import environment, inside
from tests.snapshots import photo


def test_photos_are_added_listed_removed_and_restored(tmp_path: Path) -> None:
    env, files = environment(tmp_path / "data"), tmp_path / "given"
    files.mkdir()
    (files / "run.fit").write_bytes(encode(golden.run(400)))
    said(env, "import", str(files), "--json")
    activity = said(env, "activities", "--json")["items"][0]["id"]
    (tmp_path / "top.jpg").write_bytes(photo(at_ms=golden.START_MS + 60_000))
    (tmp_path / "not.jpg").write_bytes(b"<svg/>")
    made = inside(env, "photos", "add", activity, str(tmp_path / "top.jpg"))
    (item,) = said(env, "photos", "list", activity, "--json")["items"]
    assert made.stdout.strip() == item["id"] and item["at_s"] == 60.0 and item["latitude"] is not None
    assert "top.jpg" in inside(env, "photos", "list", activity).stdout
    refused(env, "photos", "add", activity, str(tmp_path / "not.jpg"), code=2)
    refused(env, "photos", "add", activity, str(tmp_path / "nowhere.jpg"), code=2)
    assert inside(env, "photos", "remove", item["id"]).returncode == 0
    assert said(env, "photos", "list", activity, "--json")["items"] == []
    assert inside(env, "photos", "restore", item["id"]).returncode == 0
    assert said(env, "photos", "list", activity, "--json")["items"] == [item]
    refused(env, "photos", "remove", "nowhere", code=1)
