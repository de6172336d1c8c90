"""XML trees: lxml, kept from the network, from entities and from endless input, and the points of irregular files."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from homestretch.formats._cells import WIDEST, Cells, Indices, Points
from homestretch.formats._vecxml import MARKER, says_utf8, scan
from homestretch.model.texts import encoding_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BOM = b"\xef\xbb\xbf"
#: Some programs declare letters of two or four bytes, as they have them in memory, and write UTF-8.
_WIDE = re.compile(rb"(<\?xml[^>]*?)\s+encoding\s*=\s*[\"'](?:utf-?(?:16|32)|ucs-?[24])[^\"'>]*[\"']", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A file's tree without its points, the points, and which runs of them lay in which element."""

    root: "Element"
    points: Points
    runs: "dict[Element, list[range]]" = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def points_in(self, element: "Element") -> Indices:
        """Return the numbers of the points directly in an element, shape (k,), in order."""
        runs = self.runs.get(element, ())
        return np.concatenate([np.zeros(0, dtype=np.intp), *(np.arange(r.start, r.stop) for r in runs)])


def read(data: bytes, point: str, wanted: Collection[str], attributes: tuple[str, ...] = ()) -> Document | None:
    """Return the document, read by arrays if it is regular and by the tree parser if not; None if nothing is there.

    Damaged XML gives what lies before the damage, or around it, and a note; so does one that is not UTF-8 and does not
    say so.
    """
    notes: tuple[str, ...] = ()
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.removeprefix(_BOM).strip(b" \t\r\n\0")
        wide = _WIDE.match(data)
        data = data if wide is None else wide[1] + data[wide.end() :]
        if says_utf8(data) and encoding_of(data) != "utf-8":
            data, notes = data.decode("cp1252").encode(), ("not_utf8",)
    found = scan(data, point, wanted, attributes)
    if found is not None:
        root = _parse(found.skeleton, recover=False)
        if root is not None:
            return Document(root, found.points, _marked(root), notes)
    root = _parse(data, recover=False)
    if root is None:
        whole = _whole_points(data, point)
        root = _parse(whole, recover=True)
        notes += ("xml_damaged",) if whole is data else ("truncated",)
    if root is None:
        return None
    points, runs = _points(root, point, wanted, attributes)
    return Document(root, points, runs, notes)


def parsed(data: bytes) -> "Element | None":
    """Return the root of a small file that has no points, also where its XML is damaged; None if nothing is there."""
    data = data.removeprefix(_BOM).strip(b" \t\r\n\0")
    root = _parse(data, recover=False)
    return _parse(data, recover=True) if root is None else root


def local(element: "Element") -> str:
    """Return an element's name without namespace and prefix; a comment has none."""
    tag: Any = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def children(element: "Element | None", name: str) -> "Iterator[Element]":
    """Yield the children with a local name."""
    if element is not None:
        yield from (e for e in element if local(e) == name)


def child(element: "Element | None", *path: str) -> "Element | None":
    """Return the first descendant down a path of local names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text(element: "Element | None", *path: str) -> str | None:
    """Return the text of the first descendant down a path, None without one."""
    found = child(element, *path)
    words = "" if found is None else " ".join("".join(map(str, found.itertext())).split())
    return words or None


def _parse(data: bytes, *, recover: bool) -> "Element | None":
    from lxml import etree

    parser = etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None  # what is damaged is read again, by a parser that recovers


def _marked(root: "Element") -> "dict[Element, list[range]]":
    runs: dict[Any, list[range]] = {}
    for marker in [e for e in root.iter() if local(e) == MARKER]:
        parent = marker.getparent()
        if parent is not None:
            runs.setdefault(parent, []).append(range(int(marker.get("from", "0")), int(marker.get("to", "0"))))
    return runs


def _whole_points(data: bytes, point: str) -> bytes:
    """Return a file that breaks off, up to the last point that is whole; one that goes on to its end as it is."""
    root = re.search(rb"<([A-Za-z_][\w.:-]*)", data)
    if root and re.search(rb"</%b\s*>\s*$" % re.escape(root[1]), data[-200:]):
        return data
    name = re.escape(point.encode())
    whole = re.compile(rb"</(?:[\w.-]+:)?%b\s*>|<(?:[\w.-]+:)?%b\b[^<>]*/>" % (name, name))
    last = None
    for last in whole.finditer(data):  # noqa: B007
        pass
    if last is not None:
        return data[: last.end()]
    started = re.search(rb"<(?:[\w.-]+:)?%b\b" % name, data)
    return data[: started.start()] if started else data[: data.rfind(b">") + 1]


def _points(
    root: "Element", point: str, wanted: Collection[str], attributes: tuple[str, ...]
) -> "tuple[Points, dict[Element, list[range]]]":
    """Return the points of a whole tree; one that lies in another (an end tag is lost) counts as its neighbour."""
    texts: dict[str, tuple[list[int], list[bytes]]] = {}
    runs: dict[Any, list[range]] = {}
    owner: dict[Any, tuple[int, Any]] = {}
    keep = set(wanted)
    count = 0
    for element in root.iter():
        name, parent = local(element), element.getparent()
        mine = owner.get(parent)
        if name == point:
            container = mine[1] if mine else parent
            owner[element] = (count, container)
            _extend(runs.setdefault(container, []), count)
            for attribute in attributes:
                _add(texts, f"@{attribute}", count, element.get(attribute))
            count += 1
        elif mine is not None:
            owner[element] = mine
            if name in keep and not any(isinstance(e.tag, str) for e in element):
                _add(texts, name, mine[0], "".join(map(str, element.itertext(with_tail=False))))
    cells = {
        name: Cells(np.array(at, dtype=np.intp), np.array(found, dtype=np.bytes_))
        for name, (at, found) in texts.items()
    }
    return Points(count, cells), runs


def _extend(runs: list[range], point: int) -> None:
    if runs and runs[-1].stop == point:
        runs[-1] = range(runs[-1].start, point + 1)
    else:
        runs.append(range(point, point + 1))


def _add(texts: dict[str, tuple[list[int], list[bytes]]], name: str, point: int, value: str | None) -> None:
    """Note a point's text unless it is too long to be a number or a time."""
    written = (value or "").encode("ascii", "replace")
    if value is not None and len(written) <= WIDEST:
        at, found = texts.setdefault(name, ([], []))
        at.append(point)
        found.append(written)
