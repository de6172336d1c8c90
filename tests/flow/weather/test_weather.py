"""The weather is asked for once, of those who want to see it, and survives whatever the provider does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.flow.weather.weather import Question, ask_weather, athletes_due, questions, switch_off, switch_on
from homestretch.formats.fit.encode import encode
from homestretch.net.budget import DAY_S, Limits
from homestretch.store.queries.weather import Outing, Spot, choice_of
from homestretch.store.scope import Scope
from homestretch.views.page.weather import activity_weather, weather_setting
from tests.fakes.open_meteo import FakeOpenMeteo
from tests.flow.courses import ROAD, along, rebuilt, settled
from tests.formats import golden
from tests.taking import listed, take_in

DAY_MS = 86_400_000
NOW = golden.START_MS + 40 * DAY_MS
TODAY = datetime.fromtimestamp(NOW / 1000, UTC).date()


@pytest.fixture
def provider() -> Iterator[FakeOpenMeteo]:
    with FakeOpenMeteo(TODAY) as running:
        yield running
        assert running.problems == []
        assert max(running.asked.values(), default=1) == 1, "no day of a place is asked twice"


@pytest.fixture
def outside(context: Context, provider: FakeOpenMeteo) -> Context:
    """A context whose Open-Meteo is the fake, some weeks after the activities."""
    settings = context.settings.model_copy(update={"provider_urls": {"open_meteo": provider.url}})
    return replace(context, settings=settings, clock=lambda: NOW)


def ridden(context: Context, scope: Scope, decoders: Decoders, *days: int) -> list[str]:
    """Take in an activity along a road on each day; return their ids, the newest first."""
    take_in(context, scope, decoders, {f"{day}.fit": encode(along(ROAD, day)) for day in days})
    settled(context, scope, decoders)
    return [one["id"] for one in listed(context, scope)]


def of(context: Context, scope: Scope, activity: str) -> dict[str, object]:
    with context.database.read() as reader:
        return dict(activity_weather(reader, scope, activity))


def test_who_did_not_ask_for_it_is_not_asked_about(
    outside: Context, scope: Scope, decoders: Decoders, provider: FakeOpenMeteo
) -> None:
    (activity,) = ridden(outside, scope, decoders, 1)
    assert athletes_due(outside) == []
    assert ask_weather(outside, scope.athlete_id) == 0
    assert of(outside, scope, activity) == {"state": "off", "weather": None, "reason": None}
    assert provider.asked == {}


def test_each_day_of_a_place_is_asked_once_and_kept(
    outside: Context, scope: Scope, decoders: Decoders, provider: FakeOpenMeteo
) -> None:
    first, second, third = ridden(outside, scope, decoders, 38, 2, 1)
    switch_on(outside, scope)
    assert of(outside, scope, first)["state"] == "waiting"
    assert athletes_due(outside) == [scope.athlete_id]
    assert ask_weather(outside, scope.athlete_id) == 2, "one of the archive, and one of what it does not have yet"
    assert {(latitude, longitude) for latitude, longitude, _ in provider.asked} == {("60.2", "25.0")}
    assert athletes_due(outside) == []
    before = [of(outside, scope, one) for one in (first, second, third)]
    assert [one["state"] for one in before] == ["there"] * 3
    rebuilt(outside, scope, decoders)
    assert ask_weather(outside, scope.athlete_id) == 0, "a rebuild asks for nothing"
    assert [of(outside, scope, one) for one in (first, second, third)] == before
    switch_off(outside, scope)
    assert [of(outside, scope, one) for one in (first, second, third)] == before, "what was asked stays"


def test_what_is_told_is_the_weather_of_the_time(outside: Context, scope: Scope, decoders: Decoders) -> None:
    (activity,) = ridden(outside, scope, decoders, 1)
    switch_on(outside, scope)
    ask_weather(outside, scope.athlete_id)
    told = of(outside, scope, activity)["weather"]
    begin = datetime.fromtimestamp(golden.START_MS / 1000, UTC)
    hour = begin.hour + begin.minute / 60
    assert isinstance(told, dict)
    assert told["temperature_c"] == pytest.approx(6.02 + hour, abs=0.2)
    assert told["feels_like_c"] == pytest.approx(told["temperature_c"] - 3.0, abs=0.11)
    assert (told["wind_mps"], told["wind_from_deg"], told["humidity_pct"]) == (
        5.0,
        225.0,
        pytest.approx(80 - hour, abs=0.3),
    )


@pytest.mark.parametrize("fault", ["cut", "garbage", "null", "lost", "503", "429"])
def test_a_failure_is_kept_and_waited_out(
    outside: Context, scope: Scope, decoders: Decoders, provider: FakeOpenMeteo, fault: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("homestretch.net.budget.FIRST_WAIT_S", 0.0)
    (activity,) = ridden(outside, scope, decoders, 1)
    switch_on(outside, scope)
    strikes = provider.fault("/v1/*", fault, retry_after="3600")
    assert ask_weather(outside, scope.athlete_id) == 0
    assert athletes_due(outside) == [], "it is left alone for a while"
    with outside.database.read() as reader:
        setting = weather_setting(reader, scope)
    assert setting["on"] and setting["days"] == 0 and "Open-Meteo" in str(setting["reason"])
    assert of(outside, scope, activity)["reason"] == setting["reason"]
    strikes.times = 0
    provider.asked.clear()  # what was cut off on the way has to be asked again
    later = replace(outside, clock=lambda: NOW + DAY_MS)
    assert athletes_due(later) == [scope.athlete_id]
    assert ask_weather(later, scope.athlete_id) == 1
    assert of(later, scope, activity)["state"] == "there"


def test_our_own_limit_is_waited_out_and_is_no_failure(
    outside: Context, scope: Scope, decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("homestretch.net.open_meteo.LIMITS", Limits(windows=((DAY_S, 1),), pause_s=0.0))
    ridden(outside, scope, decoders, 1, 20)
    switch_on(outside, scope)
    assert ask_weather(outside, scope.athlete_id) == 1
    with outside.database.read() as reader:
        setting, choice = weather_setting(reader, scope), choice_of(reader, scope.athlete_id)
    assert setting["reason"] is None and choice is not None and choice.failures == 0
    assert choice.retry_at_ms is not None and NOW < choice.retry_at_ms <= NOW + 1000 * DAY_S
    assert athletes_due(outside) == []
    assert athletes_due(replace(outside, clock=lambda: NOW + DAY_MS)) == [scope.athlete_id]


def test_what_the_provider_knows_nothing_of_is_not_asked_again(
    outside: Context, scope: Scope, decoders: Decoders, provider: FakeOpenMeteo
) -> None:
    """Its archive begins in 1940 and so do we; a refusal of one place must not keep others waiting."""
    (activity,) = ridden(outside, scope, decoders, 1)
    switch_on(outside, scope)
    provider.today = date(1950, 1, 1)
    assert ask_weather(outside, scope.athlete_id) == 1
    assert of(outside, scope, activity) == {"state": "none", "weather": None, "reason": None}
    assert athletes_due(outside) == []


def test_nothing_is_asked_about_what_was_done_indoors(
    outside: Context, scope: Scope, decoders: Decoders, provider: FakeOpenMeteo
) -> None:
    take_in(outside, scope, decoders, {"pool.fit": encode(golden.pool_swim()), "gym.fit": encode(golden.strength())})
    settled(outside, scope, decoders)
    switch_on(outside, scope)
    assert ask_weather(outside, scope.athlete_id) == 0
    assert {of(outside, scope, one["id"])["state"] for one in listed(outside, scope)} == {"none"}


def test_questions_are_few_and_never_of_what_is_not_over() -> None:
    here, there = Spot(602, 249), Spot(481, 116)

    def outing(spot: Spot, ago: float) -> Outing:
        start = NOW - int(ago * DAY_MS)
        return Outing(spot, start, start + 3_600_000)

    days = [outing(here, ago) for ago in (0.01, 0.2, 3, 10, 12, 30)] + [outing(there, 11)]
    found = list(questions(days, {}, NOW))
    assert [(one.spot, len(one.days)) for one in found] == [(here, 2), (here, 2), (here, 1), (there, 1)]
    asked = {(one.spot, day.isoformat()): NOW for one in found for day in one.days}
    assert list(questions(days, asked, NOW)) == []
    early = {**asked, (here, TODAY.isoformat()): NOW - DAY_MS // 2}
    assert list(questions(days, early, NOW)) == [Question(here, [TODAY])], "asked before it was over, asked once more"
    assert list(questions([Outing(here, 0, 10**15), Outing(here, -(10**13), 0)], {}, NOW)) == []
    assert TODAY - timedelta(days=3) in found[0].days
