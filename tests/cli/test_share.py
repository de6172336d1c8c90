"""Commands about links by which activities are shared."""

from pathlib import Path

from homestretch.formats.fit.encode import encode
from tests.cli.test_commands import refused, said
from tests.formats import golden
from tests.served import environment, inside


def test_a_link_is_made_listed_and_taken_back(tmp_path: Path) -> None:
    env, files = environment(tmp_path / "data"), tmp_path / "given"
    files.mkdir()
    (files / "run.fit").write_bytes(encode(golden.run(400)))
    said(env, "import", str(files), "--json")
    activity = said(env, "activities", "--json")["items"][0]["id"]
    refused(env, "share", "add", activity, code=1)  # links are off
    env = env | {"HOMESTRETCH_LINKS": "on", "HOMESTRETCH_PUBLIC_URL": "https://ride.example"}
    refused(env, "share", "add", activity, "--hide", "heart", code=2)
    made = inside(env, "share", "add", activity, "--hide", "heart_rate", "--hide", "map", "--days", "0")
    (item,) = said(env, "share", "list", "--json")["items"]
    assert made.stdout.strip() == f"https://ride.example{item['path']}"
    assert (item["hidden"], item["until"], item["subject"]) == (["map", "heart_rate"], None, activity)
    assert inside(env, "share", "change", item["id"], "--hide", "start", "--days", "7").returncode == 0
    (changed,) = said(env, "share", "list", "--json")["items"]
    assert (changed["hidden"], changed["path"]) == (["start"], item["path"]) and changed["until"]
    refused(env, "share", "change", item["id"], "--password", "a long one", "--no-password", code=2)
    assert inside(env, "share", "change", item["id"], "--password", "river stone lamp").returncode == 0
    assert said(env, "share", "list", "--json")["items"][0]["password"]
    assert inside(env, "share", "change", item["id"], "--no-password").returncode == 0
    assert not said(env, "share", "list", "--json")["items"][0]["password"]
    assert inside(env, "share", "revoke", item["id"]).returncode == 0
    assert "revoked" in inside(env, "share", "list").stdout
    assert inside(env, "share", "restore", item["id"]).returncode == 0
    refused(env, "share", "revoke", "nowhere", code=1)
    month = inside(env, "share", "add", "2026-05-01..2026-05-31", "--show-all", "--password", "river stone lamp")
    (newest, _) = said(env, "share", "list", "--json")["items"]
    assert month.stdout.strip().endswith(newest["path"]) and newest["password"] and newest["kind"] == "range"
    refused(env, "share", "add", activity, "--route", code=1)
