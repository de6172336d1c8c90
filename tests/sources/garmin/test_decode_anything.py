"""Whatever Garmin answers, the decoder takes it and says what was strange."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.sources.garmin.decode import KINDS, decode
from tests.sources.garmin.days import (
    WHOLE,
    read,
    sound,
)


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("nothing", [b"", b" \n", b"null", b"{}", b"[]", b"[null]"])
def test_an_empty_answer_says_nothing(kind: str, nothing: bytes) -> None:
    found = decode(kind, nothing)
    assert (found.measurements, found.series, found.nights, found.notes) == ((), (), (), ())


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("bad", [b"<html>", b"{", b"\xff", b"NaN", b"[" * 5000])
def test_no_json_is_unreadable(kind: str, bad: bytes) -> None:
    assert decode(kind, bad).notes == ("unreadable",)


def test_an_unknown_kind_says_so() -> None:
    assert decode("horoscope", b"{}").notes == ("unknown_kind",)


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("strange", [3, "text", True, [1], ["x", None]])
def test_another_shape_is_noted(kind: str, strange: Any) -> None:
    found = read(kind, strange)
    assert found.notes == (f"unexpected:{kind}",)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.sampled_from(["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999-23:59"])
    | st.sampled_from(["2026-02-31", "2026-W01-1", "1e999", "NaN"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def spoiled(body: Any, data: st.DataObject) -> Any:
    """The body with one of its parts, however deep, replaced by anything."""
    if data.draw(st.integers(0, 3)) and isinstance(body, dict | list) and body:
        keys: list[Any] = list(body) if isinstance(body, dict) else list(range(len(body)))
        key = data.draw(st.sampled_from(keys))
        changed = body.copy()
        changed[key] = spoiled(body[key], data)
        return changed
    return data.draw(ANYTHING)


def test_every_kind_has_a_whole_answer_here() -> None:
    assert WHOLE.keys() == KINDS.keys()
    for kind, body in WHOLE.items():
        found = read(kind, body)
        assert found.notes == () and (found.measurements or found.series or found.spans or found.nights), kind
        sound(found)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(KINDS)), ANYTHING)
def test_any_json_is_taken(kind: str, body: Any) -> None:
    sound(decode(kind, orjson.dumps(body)))


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.data())
def test_an_answer_with_anything_in_it_is_taken(kind: str, data: st.DataObject) -> None:
    sound(decode(kind, orjson.dumps(spoiled(WHOLE[kind], data))))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.data())
def test_any_bytes_are_taken(kind: str, data: st.DataObject) -> None:
    whole = json.dumps(WHOLE[kind]).encode()
    cut = whole[: data.draw(st.integers(0, len(whole)))] + data.draw(st.binary(max_size=8))
    sound(decode(kind, cut))
