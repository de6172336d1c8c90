"""Commands that write what the coach has to a file, and take it in elsewhere."""

from pathlib import Path

from tests.cli.test_commands import refused, said
from tests.served import environment, inside


def test_rules_and_plans_go_from_one_folder_to_another(tmp_path: Path) -> None:
    here, there = environment(tmp_path / "here"), environment(tmp_path / "there")
    assert inside(here, "coach", "rules", "add", "No training on Mondays").returncode == 0
    plan = said(here, "coach", "plan", "make", "--sport", "ride", "--weeks", "2", "--hours", "4", "--json")
    file = tmp_path / "coach.zip"
    assert inside(here, "coach", "file", "export", "--output", str(file)).returncode == 0
    tried = inside(there, "coach", "file", "import", str(file), "--try").stdout
    assert "1 plan would be added: 2 weeks of riding" in tried
    found = said(there, "coach", "file", "import", str(file), "--json")
    assert found["plans"] == [plan["title"]] and found["rules"] == ["No training on Mondays"]
    assert "added" not in inside(there, "coach", "file", "import", str(file)).stdout
    only = said(there, "coach", "file", "export", "--parts", "rules")
    assert only.keys() == {"format", "version", "rules"}
    assert "There is no part gear" in refused(there, "coach", "file", "export", "--parts", "gear", code=2)
    file.write_bytes(b"{}")
    assert "no file of the coach" in refused(there, "coach", "file", "import", str(file), code=1)
