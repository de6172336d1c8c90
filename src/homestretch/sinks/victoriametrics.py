"""VictoriaMetrics: reads what is there, sends what is missing, and replaces series of ours that hold something wrong.

What other programs wrote is left alone: only series with our label `source` are ever deleted.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from homestretch.net.budget import Reply
from homestretch.net.deliver import Delivery
from homestretch.net.field import Field
from homestretch.sinks.base import (
    PASSWORD,
    URL,
    USER,
    Comparison,
    Held,
    HistoryDropped,
    Opening,
    Pushed,
    Sink,
    SinkRefused,
    batches,
)
from homestretch.sinks.comparing import SeriesKey, Stored, compared, gaps
from homestretch.sinks.names import OWN, SYNCBIT, Naming, Point, own_name, series_text
from homestretch.vendors.syncbit import OLD_NAMES

NAME = "VictoriaMetrics"
CANARY = "homestretch_canary"
SYNCBIT_DEVICE = "charge6"
#: How far before and after our days a comparison looks: a zone moves no midnight further.
AROUND_MS = 2 * 86_400_000
_IGNORED = re.compile(r'^vm_rows_ignored_total{[^}]*reason="(\w+)"[^}]*} (\d+)', re.MULTILINE)


class VictoriaMetrics:
    """A VictoriaMetrics server (single-node, or the same addresses behind vmauth)."""

    def __init__(self, opening: Opening) -> None:
        self.delivery = Delivery(
            NAME, opening.setting("url"), opening.setting("username"), opening.password, reach=opening.reach
        )
        self.own = opening.setting("names") != SYNCBIT
        self.replaces = self.own and opening.setting("corrections") != "append"
        self.today, self.through = opening.setting("include_today") == "true", opening.setting("intraday") == "true"
        self.auth_key = opening.setting("delete_key")
        device = opening.setting("device") or SYNCBIT_DEVICE
        self.naming = Naming(OWN if self.own else SYNCBIT, opening.user, "" if self.own else device)
        self.ignored = self._ignored()

    def begin(self, held: Held) -> None:
        """Write one sample at the oldest day and read it back: what is beyond the retention is dropped in silence."""
        bounds = held.bounds()
        if bounds is None:
            return
        labels = (("source", "homestretch"), ("user", self.naming.user))
        canary = Point(CANARY, labels, held.start_ms(bounds[0]), 1.0)
        self._send([canary])
        self._flush()
        there = self._export(series_text(CANARY, labels), canary.at_ms, canary.at_ms)
        if not there:
            raise HistoryDropped(name=NAME, day=bounds[0])
        self._delete(CANARY, labels)

    def push(self, since: str, until: str, held: Held) -> Pushed:
        """Send what is missing of whole days, and replace series of ours that hold something else."""
        self._flush()
        points = self.naming.points(held.samples(since, until))
        stored = self._stored(held.kinds, held.start_ms(since), held.start_ms(until))
        found = gaps(points, stored)
        wrong = found.wrong if self.replaces else frozenset()
        samples = self._send([point for point in found.missing if (point.name, point.labels) not in wrong])
        if wrong:
            samples += self._replace(wrong, held)
        if self.through:
            samples += sum(self._push_day(day, held) for day in _days(since, until))
        return Pushed(samples)

    def finish(self, held: Held) -> Pushed:
        """Send today so far, where that is wanted, and return what the server has ignored since the beginning."""
        samples = 0
        if self.today and (points := self.naming.points(held.latest().today)):
            self._flush()
            samples = self._append(points)
        after = self._ignored()
        more = {reason: count - self.ignored.get(reason, 0) for reason, count in after.items()}
        notes = tuple(f"{NAME} ignored {count} rows ({reason})." for reason, count in more.items() if count > 0)
        return Pushed(samples, notes)

    def check(self, held: Held) -> Comparison:
        """Compare every sample of both sides; of SyncBit's series only whether ours are there."""
        self._flush()
        bounds = held.bounds()
        if bounds is None:
            return Comparison(0, 0)
        points = self.naming.points(held.samples(*bounds))
        around = held.start_ms(bounds[0]) - AROUND_MS, held.start_ms(bounds[1]) + AROUND_MS
        return compared(points, self._stored(held.kinds, *around), shared=not self.own)

    def _replace(self, wrong: Collection[SeriesKey], held: Held) -> int:
        """Delete series and send them again from the first day to the last."""
        held.rewriting()
        names = {name for name, _ in wrong}
        kinds = [kind for kind in held.kinds if own_name(kind) in names]
        bounds = held.bounds()
        points = [] if bounds is None else self.naming.points(held.samples(*bounds, kinds))
        for name, labels in sorted(wrong):
            self._delete(name, labels)
        samples = self._send([point for point in points if (point.name, point.labels) in wrong])
        self._ask("GET", "/internal/resetRollupResultCache", strict=False)
        return samples

    def _flush(self) -> None:
        """Let what was sent be seen, which otherwise takes a second; a cluster does not know this address."""
        self._ask("GET", "/internal/force_flush", strict=False)

    def _push_day(self, day: str, held: Held) -> int:
        points = self.naming.points(held.intraday(day), intraday=True)
        return self._append(points) if points else 0

    def _append(self, points: Sequence[Point]) -> int:
        """Send the points that are not there; nothing is deleted."""
        names = sorted({point.name for point in points})
        times = [point.at_ms for point in points]
        return self._send(gaps(points, self._export(self._selector(names), min(times), max(times))).missing)

    def _send(self, points: Iterable[Point]) -> int:
        lines = (f"{series_text(p.name, p.labels)} {p.value!r} {p.at_ms}" for p in points)
        samples = 0
        for count, data in batches(lines):
            packed = {"Content-Encoding": "gzip", "Content-Type": "text/plain"}
            self._ask("POST", "/api/v1/import/prometheus", content=data, headers=packed)
            samples += count
        return samples

    def _stored(self, kinds: Collection[str], since_ms: int, until_ms: int) -> Stored:
        old = {f"fitbit_{one.name}" for one in OLD_NAMES.values()}
        names = sorted({own_name(kind) for kind in kinds} if self.own else old)
        return self._export(self._selector(names), since_ms, until_ms)

    def _selector(self, names: Sequence[str]) -> str:
        labels = (("user", self.naming.user), *(() if self.own else (("device", self.naming.device),)))
        chosen = series_text("", labels).removeprefix("{").removesuffix("}")
        return f'{{__name__=~"{"|".join(names)}",{chosen}{',source!=""' if self.own else ""}}}'

    def _export(self, selector: str, since_ms: int, until_ms: int) -> Stored:
        """Return what is there from one instant to another, both included."""
        form = {"match[]": selector, "start": f"{since_ms / 1000:.3f}", "end": f"{until_ms / 1000:.3f}"}
        stored: dict[SeriesKey, list[tuple[int, float]]] = {}
        for name, labels, rows in _exported(self._ask("POST", "/api/v1/export", data=form).body):
            stored.setdefault((name, labels), []).extend(row for row in rows if since_ms <= row[0] <= until_ms)
        return {key: rows for key, rows in stored.items() if rows}

    def _delete(self, name: str, labels: tuple[tuple[str, str], ...]) -> None:
        """Delete one series of ours; a label that it lacks is matched as empty, so that no other one is hit."""
        lacking = [(label, "") for label in ("device", "stage") if label not in dict(labels)]
        form = {
            "match[]": series_text(name, (*labels, *lacking)),
            **({"authKey": self.auth_key} if self.auth_key else {}),
        }
        self._ask("POST", "/api/v1/admin/tsdb/delete_series", data=form)

    def _ignored(self) -> Mapping[str, int]:
        """Return how many rows the server ignored so far, by reason; nothing where it does not say."""
        reply = self._ask("GET", "/metrics", strict=False)
        counts: dict[str, int] = {}
        for reason, count in _IGNORED.findall(reply.body.decode(errors="replace")) if reply.status == 200 else ():
            counts[reason] = counts.get(reason, 0) + int(count)
        return counts

    def _ask(
        self,
        method: str,
        path: str,
        *,
        strict: bool = True,
        content: bytes | None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        reply = self.delivery.ask(method, path, content=content, data=data, headers=headers)
        if strict and reply.status >= 300:
            body = reply.body.decode(errors="replace").strip()[:300]
            raise SinkRefused(name=NAME, status=reply.status, body=body)
        return reply


def _exported(body: bytes) -> Iterator[tuple[str, tuple[tuple[str, str], ...], list[tuple[int, float]]]]:
    """Yield the series of an export, a JSON document on each line: name, labels, (instant, value)."""
    for line in body.splitlines():
        series = json.loads(line)
        metric: dict[str, str] = series["metric"]
        labels = tuple(sorted((label, text) for label, text in metric.items() if label != "__name__"))
        yield metric["__name__"], labels, list(zip(series["timestamps"], series["values"], strict=True))


def _days(since: str, until: str) -> Iterator[str]:
    first = date.fromisoformat(since)
    for number in range((date.fromisoformat(until) - first).days + 1):
        yield (first + timedelta(days=number)).isoformat()


SINK = Sink(
    "victoriametrics",
    NAME,
    (
        URL,
        USER,
        PASSWORD,
        Field("names", "Names of series", "choice", default=OWN, choices=((OWN, "Homestretch"), (SYNCBIT, "SyncBit"))),
        Field("device", "Label device", help="Of SyncBit's series.", default=SYNCBIT_DEVICE),
        Field(
            "corrections",
            "Corrections",
            "choice",
            default="replace",
            choices=(("replace", "Replace the series"), ("append", "Append (where the server removes duplicates)")),
        ),
        Field("delete_key", "Key for deleting", "password", help="What -deleteAuthKey says, where it is set."),
        Field("include_today", "Send today so far", "switch", default="false"),
        Field("intraday", "Send what was measured through the day", "switch", default="false"),
    ),
    VictoriaMetrics,
)
