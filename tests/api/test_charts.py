"""Charts over HTTP: several in one answer are what each would be alone, and a wrong question says what is wrong."""

import pytest

from tests.api.client import Client

ASKS = ("volume?kind=time&by=year", "fitness?from=2026-01-01&to=2026-05-31&sport=run", "zones?kind=split&by=month")


def test_several_are_what_each_is_alone(solo: Client) -> None:
    together = solo.get("/api/charts/frames", params={"ask": list(ASKS)})
    assert together.status_code == 200
    assert together.json()["items"] == [solo.get(f"/api/charts/{ask}").json() for ask in ASKS]


@pytest.mark.parametrize(
    ("ask", "status", "says"),
    [
        ("nothing", 404, "nothing"),
        ("volume?by=hour", 400, "by must be one of"),
        ("fitness?from=yesterday", 400, "from"),
        ("zones?sport=" + "x" * 99, 400, "sport"),
        ("", 404, "chart"),
    ],
)
def test_a_wrong_question_says_what_is_wrong(solo: Client, ask: str, status: int, says: str) -> None:
    answer = solo.get("/api/charts/frames", params={"ask": [ASKS[0], ask]})
    assert answer.status_code == status and says in answer.json()["detail"]


def test_there_is_an_end_to_how_many(solo: Client) -> None:
    assert solo.get("/api/charts/frames").status_code == 422
    assert solo.get("/api/charts/frames", params={"ask": ["volume"] * 21}).status_code == 422
