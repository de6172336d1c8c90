"""What every provider keeps to, whichever it is: described whole, loaded late, read without fear."""

import dataclasses
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.flow.runtime.schedule import next_times
from homestretch.flow.sync.answers import checked, effective
from homestretch.flow.sync.answers import given as answered
from homestretch.model.health.measurement import Wellness
from homestretch.model.terms import Terms
from homestretch.net.budget import Limits
from homestretch.net.field import Field
from homestretch.registry import load
from homestretch.sources.base import Kind, RemoteAccount, Source
from homestretch.sources.registry import sources
from tests.conftest import ROOT

SOURCES = sources()
HOME = ROOT / "src" / "homestretch" / "sources"
KEY = re.compile(r"[a-z][a-z0-9_]*")
#: What a field of each kind may be told.
SAID = {
    "text": "a word", "password": "a word", "code": "123456", "long": "{}", "switch": "yes", "number": "1",
    "day": "2026-02-28", "path": "/srv/activities",
}  # fmt: skip


@pytest.fixture(params=sorted(SOURCES))
def source(request: pytest.FixtureRequest) -> Source:
    """Each provider in turn."""
    return SOURCES[request.param]


def _fields(source: Source) -> list[Field]:
    return [*source.settings, *(field for way in source.auth_methods for field in way.fields)]


def test_every_folder_is_a_source_under_its_own_name() -> None:
    folders = {place.parent.name for place in HOME.glob("*/source.py")}
    assert folders == set(SOURCES) and len(folders) >= 1
    for folder in folders:
        assert (HOME / folder / "decode.py").is_file()


def test_keys_are_plain_and_unique(source: Source) -> None:
    all_of_them: list[Sequence[Any]] = [
        source.auth_methods,
        source.kinds,
        source.settings,
        *(w.fields for w in source.auth_methods),
    ]
    for several in all_of_them:
        keys = [one.key for one in several]
        assert len(keys) == len(set(keys))
        assert all(KEY.fullmatch(key) for key in keys)
        assert all(one.title.strip() for one in several)
    assert KEY.fullmatch(source.key) and source.name and source.kinds
    assert bool(source.auth_methods) == (source.auth != "push")


def test_fields_are_whole(source: Source) -> None:
    for field in _fields(source):
        assert (field.kind == "choice") == bool(field.choices)
        assert field.kind != "choice" or field.default in [value for value, _ in field.choices]
        assert field.kind == "number" or (field.least is None and field.most is None)
        assert field.least is None or field.most is None or field.least < field.most
        assert not (field.required and field.default is not None), "who must say it needs no default"
        assert field.variable is None or field.variable.startswith(source.key.upper())
    secret = {field.key for way in source.auth_methods for field in way.fields if field.kind in ("password", "code")}
    assert not secret & {field.key for field in source.settings}, "a setting is shown, a secret is not"


def test_defaults_pass_their_own_checks(source: Source) -> None:
    defaults = effective(source.settings, {})
    known = {key: value for key, value in defaults.items() if value is not None}
    assert checked(source.settings, known) == known
    for way in source.auth_methods:
        said = {one.key: SAID[one.kind] for one in way.fields if one.required}
        assert said.items() <= answered(way.fields, said, "http://home").items()


def test_numbers_keep_within_their_bounds(source: Source) -> None:
    from homestretch.errors import BadRequest

    for field in source.settings:
        if field.kind == "number":
            for bound, beyond in ((field.least, -1), (field.most, 1)):
                if bound is not None:
                    assert checked([field], {field.key: bound}) == {field.key: bound}
                    with pytest.raises(BadRequest):
                        checked([field], {field.key: bound + beyond})


def test_kinds_are_sensible(source: Source) -> None:
    switches = {field.key for field in source.settings if field.kind == "switch"}
    assert sum(kind.span == "activity" for kind in source.kinds) == (source.auth != "push")
    for kind in source.kinds:
        assert kind.switch in {"", *switches}
        assert source.kind(kind.key) is kind
    assert source.kind("horoscope") is None
    assert switches <= {kind.switch for kind in source.kinds}, "a switch that switches nothing"


def test_the_schedule_is_one(source: Source) -> None:
    now = 1_795_000_000_000
    for remote_account in (RemoteAccount("far"), RemoteAccount("near", here=True)):
        least = source.least_ms(dataclasses.asdict(remote_account))
        first, second = next_times(source.first_schedule(remote_account), "Europe/Helsinki", now, 2, least)
        assert now < first < second and second - first >= least >= 60_000
    assert source.least_ms({}) >= 15 * 60_000 or not any(way.key != "path" for way in source.auth_methods), (
        "a network is asked"
    )


def test_a_source_is_somewhere(source: Source) -> None:
    assert source.home.startswith("https://") or (source.home == "" and source.auth in ("folder", "push"))


@pytest.mark.parametrize(
    ("description", "wrong"),
    [(Limits, {"pause_s": -1.0}), (Limits, {"step_days": 0}), (Limits, {"windows": ((0, 10),)}),
     (Terms, {"keep_days": 0}), (Terms, {"may_show": False}), (Kind, {"block_days": 0})],
)  # fmt: skip
def test_a_description_that_makes_no_sense_is_refused(description: Any, wrong: dict[str, Any]) -> None:
    named = {"key": "days", "title": "Days", "span": "block"} if description is Kind else {}
    assert description(**named)
    with pytest.raises(ValueError, match=next(iter(wrong))):
        description(**named, **wrong)


def test_the_description_loads_no_library() -> None:
    """Nor do all descriptions together: a server that syncs nothing does without."""
    code = "import sys, homestretch.sources.registry as s\nassert s.sources()\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & {"garminconnect", "curl_cffi", "requests", "httpx", "sqlalchemy", "orjson", "openpyxl"}


_JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(payload=_JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=20))
def test_decoding_never_raises(payload: bytes) -> None:
    for source in SOURCES.values():
        for one in ["horoscope", *(known.key for known in source.kinds)]:
            assert isinstance(source.decode(one, payload), Wellness)


def test_decoders_have_a_version_and_know_their_kinds(source: Source) -> None:
    name, _, version = source.version.partition(":")
    assert name == source.key and int(version) >= 1
    decoder = source._decoder()
    days = {kind.key for kind in source.kinds if kind.span in ("day", "block")}
    files = {"wellness"}
    assert days - files <= set(decoder.KINDS), "asked for, and then not read"


def test_what_can_be_changed_has_something_that_does_it(source: Source) -> None:
    there = (HOME / source.key / "write.py").is_file()
    assert there == bool(source.writes)
    assert set(source.writes) <= {"name", "description", "gear", "sport", "link", "upload", "messages", "session"}
    if there:
        module = load("homestretch.sources", f"{source.key}.write")
        assert callable(module.write) and callable(module.follow)


def test_who_sends_messages_has_something_that_knows_them(source: Source) -> None:
    assert (HOME / source.key / "webhook.py").is_file() == source.webhooks
