"""Words that others wrote (names, notes) as a model may be given them: short, visible, and never a template."""

import unicodedata

NAME, NOTE = 80, 400
#: Control and format characters (also invisible ones and marks of direction), surrogates, private use, line ends.
_REMOVED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BRACES = str.maketrans({"{": "(", "}": ")"})


def plain_words(text: str | None, most: int = NAME) -> str | None:
    """Return a text on one line without anything invisible, cut to so many characters; None where nothing is left."""
    if text is None:
        return None
    # Line ends and tabs part words; what else is invisible parts nothing.
    spaced = "".join(" " if sign.isspace() or unicodedata.category(sign) in ("Zl", "Zp") else sign for sign in text)
    composed = unicodedata.normalize("NFKC", spaced)
    kept = "".join(sign for sign in composed if unicodedata.category(sign) not in _REMOVED)
    words = unicodedata.normalize("NFKC", " ".join(kept.translate(_BRACES).split()))
    return _cut(words, most) or None


def _cut(words: str, most: int) -> str:
    # Three dots, for the sign of an ellipsis is composed of them.
    return words if len(words) <= most else words[: most - 3].rstrip() + "..."
