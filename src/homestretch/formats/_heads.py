"""Who opens this XML file: by its root element, and by its name where the root is out of sight."""

import re


def claims_root(head: bytes, name: str, root: str, suffix: str) -> float:
    """Return 1 if the root element is in the head, 0.4 for XML (or a comment's beginning) of the right name, else 0."""
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
    text = head[: len(head) // 2 * 2].decode(encoding, "replace").lstrip("\ufeffï»¿ \t\r\n\0")
    if re.search(rf"<(?:[\w.-]+:)?{root}\b", text, re.IGNORECASE):
        return 1.0
    return 0.4 if text.startswith("<") and name.endswith(suffix) else 0.0
