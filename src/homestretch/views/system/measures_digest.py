"""What was computed of activities as lines of a digest: keys and rounded values, never the numbers of rows."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from sqlalchemy import Row, Table, select

from homestretch.analysis.geo.routes import Signature
from homestretch.analysis.measure import curve
from homestretch.analysis.measure.metric import by_number
from homestretch.store.codecs.cells import unpack_cells
from homestretch.store.codecs.counts import unpack_counts
from homestretch.store.database import Reader
from homestretch.store.tables.derived import (
    bests,
    cells,
    curves,
    efforts,
    estimates,
    heat_classes,
    heat_tiles,
    measures,
    metrics,
    route_bands,
    route_members,
    tracks,
)
from homestretch.store.tables.kept import segments

DECIMALS = 6


def measures_lines(reader: Reader, names: Mapping[int, str]) -> Iterator[str]:
    """Yield a line for each thing that was computed; `names` are what activities are called by their numbers."""
    known = {row.id: row.public_id for row in reader.rows(select(segments.c.id, segments.c.public_id))}
    for kind, lines in (
        ("measure", _measures(reader)),
        ("metric", _metrics(reader)),
        ("curve", _curves(reader)),
        ("best", _bests(reader)),
        ("cell", _cells(reader)),
        ("track", _tracks(reader)),
        ("effort", _efforts(reader, known)),
        ("member", _members(reader, names)),
        ("band", _bands(reader)),
    ):
        for activity_id, values in lines:
            yield line(kind, {"of": called(names, activity_id), **values})
    yield from _estimates(reader)
    yield from _heat(reader, names)


def called(names: Mapping[int, str], activity_id: int) -> str:
    """Return what an activity is called; one that is no more should have left nothing."""
    return names.get(activity_id, f"left behind {activity_id}")


def line(kind: str, values: Mapping[str, Any]) -> str:
    """Return one line of a digest."""
    return kind + json.dumps(rounded(values), sort_keys=True)


def rounded(value: Any) -> Any:
    """Return a document with its floats rounded to DECIMALS."""
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, dict):
        return {key: rounded(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(held) for held in value]
    return value


type Lines = Iterator[tuple[int, dict[str, Any]]]


def _measures(reader: Reader) -> Lines:
    for row in reader.rows(select(measures)):
        names = ("expected", "computed", "stale", "profile", "reasons", "found", "zones")
        yield row.activity_id, {name: getattr(row, name) for name in names}


def _metrics(reader: Reader) -> Lines:
    known = by_number()
    for activity_id, rows in _grouped(reader, metrics):
        values: dict[str, float] = {}
        for row in rows:
            metric = known.get(row.metric)
            key, decimals = (str(row.metric), DECIMALS) if metric is None else (metric.key, metric.decimals)
            values[key] = round(row.value, decimals)
        yield activity_id, values


def _curves(reader: Reader) -> Lines:
    for row in reader.rows(select(curves)):
        lengths, values, starts = curve.unpack(row.blob)
        yield row.activity_id, {"kind": row.kind, "points": _hash(lengths, np.round(values, DECIMALS), starts)}


def _bests(reader: Reader) -> Lines:
    for activity_id, rows in _grouped(reader, bests):
        values = [[getattr(row, "class"), row.kind, row.size, row.goodness, row.start_s, row.start_ms] for row in rows]
        yield activity_id, {"bests": sorted(rounded(values))}


def _cells(reader: Reader) -> Lines:
    for activity_id, rows in _grouped(reader, cells):
        yield activity_id, {"cells": sorted(row.cell for row in rows)}


def _tracks(reader: Reader) -> Lines:
    for row in reader.rows(select(tracks)):
        held = Signature.from_bytes(row.signature)
        values = {name: getattr(row, name) for name in ("south", "west", "north", "east", "length_m", "routed")}
        places = np.round(np.concatenate((held.points, held.line)), DECIMALS)
        yield row.activity_id, {**values, "cells": _hash(unpack_cells(row.cells)), "shape": _hash(places, held.minhash)}


def _efforts(reader: Reader, known: Mapping[int, str]) -> Lines:
    for row in reader.rows(select(efforts)):
        names = ("start_s", "elapsed_s", "avg_power_w", "avg_hr_bpm", "deviation_m")
        values = {name: getattr(row, name) for name in names}
        yield row.activity_id, {"segment": known.get(row.segment_id), **values}


def _members(reader: Reader, names: Mapping[int, str]) -> Lines:
    for row in reader.rows(select(route_members)):
        yield row.activity_id, {"route": called(names, row.route_id), "direction": row.direction}


def _bands(reader: Reader) -> Lines:
    for row in reader.rows(select(route_bands)):
        yield row.route_id, {"band": row.band}


def _estimates(reader: Reader) -> Iterator[str]:
    for row in reader.rows(select(estimates)):
        yield line("estimate", row._asdict())


def _heat(reader: Reader, names: Mapping[int, str]) -> Iterator[str]:
    for row in reader.rows(select(heat_classes)):
        drawn = {called(names, int(one)): made for one, made in row.drawn.items()}
        yield line("drawn", {"athlete": row.athlete_id, "class": getattr(row, "class"), "drawn": drawn})
    for row in reader.rows(select(heat_tiles)):
        where = {name: getattr(row, name) for name in ("athlete_id", "class", "zoom", "x", "y")}
        yield line("heat", {**where, "counts": _hash(*unpack_counts(row.counts))})


def _grouped(reader: Reader, table: Table) -> Iterator[tuple[int, list[Row[Any]]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in reader.rows(select(table)):
        found[row.activity_id].append(row)
    yield from found.items()


def _hash(*arrays: np.ndarray) -> str:
    made = hashlib.blake2b(digest_size=12)
    for one in arrays:
        made.update(np.ascontiguousarray(one).tobytes())
    return made.hexdigest()
