"""Names of months in many languages, by how they begin."""

import re
import unicodedata

#: How months begin, without accents, in the languages that services speak; what is longer is looked for first.
_MONTHS = {
    1: "jan ene gen sty янв oca", 2: "feb fev lut фев peb sub", 3: "mar mrt maa маp мар", 4: "apr avr abr kwi апр nis",
    5: "may mai mag maj mei май мая", 6: "jun juin giu cze июн haz", 7: "jul juil lug lip июл tem",
    8: "aug aou ago agu agt ağu sie авг", 9: "sep set wrz сен eyl", 10: "oct okt out ott paz окт eki",
    11: "nov nop lis ноя kas", 12: "dec dez dic des gru дек ara",
}  # fmt: skip
_BY_START = {start: month for month, starts in _MONTHS.items() for start in starts.split()}
_LONGEST_FIRST = sorted(_BY_START, key=len, reverse=True)


def plain(text: str) -> str:
    """Return a text in small letters without accents, its odd spaces plain."""
    plain = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(one for one in plain if not unicodedata.combining(one) or one == "\u0306")
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", kept)).strip()


def month_named(word: str) -> int | None:
    """Return the month that a word, in small letters without accents, names or begins like."""
    return next((_BY_START[start] for start in _LONGEST_FIRST if word.startswith(start)), None)
