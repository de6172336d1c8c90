"""Recordings as they are stored, put together again; what decodes reads them without a database."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from homestretch.model.moment import Moment
from homestretch.model.recording import Device, Event, ExerciseSet, Lap, Length, Pause, Recording
from homestretch.model.sport import Sport
from homestretch.store.codecs import streams as codec
from homestretch.store.codecs.details import unpack_detail

if TYPE_CHECKING:
    from sqlalchemy import Row


def recording_of(
    summary: Mapping[str, Any], packed: bytes, blob: bytes, span: tuple[int, int], keys: Iterable[str] | None = None
) -> Recording:
    """Return a recording from its row and streams, with the channels named (None: all); `span` is start and end in ms.

    Laps and events stay in the details: their figures are computed when the file is decoded.
    """
    detail = unpack_detail(packed)
    time_ms, channels = codec.unpack(blob, keys)
    start_ms, end_ms = span
    by_ms = start_ms - summary.get("start_ms", start_ms)  # what a person moved it by
    if by_ms:
        time_ms = time_ms + by_ms
        detail |= {part: [_moved(one, by_ms) for one in detail[part]] for part in ("lengths", "sets", "pauses")}
    return Recording(
        session=summary["session"],
        sport=Sport(summary["sport"], summary["sub_sport"]),
        start=Moment(start_ms),
        end_ms=end_ms,
        time_ms=time_ms,
        channels=channels,
        lengths=tuple(Length(**one) for one in detail["lengths"]),
        sets=tuple(ExerciseSet(**one) for one in detail["sets"]),
        pauses=tuple(Pause(**one) for one in detail["pauses"]),
        devices=tuple(Device(**one) for one in detail["devices"]),
        totals=detail["totals"],
        name=summary["name"],
        description=summary["description"],
        pool_length_m=detail["pool_length_m"],
    )


def _moved(part: Mapping[str, Any], by_ms: int) -> dict[str, Any]:
    return {name: value + by_ms if name in ("start_ms", "end_ms") else value for name, value in part.items()}


def recording_in(row: "Row[Any]", keys: Iterable[str] | None = None) -> Recording:
    """Return the recording in a row of `recordings` with its `blob`, with the channels named (None: all)."""
    return recording_of(row.summary, row.detail, row.blob, (row.start_ms, row.end_ms), keys)


def whole_recording_in(row: "Row[Any]", keys: Iterable[str] | None = None) -> Recording:
    """Return the recording in a row as `recording_in` does, with its laps and events too."""
    detail = unpack_detail(row.detail)
    by_ms = row.start_ms - row.summary.get("start_ms", row.start_ms)
    return replace(
        recording_in(row, keys),
        laps=tuple(_lap(one, row.start_ms) for one in detail["laps"]),
        events=tuple(Event(**{**one, "at_ms": one["at_ms"] + by_ms}) for one in detail["events"]),
    )


def _lap(lap: Mapping[str, Any], start_ms: int) -> Lap:
    at_ms = start_ms + round(1000 * lap["start_s"])
    return Lap(
        start_ms=at_ms,
        end_ms=at_ms + round(1000 * lap["elapsed_s"]),
        elapsed_s=lap["elapsed_s"],
        timer_s=lap["timer_s"],
        distance_m=lap["distance_m"],
        trigger=lap["trigger"],
        totals=lap["totals"],
        label=lap.get("label"),
    )
