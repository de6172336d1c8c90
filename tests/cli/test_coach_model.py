"""Commands about the language model, as a person types them."""

from pathlib import Path

from tests.cli.test_commands import refused, said
from tests.fakes.language_model.server import FakeModel, Json
from tests.served import environment, inside


def test_a_model_is_set_up_tested_and_its_prompt_changed(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    text = tmp_path / "prompt.txt"
    text.write_text("Be short.")
    with FakeModel() as fake:
        assert "No language model is set up" in inside(env, "coach", "model", "show").stdout
        assert inside(env, "coach", "model", "set", fake.url, "small").returncode == 0
        fake.script = [Json({"answer": "ready"})]
        assert said(env, "coach", "model", "test", "--json")["ok"] is True
        assert inside(env, "coach", "model", "agree").returncode == 0
        shown = said(env, "coach", "model", "show", "--json")
        assert shown["agreement"]["endpoint"] == fake.url and shown["not_now"] is None
        made = said(env, "coach", "prompts", "add", "question", "--file", str(text), "--json")
        assert made["version"] == 1
        assert "not been tested" in refused(env, "coach", "prompts", "activate", "question", "1", code=1)
        fake.script = [Json({"headline": "Yes", "points": []})]
        assert said(env, "coach", "prompts", "test", "question", "1", "--json")["faults"] == []
        assert said(env, "coach", "prompts", "activate", "question", "1", "--json")["active"] == 1
        assert inside(env, "coach", "prompts", "show", "question").stdout.startswith("Be short.")
        assert "+ Be short." in inside(env, "coach", "prompts", "diff", "question").stdout
        assert said(env, "coach", "prompts", "restore", "question", "0", "--json")["active"] == 2
        versions = [
            one["version"]
            for one in said(env, "coach", "prompts", "list", "--json")["items"]
            if one["action"] == "question"
        ]
        assert versions == [0, 2, 1]
    assert said(env, "coach", "calls", "--json") == {"items": [], "next": None, "total": 0}
    assert "Did you mean" in refused(env, "coach", "prompts", "show", "questoin", code=2)
