"""The fake and the source against Google's own description of the interface, where that is at hand."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from homestretch.model.sport import GENERIC
from homestretch.sources.google_health.data_types import CYCLE, NUTRITION, TYPES, scope_url
from homestretch.sources.google_health.reading.sports import sport_of
from homestretch.sources.google_health.source import SCOPES
from tests.conftest import ROOT
from tests.fakes.google_health.schema import LISTED, POINTS, TOTALS

DATA = Path(os.environ.get("HOMESTRETCH_TEST_DATA", ROOT.parent / "shared" / "data"))
DISCOVERY = DATA / "providers" / "google_health" / "health.v4.json"
#: What is no training, and what says no more than that somebody did something.
NO_SPORT = {"CARPENTRY", "PAINTING", "GARDENING", "CLEANING", "SPORT", "OTHER"}


@pytest.fixture(scope="module")
def discovery() -> Any:
    """Google's discovery document."""
    if not DISCOVERY.is_file():
        pytest.skip("the recorded answers are not here: Google's discovery document")
    return json.loads(DISCOVERY.read_bytes())


def test_what_is_asked_is_what_the_fake_knows() -> None:
    for one in TYPES:
        if one.question == "dailyRollUp":
            assert one.name in TOTALS
        else:
            assert POINTS[one.name].time == one.time


def test_the_table_is_the_documents(discovery: Any) -> None:
    schemas = discovery["schemas"]
    for name, shape in POINTS.items():
        points = schemas["DataPoint" if name in LISTED else "ReconciledDataPoint"]["properties"]
        assert points[shape.member]["$ref"] == shape.schema
        assert set(shape.fields) <= set(schemas[shape.schema]["properties"]), shape.schema
    totals = schemas["DailyRollupDataPoint"]["properties"]
    for member, schema, fields, _ in TOTALS.values():
        assert totals[member]["$ref"] == schema and set(fields) <= set(schemas[schema]["properties"])


def test_permissions_exist(discovery: Any) -> None:
    known = discovery["auth"]["oauth2"]["scopes"]
    assert {scope_url(scope) for scope in (*SCOPES, CYCLE)} <= set(known)
    assert scope_url(NUTRITION) not in known, "its pages name it; so it is asked for only where somebody wants it"


def test_sports_have_names(discovery: Any) -> None:
    """Most of Google's words for exercise are a sport of ours."""
    words = discovery["schemas"]["Exercise"]["properties"]["exerciseType"]["enum"]
    known = [word for word in words if sport_of(word).key != GENERIC]
    assert len(known) >= 100 and not NO_SPORT & set(known)
