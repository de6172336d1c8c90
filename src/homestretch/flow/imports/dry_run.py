"""An import that leaves no trace: reports what would be new, duplicate or unreadable."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from homestretch.archive.members import Limits
from homestretch.flow.derive.decode.decode_original import DecodeTask
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.imports.ingest import status_of
from homestretch.flow.imports.work_stream import AlreadyHave, Input, Result, works
from homestretch.flow.runtime.context import Context
from homestretch.model.documents.imports import Reported
from homestretch.model.notes import noted


def dry_run(context: Context, athlete_id: int, files: Sequence[tuple[str, Path]], decoders: Decoders) -> list[Reported]:
    """Return what importing the files (name, place) would make of each, without keeping anything."""
    with context.database.read() as reader:
        known = replace(AlreadyHave.of(reader, athlete_id), person=None)
    results: list[Result] = []
    for _, work, prepared in decoders.each(context.archive, _works(files, known, results)):
        waited = known.arrived(work)
        if not waited:
            continue
        first, *others = waited
        results.append(Result(first[0], first[1], *status_of(prepared)))
        results += [Result(source, path, "duplicate") for source, path in others]
    found: list[Reported] = [
        {"path": r.path, "status": r.status, "activities": [], "notes": noted(r.notes)} for r in results
    ]
    return sorted(found, key=lambda item: item["path"])


def _works(
    files: Sequence[tuple[str, Path]], known: AlreadyHave, results: list[Result]
) -> Iterator[tuple[None, DecodeTask]]:
    for number, (name, place) in enumerate(files):
        source = Input(number, 0, name, place, staged=False)
        for work in works(source, known, set, Limits(), results.append):
            yield None, replace(work, keep=False)
