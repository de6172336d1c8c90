"""Changes single cells of a sheet and adds rows; every other byte of its content stays as it was."""

import html
import io
import re
import zipfile
from collections.abc import Mapping

from homestretch import zips
from homestretch.sources.spreadsheet.reading import csv_file
from homestretch.sources.spreadsheet.reading.table import letter

#: What is written: a number, or a text.
type Value = str | float

_ROW = re.compile(rb"<((?:\w+:)?)row\b([^>]*?)(?:/>|>(.*?)</\1row>)", re.DOTALL)
_CELL = re.compile(rb"<((?:\w+:)?)c\b([^>]*?)(?:/>|>(.*?)</\1c>)", re.DOTALL)
_DATA_END = re.compile(rb"</(?:\w+:)?sheetData>|<(?:\w+:)?sheetData\s*/>")
_DIMENSION = re.compile(rb'(<(?:\w+:)?dimension\b[^>]*\bref=")([A-Z]+\d+)(?::([A-Z]+)(\d+))?(")')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*?)/?>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*?)/?>")
#: What no XML may hold (XML 1.0 §2.2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')


class CannotEdit(ValueError):
    """Why a cell can't be written, in a few words."""


def csv_edited(data: bytes, cells: Mapping[tuple[int, int], str], added: Mapping[int, str] | None = None) -> bytes:
    """Return a text with cells (row's number, column) changed, and a row added at its end.

    Sign, quotes, line ends and encoding stay. Raises CannotEdit.
    """
    read = csv_file.read(data)
    text = read.text
    places = []
    for (row, column), value in cells.items():
        record = read.records[row - 1] if 0 < row <= len(read.records) else ()
        if column >= len(record):
            missing = read.delimiter * (column - len(record) + 1)
            end = record[-1].end if record else len(text)
            places.append((end, end, missing + csv_file.quoted(value, read.delimiter)))
            continue
        cell = record[column]
        places.append((cell.start, cell.end, csv_file.quoted(value, read.delimiter, always=cell.quoted)))
    for start, end, value in sorted(places, reverse=True):
        text = text[:start] + value + text[end:]
    if added is not None:
        text = _with_row(text, read, added)
    try:
        return read.packed(text)
    except UnicodeEncodeError as error:
        raise CannotEdit("its encoding lacks some of the characters; save it as UTF-8") from error


def _with_row(text: str, read: csv_file.Text, added: Mapping[int, str]) -> str:
    """Return a text with a row behind the last one that is not empty, quoted as its heading is."""
    width = max((len(record) for record in read.records), default=0)
    always = bool(read.records) and all(span.quoted for span in read.records[0])
    cells = [
        csv_file.quoted(added.get(at, ""), read.delimiter, always=always) for at in range(max(width, max(added) + 1))
    ]
    body = text.rstrip("\r\n")
    tail = text[len(body) :]
    return body + read.line_end + read.delimiter.join(cells) + (tail or "")


def xlsx_edited(
    data: bytes, sheet: str, cells: Mapping[tuple[int, int], Value], styled_as: Mapping[int, int] | None = None
) -> bytes:
    """Return a workbook with cells (row's number, column) of a sheet changed; all its other parts stay as they are.

    `styled_as` names for a new row the one whose cells it looks like. Raises CannotEdit.
    """
    with zips.opened(io.BytesIO(data)) as book:
        part = _part(book, sheet)
        xml = book.read(part)
        for row in sorted({row for row, _ in cells}):
            of = {column: value for (number, column), value in cells.items() if number == row}
            xml = _with_cells(xml, row, of, (styled_as or {}).get(row))
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as made:
            for info in book.infolist():
                made.writestr(info, xml if info.filename == part else book.read(info), info.compress_type)
    return packed.getvalue()


def _part(book: zipfile.ZipFile, sheet: str) -> str:
    """Return where in a workbook a sheet lies."""
    for found in _SHEET.finditer(book.read("xl/workbook.xml")):
        of = _attributes(found[1])
        if of.get("name") == sheet:
            wanted = next((value for key, value in of.items() if key.endswith(":id")), None)
            for relation in _RELATION.finditer(book.read("xl/_rels/workbook.xml.rels")):
                to = _attributes(relation[1])
                if to.get("Id") == wanted:
                    target = to["Target"]
                    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise CannotEdit("the sheet was not found")


def _attributes(text: bytes) -> dict[str, str]:
    return {name.decode(): html.unescape(value.decode("utf-8", "replace")) for name, value in _ATTRIBUTE.findall(text)}


def _with_cells(xml: bytes, row: int, values: Mapping[int, Value], like: int | None) -> bytes:
    """Return a sheet's XML with cells of a row written; a row that is not there is put in its place."""
    before, prefix, at = None, b"", 0
    model: dict[int, str] = {}
    for found in _ROW.finditer(xml):
        prefix = found[1]
        at = _number(found[2], at + 1)
        if at == like:
            model = _styles(found[3] or b"")
        if at == row:
            inner = _cells_written(found[3] or b"", prefix, row, values, model)
            return xml[: found.start()] + _row(prefix, found[2], inner) + xml[found.end() :]
        if at > row:
            break
        before = found
    new = _row(prefix, b' r="%d"' % row, _cells_written(b"", prefix, row, values, model))
    if before is not None:
        return _grown(xml[: before.end()] + new + xml[before.end() :], row, max(values))
    end = _DATA_END.search(xml)
    if end is None or end[0].endswith(b"/>"):
        raise CannotEdit("the sheet is empty")
    return _grown(xml[: end.start()] + new + xml[end.start() :], row, max(values))


def _number(attributes: bytes, following: int) -> int:
    said = _attributes(attributes).get("r", "")
    return int(said) if said.isdigit() else following


def _row(prefix: bytes, attributes: bytes, inner: bytes) -> bytes:
    spanless = re.sub(rb'\s+spans="[^"]*"', b"", attributes)  # a hint that the new cell may make untrue
    return b"<%brow%b>%b</%brow>" % (prefix, spanless.rstrip(), inner, prefix)


def _styles(inner: bytes) -> dict[int, str]:
    return {at: style for at, attributes, _, _ in _cells(inner) if (style := attributes.get("s"))}


def _cells(inner: bytes) -> list[tuple[int, dict[str, str], bytes, bytes]]:
    """Return the cells of a row: column, attributes, the whole element, its content."""
    found, at = [], -1
    for cell in _CELL.finditer(inner):
        attributes = _attributes(cell[2])
        letters = re.match(r"[A-Z]+", attributes.get("r", ""))
        at = _column(letters[0]) if letters else at + 1
        found.append((at, attributes, cell[0], cell[3] or b""))
    return found


def _column(letters: str) -> int:
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - 64
    return number - 1


def _cells_written(
    inner: bytes, prefix: bytes, row: int, values: Mapping[int, Value], model: Mapping[int, str]
) -> bytes:
    cells = {at: whole for at, _, whole, _ in _cells(inner)}
    known = {at: (attributes, content) for at, attributes, _, content in _cells(inner)}
    for at, value in values.items():
        attributes, content = known.get(at, ({}, b""))
        if re.search(rb"<(?:\w+:)?f\b", content):
            raise CannotEdit(f"{letter(at)}{row} contains a formula, which is not overwritten")
        cells[at] = _cell(prefix, f"{letter(at)}{row}", attributes.get("s") or model.get(at), value)
    return b"".join(cells[at] for at in sorted(cells))


def _cell(prefix: bytes, name: str, style: str | None, value: Value) -> bytes:
    tag = prefix.decode()
    of = f' s="{style}"' if style else ""
    if isinstance(value, float):
        return f'<{tag}c r="{name}"{of}><{tag}v>{value!r}</{tag}v></{tag}c>'.encode()
    text = html.escape(_NOT_XML.sub("", value), quote=False)
    inner = f'<{tag}is><{tag}t xml:space="preserve">{text}</{tag}t></{tag}is>'
    return f'<{tag}c r="{name}"{of} t="inlineStr">{inner}</{tag}c>'.encode()


def _grown(xml: bytes, row: int, column: int) -> bytes:
    """Return the XML with the sheet's size as it is now."""

    def grown(found: re.Match[bytes]) -> bytes:
        last = max(_column((found[3] or b"A").decode()), column)
        return b"%b%b:%b%d%b" % (found[1], found[2], letter(last).encode(), max(int(found[4] or 1), row), found[5])

    return _DIMENSION.sub(grown, xml, count=1)
