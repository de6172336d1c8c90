"""Developer fields: those that apps and makers define inside the file, with their own names and units."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from homestretch.formats.fit import profile
from homestretch.formats.fit.base import STRING
from homestretch.formats.fit.columns import Place, Table
from homestretch.formats.fit.part import Message, Part
from homestretch.formats.fit.plans import Value, developer_base, read_field
from homestretch.model.channel import Channel

FIELD_DESCRIPTION = 206


@dataclass(frozen=True, slots=True)
class Description:
    """What a file says of one developer field."""

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
    places: dict[tuple[int, int], list[Place]] = {}
    for block in table.blocks:
        for field in block.plan.developer:
            what = described.get((field.app, field.num))
            base = developer_base(what.base, field.size) if what and field.size else None
            if base is not None and base.code != STRING:
                place = Place(block, base, field.offset, field.size // base.size)
                places.setdefault((field.app, field.num), []).append(place)
    for field_id, blocks in places.items():
        what = described[field_id]
        width = max(place.width for place in blocks)
        for element in range(width):
            raw = table.gather(blocks, element)
            if raw is not None:
                key = what.key if width == 1 else f"{what.key}_{element}"
                yield Channel(key, raw, what.unit, what.scale, what.offset)


def developer_values(data: bytes, message: Message, described: Described) -> Iterator[tuple[Description, Value]]:
    """Return the described developer fields of one message with their raw values, without invalid ones."""
    for field in message.plan.developer:
        what = described.get((field.app, field.num))
        if what is None or not field.size:
            continue
        base = developer_base(what.base, field.size)
        value = read_field(data, message.at + field.offset, field.size, base, message.plan.order)
        if value is not None:
            yield what, value
