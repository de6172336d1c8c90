"""InfluxDB by its line protocol (1.x, 2.x and 3.x): what is sent again replaces what was there."""

from collections.abc import Iterator, Mapping, Sequence

from homestretch.model.health.sample import Sample
from homestretch.net.deliver import Delivery
from homestretch.net.field import Field
from homestretch.sinks.base import PASSWORD, URL, USER, Comparison, Held, Opening, Pushed, Sink, SinkRefused, batches
from homestretch.sinks.names import DECIMALS, unit_of

NAME = "InfluxDB"
MEASUREMENT = "health_daily"


class Influx:
    """An InfluxDB server: with a database it is written to as version 1, with a bucket as version 2."""

    def __init__(self, opening: Opening) -> None:
        bucket = opening.setting("bucket")
        token = opening.password if bucket else ""
        password = "" if bucket else opening.password
        self.delivery = Delivery(
            NAME, opening.setting("url"), opening.setting("username"), password, token, reach=opening.reach
        )
        self.path, self.where = "/write", {"db": opening.setting("database") or "homestretch"}
        if bucket:
            self.path, self.where = "/api/v2/write", {"org": opening.setting("org"), "bucket": bucket}
        self.user = opening.user
        self.today = opening.setting("include_today") == "true"

    def begin(self, held: Held) -> None:
        """Nothing has to be checked before: a bucket that keeps less answers with an error."""

    def push(self, since: str, until: str, held: Held) -> Pushed:
        """Send these days; the same series at the same instant is overwritten."""
        return Pushed(self._send(lines(held.samples(since, until), self.user)))

    def finish(self, held: Held) -> Pushed:
        """Send today so far, where that is wanted: its fields grow through the day."""
        return Pushed(self._send(lines(held.latest().today, self.user)) if self.today else 0)

    def check(self, held: Held) -> Comparison | None:
        """Return None: each version of InfluxDB is asked in another language."""

    def _send(self, rows: Iterator[str]) -> int:
        samples = 0
        for count, data in batches(rows):
            reply = self.delivery.ask(
                "POST",
                self.path,
                params={**self.where, "precision": "ms"},
                content=data,
                headers={"Content-Encoding": "gzip", "Content-Type": "text/plain; charset=utf-8"},
            )
            if reply.status >= 300:
                body = reply.body.decode(errors="replace").strip()[:300]
                raise SinkRefused(name=NAME, status=reply.status, body=body)
            samples += count
        return samples


def lines(samples: Sequence[Sample], user: str) -> Iterator[str]:
    """Yield a line for each day, source and device, with a field for each kind; every field is a float."""
    fields: dict[tuple[int, str, str], dict[str, float]] = {}
    for sample in samples:
        name, factor = unit_of(sample.kind)
        stage = sample.stage if sample.stage != "asleep" else ""
        field = name.replace("sleep_", f"sleep_{stage}_", 1) if stage else name
        row = fields.setdefault((sample.at_ms, sample.source, sample.device), {})
        row[field] = round(sample.value * factor, DECIMALS)
    for (at_ms, source, device), row in sorted(fields.items()):
        tags = {"user": user, "source": source, "device": device}
        yield f"{MEASUREMENT}{_tags(tags)} {','.join(f'{field}={row[field]!r}' for field in sorted(row))} {at_ms}"


def _tags(tags: Mapping[str, str]) -> str:
    """Return tags with space, comma and = escaped (line protocol); an empty one may not be written."""
    return "".join(f",{key}={_escaped(text)}" for key, text in sorted(tags.items()) if text)


def _escaped(text: str) -> str:
    plain = text.replace("\\", "/").replace("\n", " ")
    return plain.replace(" ", "\\ ").replace(",", "\\,").replace("=", "\\=")


SINK = Sink(
    "influx",
    NAME,
    (
        URL,
        Field("database", "Database", help="Of InfluxDB 1.", default="homestretch"),
        Field("org", "Organization", help="Of InfluxDB 2."),
        Field("bucket", "Bucket", help="Of InfluxDB 2; the token goes in place of the password."),
        USER,
        PASSWORD,
        Field("include_today", "Send today so far", "switch", default="false"),
    ),
    Influx,
)
