"""Developer fields: those that apps and makers define inside the file, with their own names and units."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from homestretch.formats.fit.part import Message, Part
from homestretch.formats.fit.wire import profile
from homestretch.formats.fit.wire.base import STRING
from homestretch.formats.fit.wire.columns import Places, Table, width_of
from homestretch.formats.fit.wire.layouts import Value, developer_place, read_place
from homestretch.model.channel import Channel

FIELD_DESCRIPTION = 206


@dataclass(frozen=True, slots=True)
class Description:
    """A file's description of one developer field."""

    key: str
    base: int
    unit: str
    scale: float
    offset: float


type Described = Mapping[tuple[int, int], Description]


def describe(part: Part) -> Described:
    """Return the developer fields that the file describes, by (application, field number)."""
    found: dict[tuple[int, int], Description] = {}
    for message in part.messages(FIELD_DESCRIPTION):
        index, num = message.number_of(0), message.number_of(1)
        if index is not None and num is not None:
            found[index, num] = _description(message)
    return found


def _description(message: Message) -> Description:
    base = message.number_of(2)
    name = message.text(3) or f"field_{message.get(1)}"
    return Description(
        key=f"dev_{profile.slug(name)}",
        base=13 if base is None else base,
        unit=message.text(8) or "",
        scale=float(message.number_of(6) or 1),
        offset=float(message.number_of(7) or 0),
    )


def developer_channels(table: Table, described: Described) -> Iterator[Channel]:
    """Return the described developer fields of a table as channels; text is left out."""
    found: dict[tuple[int, int], Places] = {}
    for kind, plan in enumerate(table.plans):
        for field in plan.developer:
            what = described.get((field.app, field.num))
            place = developer_place(plan.order, field, what.base) if what else None
            if place is not None and place.shape.base.code != STRING:
                found.setdefault((field.app, field.num), {}).setdefault(place.shape, {})[kind] = place.offset
    for field_id, places in found.items():
        what = described[field_id]
        width = width_of(places)
        for element in range(width):
            raw = table.gather(places, element)
            if raw is not None:
                key = what.key if width == 1 else f"{what.key}_{element}"
                yield Channel(key, raw, what.unit, what.scale, what.offset)


def developer_values(data: bytes, message: Message, described: Described) -> Iterator[tuple[Description, Value]]:
    """Return the described developer fields of one message with their raw values, without invalid ones."""
    for field in message.plan.developer:
        what = described.get((field.app, field.num))
        if what is None:
            continue
        value = read_place(data, message.at, developer_place(message.plan.order, field, what.base))
        if value is not None:
            yield what, value
