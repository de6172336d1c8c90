"""Small wellness files made by ourselves, one for each thing that the decoder must understand."""

from collections.abc import Mapping

from homestretch.formats.fit.decoder import decode
from homestretch.formats.fit.part import EPOCH_S
from homestretch.formats.fit.wire.writer import Fields, Writer
from homestretch.model.health.measurement import Series, Spans, Wellness

#: 2026-05-03 00:00 in Helsinki, FIT seconds, and by how much clocks are ahead of UTC there.
OFFSET_S = 3 * 3600
MIDNIGHT = 1_777_766_400 - EPOCH_S - OFFSET_S
DAY, NEXT_DAY, DAY_BEFORE = "2026-05-03", "2026-05-04", "2026-05-02"
SERIAL = 3_900_000_001
HOUR = 3600

type Message = tuple[int, Fields]


def file(*messages: Message, kind: int = 32, created: int = MIDNIGHT, serial: int | None = SERIAL) -> bytes:
    """Return a file of a fēnix 7 with these messages."""
    writer = Writer()
    file_id: dict[int, tuple[str, int]] = {0: ("enum", kind), 4: ("uint32", created), 1: ("uint16", 1)}
    own = {2: ("uint16", 3906)} | ({} if serial is None else {3: ("uint32z", serial)})
    writer.message(0, file_id | own)
    for number, fields in messages:
        writer.message(number, fields)
    return writer.file()


def info(at: int = MIDNIGHT, offset_s: int = OFFSET_S, resting_kcal: int = 1800) -> Message:
    """Return what opens a monitoring file: the local time and the energy at rest."""
    return 103, {253: ("uint32", at), 0: ("uint32", at + offset_s), 5: ("uint16", resting_kcal)}


def total(at: int, steps: int, kind: int = 6, **more: int) -> Message:
    """Return the running totals of a kind of activity: of steps, and more by the names of `_MORE`."""
    fields: dict[int, tuple[str, int]] = {253: ("uint32", at), 3: ("uint32", steps), 5: ("enum", kind)}
    return 55, fields | {_MORE[name][0]: (_MORE[name][1], value) for name, value in more.items()}


_MORE: Mapping[str, tuple[int, str]] = {"distance": (2, "uint32"), "active": (4, "uint32"), "kcal": (19, "uint16")}


def heart(at: int, rate: int) -> Message:
    """Return a heart rate, stamped with the low 16 bits of its time only."""
    return 55, {26: ("uint16", at & 0xFFFF), 27: ("uint8", rate)}


def stage(at: int, level: int) -> Message:
    """Return a stage of sleep: 0 unmeasurable, 1 awake, 2 light, 3 deep, 4 REM."""
    return 275, {253: ("uint32", at), 0: ("enum", level)}


def local(at: int, offset_s: int = OFFSET_S) -> Message:
    """Return what states the local time in a file of sleep."""
    return 273, {253: ("uint32", at), 2: ("uint32", at + offset_s)}


def ms(second: int) -> int:
    """Return FIT seconds as UTC ms."""
    return (second + EPOCH_S) * 1000


def wellness(*messages: Message, kind: int = 32, created: int = MIDNIGHT) -> Wellness:
    """Return what a file of these messages says."""
    return decode(file(*messages, kind=kind, created=created)).wellness


def values(made: Wellness) -> dict[tuple[str, str], float]:
    """Return measurements by kind and day; of several of a day the last one."""
    return {(one.kind, one.day): one.value for one in made.measurements}


def series(made: Wellness, kind: str) -> dict[str, Series]:
    """Return the series of a kind by day."""
    return {one.day: one for one in made.series if one.kind == kind}


def spans(made: Wellness, kind: str) -> dict[str, Spans]:
    """Return the spans of a kind by day."""
    return {one.day: one for one in made.spans if one.kind == kind}


def full_day() -> bytes:
    """Return a day with a message of every kind that is read."""
    rows = [heart(MIDNIGHT + 600 * k, 50 + k % 40) for k in range(1, 60)]
    stages = [stage(MIDNIGHT + 1200 * k, k % 5) for k in range(15)]
    at = MIDNIGHT + 8 * HOUR
    stamp = {253: ("uint32", at)}
    worth = {1: ("enum", (6, 1)), 3: ("uint16", (7500, 10000)), 4: ("uint16", (200, 600))}
    return file(
        (103, {**info()[1], **worth}), *rows, *stages, total(at, 900), total(at + 60, 1200, kcal=40, distance=90_000),
        (55, {**stamp, 35: ("uint32", 9000), 36: ("uint32", 4000), 37: ("uint16", 4), 34: ("uint16", 1)}),
        (227, {1: ("uint32", at), 0: ("sint16", 31), 3: ("sint8", 77)}), (269, {**stamp, 0: ("uint8", 96)}),
        (297, {**stamp, 0: ("sint16", 1450)}), (371, {**stamp, 0: ("uint16", 7000)}),
        (211, {**stamp, 1: ("uint8", 47)}),
        (370, {**stamp, 0: ("uint16", 7000), 1: ("uint16", 7100)}), (398, {**stamp, 1: ("float32", -0.25)}),
        (30, {**stamp, 0: ("uint16", 7125), 12: ("uint16", 0)}), (51, {**stamp, 0: ("uint16", 121), 1: ("uint16", 78)}),
        (229, {0: ("uint32", at), 2: ("uint16", 490), 5: ("enum", 1)}), (346, {6: ("uint8", 84), 15: ("uint16", 1725)}),
        (412, {**stamp, 0: ("uint32", at + HOUR), 2: ("uint32", at + 2 * HOUR), 3: ("sint16", 180)}),
        (21, {**stamp, 0: ("enum", 74), 1: ("enum", 1)}),
    )  # fmt: skip
