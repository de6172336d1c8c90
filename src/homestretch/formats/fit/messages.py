"""Messages: a FIT file as it is, each message with its raw values, for those who need more than recordings."""

from collections.abc import Iterator

from homestretch.formats.fit.developer import describe, developer_values
from homestretch.formats.fit.part import Message, Part
from homestretch.formats.fit.wire.chain import spans
from homestretch.formats.fit.wire.layouts import Value


def parts_of(data: bytes) -> list[Part]:
    """Return the files of the chain, walked."""
    return [Part(data, span, index) for index, span in enumerate(spans(data))]


def messages(data: bytes) -> Iterator[Message]:
    """Return every message in file order with all raw values by field number; invalid values are left out."""
    for part in parts_of(data):
        yield from sorted((m for number in part.counts for m in part.messages(number, arrays=True)), key=_place)


def developer_messages(data: bytes) -> Iterator[tuple[Message, dict[str, Value]]]:
    """Return every message that has described developer fields, with their raw values by channel key."""
    for part in parts_of(data):
        described = describe(part)
        for number in part.counts:
            for message in part.messages(number, arrays=True):
                found = {what.key: value for what, value in developer_values(part.data, message, described)}
                if found:
                    yield message, found


def _place(message: Message) -> int:
    return message.at
