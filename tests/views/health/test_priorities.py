"""Which sources come first: the kinds for which the order matters, in the order that holds."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homestretch.flow.edit.health import set_priority
from homestretch.flow.runtime.context import Context
from homestretch.model.documents.health_sources import HealthPriorities
from homestretch.model.health.day_report import DEFAULT_ORDER
from homestretch.store.scope import Scope
from homestretch.views.health.entries import health_priorities
from tests.views.health.days import put, values

DAYS = {"2026-05-01": 48.0, "2026-05-02": 49.0}
SOURCES = ("apple_health", "fit", "garmin")


def priorities(context: Context, scope: Scope) -> HealthPriorities:
    with context.database.read() as reader:
        return health_priorities(reader, scope)


def origins(context: Context, scope: Scope, kind: str) -> list[str]:
    [shared] = [one for one in priorities(context, scope)["shared"] if one["kind"] == kind]
    return [origin["name"] for origin in shared["origins"]]


def test_only_kinds_of_several_origins_are_shared(sqlite_context: Context, scope: Scope) -> None:
    put(sqlite_context, scope, "fit", values("resting_heart_rate_bpm", DAYS, "1"))
    put(sqlite_context, scope, "fit", values("hrv_night_ms", DAYS, "1"), original="other")
    assert priorities(sqlite_context, scope)["shared"] == []
    put(sqlite_context, scope, "apple_health", values("resting_heart_rate_bpm", {"2026-05-02": 50.0}))
    put(sqlite_context, scope, "fit", values("hrv_night_ms", DAYS, "2"), original="third")
    found = priorities(sqlite_context, scope)
    assert {one["kind"]: one["chosen"] for one in found["shared"]} == {
        "resting_heart_rate_bpm": False, "hrv_night_ms": False,
    }  # fmt: skip
    assert found["there"] == ["fit", "apple_health"]
    assert origins(sqlite_context, scope, "hrv_night_ms") == ["fit:1", "fit:2"]
    heart = next(one for one in found["shared"] if one["kind"] == "resting_heart_rate_bpm")
    assert [(one["name"], one["days"], one["last"]) for one in heart["origins"]] == [
        ("fit", 2, "2026-05-02"), ("apple_health", 1, "2026-05-02"),
    ]  # fmt: skip


@given(order=st.permutations(SOURCES), of_all=st.booleans())
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_origins_stand_in_the_order_that_was_set(
    sqlite_context: Context, scope: Scope, order: list[str], of_all: bool
) -> None:
    for source in SOURCES:
        put(sqlite_context, scope, source, values("resting_heart_rate_bpm", DAYS))
    kind = "" if of_all else "resting_heart_rate_bpm"
    set_priority(sqlite_context, scope, kind, order)
    assert origins(sqlite_context, scope, "resting_heart_rate_bpm") == order
    set_priority(sqlite_context, scope, kind, [])
    usual = sorted(SOURCES, key=DEFAULT_ORDER.index)
    assert origins(sqlite_context, scope, "resting_heart_rate_bpm") == usual
