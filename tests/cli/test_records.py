"""Commands about records: what is refused as one, and counts again."""

from pathlib import Path

from homestretch.formats.fit.encode import encode
from tests.cli.test_commands import refused, said
from tests.formats import golden
from tests.served import environment, inside


def test_a_record_is_refused_and_accepted_again(tmp_path: Path) -> None:
    env, files = environment(tmp_path / "data"), tmp_path / "given"
    files.mkdir()
    (files / "run.fit").write_bytes(encode(golden.run(400)))
    said(env, "import", str(files), "--json")
    [run] = said(env, "activities", "--json")["items"]

    def kinds() -> set[str]:
        return {one["kind"] for one in said(env, "records", "--json")["items"] if one["efforts"]}

    assert {"power", "heart_rate"} <= kinds()
    assert inside(env, "records", "refuse", run["id"], "power").returncode == 0
    assert "heart_rate" in kinds() and "power" not in kinds()
    assert f"Excluded: power of {run['name']}" in inside(env, "records").stdout
    assert inside(env, "records", "accept", run["id"], "power").returncode == 0
    assert "power" in kinds() and "Excluded" not in inside(env, "records").stdout
    assert "has no records" in refused(env, "records", "refuse", run["id"], "beer", code=2)
