"""Days sent to a real VictoriaMetrics: what is there equals what we hold, whatever happens in between."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from homestretch.flow.runtime.context import Context
from homestretch.flow.sinks import sinks as flow
from homestretch.flow.sinks.push import check_named, due_sinks, push_named
from homestretch.model.health.night import Night
from homestretch.net.deliver import Delivery
from homestretch.sinks import victoriametrics
from homestretch.store.queries.sinks import sinks_of
from homestretch.store.scope import Scope
from tests.flow.sinks.days import NOON_MS, at_home, at_noon, before, put, years
from tests.others import free_port, victoria_metrics
from tests.views.health import days as reports


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A VictoriaMetrics for all tests of this module; each has a user label of its own."""
    with victoria_metrics(tmp_path_factory.mktemp("vm")) as url:
        yield url


@pytest.fixture
def noon(sqlite_context: Context, scope: Scope) -> Context:
    at_home(sqlite_context, scope)
    return at_noon(sqlite_context)


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    return str(request.node.name)


def stored(server: str, match: str) -> dict[str, list[tuple[int, float]]]:
    """Return what the server holds, by the name of the series and its labels but the user."""
    url = f"{server}/api/v1/export?{urlencode({'match[]': match, 'start': 0, 'end': 4e9})}"
    rows: dict[str, list[tuple[int, float]]] = {}
    urlopen(f"{server}/internal/force_flush").close()
    with urlopen(url) as reply:
        for line in reply.read().splitlines():
            one: dict[str, Any] = json.loads(line)
            labels = {key: text for key, text in sorted(one["metric"].items()) if key not in ("__name__", "user")}
            name = f"{one['metric']['__name__']} {labels}"
            rows[name] = sorted(zip(one["timestamps"], one["values"], strict=True))
    return rows


def add(context: Context, scope: Scope, server: str, user: str, **more: Any) -> None:
    settings = {"url": server, **more.pop("settings", {})}
    flow.add(context, scope, flow.NewSink("victoriametrics", settings, user=user, **more))


def pushed(context: Context, scope: Scope) -> int:
    (done,) = push_named(context, scope, None)
    assert done["error"] is None
    return done["samples"]


def equal(context: Context, scope: Scope) -> tuple[int, int]:
    """Return the samples on both sides, which are the same."""
    (check,) = check_named(context, scope, None)
    assert check["differences"] == [] and check["equal"]
    assert check["ours"] is not None and check["there"] is not None
    return check["ours"], check["there"]


def test_ten_years_and_a_corrected_day(noon: Context, scope: Scope, server: str, user: str) -> None:
    days = years(10)
    put(noon, scope, days)
    add(noon, scope, server, user)
    assert due_sinks(noon) != []
    assert pushed(noon, scope) == 3 * len(days)
    assert equal(noon, scope) == (3 * len(days), 3 * len(days))
    assert due_sinks(noon) == [] and pushed(noon, scope) == 0

    put(noon, scope, {before(700): {"steps": 1.0, "resting_heart_rate_bpm": 50.0}})
    assert due_sinks(noon) != []
    pushed(noon, scope)
    assert equal(noon, scope) == (3 * len(days) - 1, 3 * len(days) - 1)
    steps = stored(server, f'homestretch_steps{{user="{user}"}}')
    (rows,) = steps.values()
    assert len(rows) == len(days) and sum(value == 1.0 for _, value in rows) == 1


def test_names_units_and_stamps(noon: Context, scope: Scope, server: str, user: str) -> None:
    night = Night(day=before(1), device="", start_ms=NOON_MS, end_ms=NOON_MS, asleep_s=27_000.0, deep_s=3600.0)
    values = {"steps": 0.0, "spo2_avg_pct": 96.0, "weight_kg": 70.5, "sleep_s": 27_000.0, "felt_mood": 1.0}
    put(noon, scope, {before(1): values}, nights=[night])
    add(noon, scope, server, user)
    pushed(noon, scope)
    rows = stored(server, f'{{user="{user}"}}')
    of = "'device': '4711', 'source': 'fit'"
    midnight = 1_795_734_000_000  # 2026-11-27 00:00 in Berlin
    assert rows == {
        f"homestretch_steps {{{of}}}": [(midnight, 0.0)],
        f"homestretch_spo2_avg_ratio {{{of}}}": [(midnight, 0.96)],
        f"homestretch_weight_kilograms {{{of}}}": [(midnight, 70.5)],
        f"homestretch_sleep_seconds {{{of}, 'stage': 'asleep'}}": [(midnight, 27_000.0)],
        f"homestretch_sleep_seconds {{{of}, 'stage': 'deep'}}": [(midnight, 3600.0)],
    }


def test_a_private_kind_goes_only_where_it_is_named(noon: Context, scope: Scope, server: str, user: str) -> None:
    put(noon, scope, {before(1): {"steps": 10.0, "felt_mood": 2.0}})
    add(noon, scope, server, user, kinds=["felt_mood"])
    assert pushed(noon, scope) == 1
    assert list(stored(server, f'{{user="{user}"}}')) == ["homestretch_felt_mood {'device': '4711', 'source': 'fit'}"]


def test_another_source_leaves_no_sample_of_the_first(noon: Context, scope: Scope, server: str, user: str) -> None:
    put(noon, scope, {before(n): {"steps": 100.0 + n} for n in range(1, 60)})
    add(noon, scope, server, user)
    pushed(noon, scope)
    put(noon, scope, {before(5): {"steps": 7.0}}, source="garmin")
    pushed(noon, scope)
    assert equal(noon, scope) == (59, 59)
    put(noon, scope, {before(7): {}})
    pushed(noon, scope)
    assert equal(noon, scope) == (58, 58)


def test_what_others_wrote_stays(noon: Context, scope: Scope, server: str, user: str) -> None:
    other = Delivery("VictoriaMetrics", server, reach="private")
    line = f'homestretch_steps{{user="{user}"}} 5 1700000000000'
    other.ask("POST", "/api/v1/import/prometheus", content=line.encode())
    put(noon, scope, {before(1): {"steps": 10.0}})
    add(noon, scope, server, user)
    pushed(noon, scope)
    put(noon, scope, {before(1): {"steps": 11.0}})
    pushed(noon, scope)
    assert equal(noon, scope) == (1, 1)
    assert stored(server, f'homestretch_steps{{user="{user}",source=""}}') == {
        "homestretch_steps {}": [(1_700_000_000_000, 5.0)]
    }


def test_today_is_left_out_until_it_is_over(noon: Context, scope: Scope, server: str, user: str) -> None:
    put(noon, scope, {before(0): {"steps": 10.0}})
    add(noon, scope, server, user)
    assert pushed(noon, scope) == 0 and due_sinks(noon) == []
    tomorrow = at_noon(noon, 1)
    assert due_sinks(tomorrow) != [] and pushed(tomorrow, scope) == 1
    assert equal(tomorrow, scope) == (1, 1)


def test_today_so_far_has_a_series_of_its_own(noon: Context, scope: Scope, server: str, user: str) -> None:
    put(noon, scope, {before(0): {"steps": 10.0}})
    add(noon, scope, server, user, settings={"include_today": "true"})
    assert pushed(noon, scope) == 1 and pushed(noon, scope) == 0
    (rows,) = stored(server, f'homestretch_steps_today{{user="{user}"}}').values()
    assert rows == [(NOON_MS, 10.0)]


def test_what_was_measured_through_the_day_goes_out_once(noon: Context, scope: Scope, server: str, user: str) -> None:
    reports.put(noon, scope, "fit", reports.heart_rates(before(1), [50.0, 51.0, 52.0], device="4711"))
    add(noon, scope, server, user, kinds=["heart_rate_bpm"], settings={"intraday": "true"})
    pushed(noon, scope)
    (rows,) = stored(server, f'homestretch_heart_rate_bpm_sample{{user="{user}"}}').values()
    begin = reports.start_ms(before(1))
    assert rows == [(begin + 2 * n * reports.MIN, 50.0 + n) for n in range(3)]
    put(noon, scope, {before(2): {"steps": 1.0}})
    assert pushed(noon, scope) == 0


def test_a_yesterday_that_devices_have_not_ended_waits_for_them(
    noon: Context, scope: Scope, server: str, user: str
) -> None:
    morning = reports.start_ms(before(1)) + 9 * reports.HOUR
    reports.put(noon, scope, "fit", reports.values("steps", {before(1): 500.0}), original="a", said_ms=morning)
    add(noon, scope, server, user)
    assert pushed(noon, scope) == 0 and due_sinks(noon) == []
    night = reports.start_ms(before(0)) + 6 * reports.HOUR
    reports.put(noon, scope, "fit", reports.values("steps", {before(1): 9000.0}), original="b", said_ms=night)
    assert pushed(noon, scope) == 1
    (rows,) = stored(server, f'homestretch_steps{{user="{user}"}}').values()
    assert [value for _, value in rows] == [9000.0]


def test_syncbit_s_series_are_continued_and_never_deleted(noon: Context, scope: Scope, server: str, user: str) -> None:
    old = f'fitbit_steps_total{{user="{user}",device="charge6"}} 5 1700000000000'
    Delivery("VictoriaMetrics", server, reach="private").ask("POST", "/api/v1/import/prometheus", content=old.encode())
    put(noon, scope, {before(1): {"steps": 10.0, "sedentary_s": 3600.0, "stress_avg": 30.0}})
    add(noon, scope, server, user, settings={"names": "syncbit"})
    assert pushed(noon, scope) == 2 and pushed(noon, scope) == 0
    put(noon, scope, {before(1): {"steps": 12.0}})
    pushed(noon, scope)
    rows = stored(server, f'{{user="{user}"}}')
    assert [value for _, value in rows["fitbit_steps_total {'device': 'charge6'}"]] == [5.0, 10.0, 12.0]
    minutes = "fitbit_active_minutes {'device': 'charge6', 'type': 'sedentary'}"
    assert [value for _, value in rows[minutes]] == [60.0]


def test_a_push_that_is_cut_short_goes_on_without_doubling(
    noon: Context, scope: Scope, server: str, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The batch arrives, and its answer does not: what came of it is found out before anything is sent again."""
    days = years(3)
    put(noon, scope, days)
    add(noon, scope, server, user)
    with cut_after(monkeypatch, "/api/v1/import/prometheus", 2):
        (failed,) = push_named(noon, scope, None)
    assert failed["error"] is not None and "ReadTimeout" in failed["error"]
    pushed(noon, scope)
    assert equal(noon, scope) == (3 * len(days), 3 * len(days))


def test_a_replacement_that_is_cut_short_loses_nothing(
    noon: Context, scope: Scope, server: str, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = years(3)
    put(noon, scope, days)
    add(noon, scope, server, user)
    pushed(noon, scope)
    put(noon, scope, {before(400): {"steps": 1.0}})
    with cut_after(monkeypatch, "/api/v1/admin/tsdb/delete_series", 1):
        (failed,) = push_named(noon, scope, None)
    assert failed["error"] is not None
    pushed(noon, scope)
    assert equal(noon, scope) == (3 * len(days) - 2, 3 * len(days) - 2)


def cut_after(monkeypatch: pytest.MonkeyPatch, path: str, times: int) -> "Cut":
    return Cut(monkeypatch, path, times)


class Cut:
    """During the block the answer to the n-th request of a path is lost, after it did its work."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, path: str, times: int) -> None:
        self.monkeypatch, self.path, self.left = monkeypatch, path, times
        self.ask: Callable[..., Any] = Delivery.ask

    def __enter__(self) -> None:
        from homestretch.net.budget import Unreachable

        def asked(delivery: Delivery, method: str, path: str, **how: Any) -> Any:
            reply = self.ask(delivery, method, path, **how)
            self.left -= path == self.path
            if path == self.path and self.left == 0:
                raise Unreachable(name="VictoriaMetrics", reason="ReadTimeout")
            return reply

        self.monkeypatch.setattr(Delivery, "ask", asked)

    def __exit__(self, *_: object) -> None:
        self.monkeypatch.setattr(Delivery, "ask", self.ask)


def test_a_server_that_was_down_for_a_day_gets_everything_once(
    noon: Context, scope: Scope, user: str, tmp_path: Path
) -> None:
    put(noon, scope, {before(n): {"steps": 100.0 + n} for n in range(1, 40)})
    port = free_port()
    add(noon, scope, f"http://127.0.0.1:{port}", user)
    for failures in (1, 2, 3):
        (failed,) = push_named(noon, scope, None)
        assert failed["error"] is not None and "can't be reached" in failed["error"]
        with noon.database.read() as reader:
            (row,) = sinks_of(reader, scope.athlete_id)
        assert (row.state, row.failures) == ("backed_off", failures)
        assert row.retry_at_ms == NOON_MS + 60_000 * 2 ** (failures - 1) and due_sinks(noon) == []
    tomorrow = at_noon(noon, 1)
    put(tomorrow, scope, {before(0): {"steps": 5.0}})
    assert due_sinks(tomorrow) != []
    with victoria_metrics(tmp_path / "vm", port=port):
        assert pushed(tomorrow, scope) == 40
        assert equal(tomorrow, scope) == (40, 40)


def test_a_retention_that_is_too_short_says_so(noon: Context, scope: Scope, user: str, tmp_path: Path) -> None:
    put(noon, scope, years(3))
    with victoria_metrics(tmp_path / "vm", retention="1") as url:
        add(noon, scope, url, user)
        (failed,) = push_named(noon, scope, None)
        assert failed["error"] is not None and "-retentionPeriod=100y" in failed["error"]
        with noon.database.read() as reader:
            (row,) = sinks_of(reader, scope.athlete_id)
        assert row.state == "stopped" and due_sinks(noon) == []
        assert stored(url, f'{{user="{user}"}}') == {}


def test_a_password_is_kept_encrypted_and_a_refusal_is_shown(
    noon: Context, scope: Scope, user: str, tmp_path: Path
) -> None:
    put(noon, scope, {before(1): {"steps": 10.0}})
    options = ("-httpAuth.username=anna", "-httpAuth.password=secret words")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with victoria_metrics(tmp_path / "vm", *options, port=port):
        add(noon, scope, url, user, settings={"username": "anna"}, password="wrong")
        (refused,) = push_named(noon, scope, None)
        assert refused["error"] is not None and "(401)" in refused["error"]
        with noon.database.read() as reader:
            (row,) = sinks_of(reader, scope.athlete_id)
        assert row.state == "stopped" and row.secret is not None and "wrong" not in row.secret
        flow.change(noon, scope, row.public_id, flow.SinkChange(password="secret words"))
        assert pushed(noon, scope) == 1
        assert equal(noon, scope) == (1, 1)


def test_pushes_of_one_sink_wait_for_each_other(noon: Context, scope: Scope, server: str, user: str) -> None:
    put(noon, scope, {before(n): {"steps": 100.0 + n} for n in range(1, 40)})
    add(noon, scope, server, user)
    threads = [threading.Thread(target=push_named, args=(noon, scope, None)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert equal(noon, scope) == (39, 39)


def test_a_sample_that_went_missing_there_is_noticed_and_sent_again(
    noon: Context, scope: Scope, server: str, user: str
) -> None:
    put(noon, scope, {before(n): {"steps": 100.0 + n} for n in range(1, 40)})
    add(noon, scope, server, user)
    pushed(noon, scope)
    Delivery("VictoriaMetrics", server, reach="private").ask("GET", "/internal/force_flush")
    match = {"match[]": f'homestretch_steps{{user="{user}"}}'}
    Delivery("VictoriaMetrics", server, reach="private").ask("POST", "/api/v1/admin/tsdb/delete_series", data=match)
    (check,) = check_named(noon, scope, None)
    assert check["equal"] is False and [row["missing"] for row in check["differences"]] == [39]
    (done,) = push_named(noon, scope, None, date.fromisoformat(before(39)))
    assert done["samples"] == 39
    assert equal(noon, scope) == (39, 39)


def test_rows_that_the_server_ignored_are_counted(
    noon: Context, scope: Scope, server: str, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(noon, scope, {before(1): {"steps": 10.0}})
    counts = iter(({}, {"big_timestamp": 3}))
    monkeypatch.setattr(victoriametrics.VictoriaMetrics, "_ignored", lambda _: next(counts))
    add(noon, scope, server, user)
    (done,) = push_named(noon, scope, None)
    assert done["notes"] == ["VictoriaMetrics ignored 3 rows (big_timestamp)."]
