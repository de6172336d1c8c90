"""Imports and rebuilds in this process, from originals that are decoded once: for tests that do so a hundred times."""

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from homestretch.archive.archive import Archive
from homestretch.flow.accounts.accounts import athlete_named
from homestretch.flow.derive.activities import refresh
from homestretch.flow.derive.commit import Arrival, keep_arrivals, keep_outcomes
from homestretch.flow.derive.decode.archive_index import name_members
from homestretch.flow.derive.decode.decode_original import DecodeResult, DecodeTask, decode_original
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.imports.work_stream import AlreadyHave, Input, Result, judged
from homestretch.flow.runtime.context import Context
from homestretch.store.database import sqlite_url
from tests.conftest import make_context
from tests.taking import digest


@dataclass(frozen=True, slots=True)
class Came:
    """An original and how it came: as a file, or from a source that has a key of it."""

    name: str
    data: bytes
    source: str = "file"
    key: str | None = None
    terms: str | None = None


class Inline(Decoders):
    """What workers do, done here; what was prepared once is not prepared again."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._bytes: dict[str, bytes] = {}
        self._prepared: dict[DecodeTask, DecodeResult] = {}

    def each[T](
        self, archive: Archive, works: Iterable[tuple[T, DecodeTask]], idle: Callable[[], None] = lambda: None
    ) -> Iterator[tuple[T, DecodeTask, DecodeResult]]:
        for tag, work in works:
            yield tag, work, self.prepared(work)

    def run[T, W, R](
        self,
        task: Callable[[W], R],
        failed: Callable[[W, str], R],
        works: Iterable[tuple[T, W]],
        idle: Callable[[], None] = lambda: None,
        weight: Callable[[W], int] = lambda _: 0,
        patience_s: Callable[[W], float] = lambda _: 0.0,
    ) -> Iterator[tuple[T, W, R]]:
        for tag, work in works:
            yield tag, work, task(work)

    def know(self, digest: str, data: bytes) -> None:
        """Hold the bytes of an original."""
        self._bytes[digest] = data

    def prepared(self, work: DecodeTask) -> DecodeResult:
        """Return what an original gives; its bytes are given once and held here."""
        if work.data is not None:
            self.know(work.digest, work.data)
        known = replace(work, data=None)
        if known not in self._prepared:
            self._prepared[known] = decode_original(
                self.archive, replace(work, data=self._bytes[work.digest], keep=False)
            )
        return self._prepared[known]


class Worlds:
    """Empty worlds on SQLite, as many as one likes, that share an archive and what was decoded of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count()
        template = make_context(folder / "template", sqlite_url(folder / "template"))
        athlete_named(template, None)
        template.database.close()
        self.inline = Inline(template.archive)

    @contextmanager
    def fresh(self) -> Iterator[Context]:
        """A context with one athlete and nothing else."""
        place = self.folder / str(next(self._numbers))
        shutil.copytree(self.folder / "template", place, ignore=shutil.ignore_patterns("archive"))
        context = replace(make_context(place, sqlite_url(place)), archive=self.inline.archive)
        try:
            yield context
        finally:
            context.database.close()
            shutil.rmtree(place)

    def bring(self, context: Context, portion: Sequence[Came]) -> None:
        """Take in originals in one portion, each as an import or a source brings it."""
        with context.database.read() as reader:
            known = AlreadyHave.of(reader, 1)
        results: list[Result] = []
        found = []
        for number, one in enumerate(portion):
            source = Input(number, 0, one.name, Path(one.name), staged=False)
            found += [self.inline.prepared(work) for work in judged(source, one.name, one.data, known, results.append)]
        came = [
            Arrival(hashlib.sha256(one.data).hexdigest(), len(one.data), one.name, provider=one.source,
                    provider_key=one.key, terms=one.terms)
            for one in portion
        ]  # fmt: skip
        with context.database.write() as session:
            keep_arrivals(context, session, 1, came)
            keep_outcomes(context, session, 1, list({one.digest: one for one in found}.values()))
            refresh(session, 1, name_members(session, 1))

    def place(self, name: str, data: bytes) -> Path:
        """Return where a file lies that is to be imported under this name."""
        found = self.folder / "given" / self.digest(data)[:12] / name
        if not found.exists():
            found.parent.mkdir(parents=True, exist_ok=True)
            found.write_bytes(data)
        return found

    def digest(self, data: bytes) -> str:
        """Return the digest of bytes, which `inline` knows of from now on."""
        digest = hashlib.sha256(data).hexdigest()
        self.inline.know(digest, data)
        return digest

    def settled(self, context: Context) -> str:
        """Do what the jobs of a server would do, and return the digest."""
        derive_pending(context, 1, self.inline)
        return digest(context)

    def rebuilt(self, context: Context) -> str:
        """Make everything derived again, and return the digest."""
        clear(context)
        rederive(context, 1, self.inline)
        return self.settled(context)
