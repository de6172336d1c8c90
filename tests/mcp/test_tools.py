"""The tools, resources and prompts of the MCP server, asked by the real client library."""

from typing import Any

import pytest
from mcp import Client

from homestretch.mcp._runtime.visitor import Visitor
from homestretch.model import figures
from tests.mcp.clients import call, call_with, talk, visitor

READING = {
    "today", "activities", "activity", "intervals", "compare", "curve", "load", "health", "readiness", "records",
    "week", "templates", "explain_metric", "plan", "plan_versions", "projection", "rules",
}  # fmt: skip
MOST_BYTES = 25_000


def test_what_is_published(athlete: Visitor) -> None:
    async def ask(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert tools.keys() >= READING | {"plan_diff", "check_plan", "propose_changes"}
        assert tools["propose_changes"].annotations.read_only_hint is False  # type: ignore[union-attr]
        for name in READING:
            tool = tools[name]
            assert tool.annotations is not None and tool.annotations.read_only_hint is True, name
            assert tool.title and tool.description and tool.output_schema is not None, name
            assert not any(key.endswith("_") for key in tool.input_schema.get("properties", {})), name
        assert {"from", "to"} <= set(tools["activities"].input_schema["properties"])
        assert {"id", "with"} == set(tools["compare"].input_schema["properties"])
        prompts = {prompt.name for prompt in (await client.list_prompts()).prompts}
        assert prompts >= {"week_review", "before_workout", "after_workout"}
        fixed = [str(one.uri) for one in (await client.list_resources()).resources]
        templates = [one.uri_template for one in (await client.list_resource_templates()).resource_templates]
        assert {"homestretch://today", "homestretch://rules"} <= set(fixed)
        assert "homestretch://week/{monday}" in templates

    talk(athlete, ask)


def test_every_reading_tool_answers(athlete: Visitor) -> None:
    """One document each, of the published shape, and short."""
    first, second, _ = call(athlete, "activities").document["items"]
    given: dict[str, dict[str, Any]] = {
        "activity": {"id": first["id"]}, "intervals": {"id": first["id"]}, "explain_metric": {"key": "NP"},
        "compare": {"id": first["id"], "with": second["id"]}, "curve": {"kind": "heart_rate", "sport": "run"},
        "records": {"sport": "run"},
    }  # fmt: skip

    async def ask(client: Client) -> None:
        for name in sorted(READING):
            answer = await call_with(client, name, given.get(name, {}))
            assert not answer.failed, (name, answer.text)
            assert answer.size <= MOST_BYTES, (name, answer.size)
        for uri in ("homestretch://today", "homestretch://week/2026-05-03", f"homestretch://activity/{first['id']}"):
            assert (await client.read_resource(uri)).contents
        for prompt, arguments in (("week_review", {}), ("before_workout", {"date": "2026-05-03"})):
            assert (await client.get_prompt(prompt, arguments)).messages

    talk(athlete, ask)


def test_figures_are_those_of_the_page(athlete: Visitor) -> None:
    with athlete.app.database.read() as reader:
        from homestretch.views.activities.activity import activity

        row = call(athlete, "activities").document["items"][0]
        page = activity(reader, athlete.scope, row["id"])
    detail = call(athlete, "activity", id=row["id"]).document
    assert row["values"]["distance_m"] == {"value": round(page["distance_m"] or 0, 4), "unit": "m"}
    assert detail["values"]["avg_hr_bpm"]["value"] == pytest.approx(page["avg_hr_bpm"])
    for key in figures.KEYS:
        given, shown = detail["values"][key], page[key]  # type: ignore[literal-required]
        assert given["value"] == (None if shown is None else pytest.approx(shown, abs=1e-4))
        assert (given["value"] is None) == ("why" in given)
    assert detail["source"] == "file" and detail["metrics"]


def test_pages_lead_through_all(athlete: Visitor) -> None:
    async def ask(client: Client) -> list[str]:
        found, cursor = [], None
        while True:
            given: dict[str, Any] = {"limit": 1} if cursor is None else {"limit": 1, "cursor": cursor}
            page = (await call_with(client, "activities", given)).document
            found += [row["id"] for row in page["items"]]
            cursor = page["next"]
            if cursor is None:
                return found

    ids = talk(athlete, ask)
    assert ids == [row["id"] for row in call(athlete, "activities").document["items"]] and len(ids) == 3


def test_days_bound_a_list(athlete: Visitor) -> None:
    found = call(athlete, "activities", from_="2026-05-04", to="2026-05-04").document
    assert [row["day"] for row in found["items"]] == ["2026-05-04"] and found["total"] == 1
    assert call(athlete, "activities", sport="run").document["total"] == 3
    assert call(athlete, "activities", sport="ride").document["total"] == 0


@pytest.mark.parametrize(
    ("name", "given", "sentence"),
    [
        ("activity", {"id": "nowhere"}, "No activity nowhere was found."),
        ("intervals", {"id": "nowhere"}, "No activity nowhere was found."),
        ("explain_metric", {"key": "beauty"}, "No metric beauty was found."),
        ("nothing", {}, "There is no tool nothing. The tools are activities, activity"),
        ("activities", {"since": "2026-01-01"}, "activities has no argument since. It takes from, to"),
        ("activities", {"from": "last week"}, "Write days as YYYY-MM-DD."),
        ("activities", {"from": "2026-02-02", "to": "2026-01-01"}, "is after the last day"),
        ("activities", {"cursor": "x"}, "The cursor is not valid."),
        ("activities", {"limit": 101}, "limit: Input should be less than or equal to 100."),
        ("activities", {"sport": "quidditch"}, "quidditch"),
        ("health", {"kinds": ["sleep"]}, "Did you mean sleep_s?"),
        ("health", {"kinds": ["menstruation"]}, "Unknown kind of measure: menstruation"),
        ("curve", {"kind": "happiness"}, "Unknown kind of curve: happiness"),
        ("templates", {"sport": "chess"}, "Unknown sport of templates: chess"),
    ],
)  # fmt: skip
def test_what_can_t_be_answered_is_a_sentence(
    athlete: Visitor, name: str, given: dict[str, Any], sentence: str
) -> None:
    answer = talk(athlete, lambda client: call_with(client, name, given))
    assert answer.failed and sentence in answer.text and "Traceback" not in answer.text
    assert "pydantic" not in answer.text


def test_health_needs_its_right(athlete: Visitor) -> None:
    reader = visitor(athlete.app.context, athlete.scope, "read")
    for name in ("health", "readiness"):
        answer = call(reader, name)
        assert answer.failed and "may not see health" in answer.text
    today = call(reader, "today").document
    assert today["readiness"] is None and "may not see health" in today["why_no_readiness"]
    assert call(athlete, "today").document["readiness"] is not None


def test_a_crash_tells_nothing(athlete: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    from homestretch.mcp import today

    def crash(*_: Any, **__: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(today, "tool_today", crash)
    answer = call(athlete, "today")
    assert answer.failed and "secret" not in answer.text and "log of Homestretch" in answer.text


def test_names_only_where_they_may_be_given(athlete: Visitor) -> None:
    from homestretch.flow.accounts.server_options import set_options

    assert call(athlete, "activities").document["items"][0]["name"]
    set_options(athlete.app.context, {"model_names": "off"})
    assert {row["name"] for row in call(athlete, "activities").document["items"]} == {None}
    assert call(athlete, "today").document["athlete"] == "Athlete"
