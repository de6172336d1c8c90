"""Months by their names in many languages."""

import re
import unicodedata

#: Names of months, in every form that dates use, in the languages that services speak.
_NAMES = {
    1: "january januar jänner janvier enero gennaio janeiro januari styczeń stycznia январь января ocak gener",
    2: "february februar février febrero febbraio fevereiro februari luty lutego февраль февраля şubat pebruari febrer",
    3: "march märz mars marzo março maart mrt marzec marca март марта mart maret marts mac",
    4: "april avril abril aprile kwiecień kwietnia апрель апреля nisan",
    5: "may mai mayo maggio maio mei maj maja май мая mayıs maig",
    6: "june juni juin junio giugno junho czerwiec czerwca июнь июня haziran juny",
    7: "july juli juillet julio luglio julho lipiec lipca июль июля temmuz julai juliol",
    8: "august août agosto augustus sierpień sierpnia август августа ağustos agustus agt augusti ogos agost",
    9: "september septembre septiembre setiembre settembre setembro wrzesień września сентябрь сентября eylül setembre",
    10: "october oktober octobre octubre ottobre outubro październik października октябрь октября ekim",
    11: "november novembre noviembre novembro listopad listopada ноябрь ноября kasım nopember",
    12: "december dezember décembre diciembre dicembre dezembro grudzień grudnia декабрь декабря aralık desember "
        "disember desembre",
}  # fmt: skip
#: Short names of months that are weekdays too, the likelier month first: martes, mardi, martedì; and the Turkish pazar,
#: beside which March is `mar`.
_WEEKDAYS_TOO = {"mar": 1, "paz": 2}
#: A date in numbers alone, its year in four digits.
_IN_NUMBERS = re.compile(r"\d{4}([-./]) ?\d{1,2}\1 ?\d{1,2}|\d{1,2}([-./]) ?\d{1,2}\2 ?\d{4}")
_LEAST = 3


def plain(text: str) -> str:
    """Return a text in small letters without accents, its odd spaces plain."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ı", "i"))
    kept = "".join(one for one in plain if not unicodedata.combining(one) or one == "\u0306")
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", kept)).strip()


def month_named(word: str) -> int | None:
    """Return the month that a plain word is the name of, or three and more letters of its beginning; else None."""
    return _BY_NAME.get(word)


def month_in(text: str) -> int | None:
    """Return the month that a word of a plain date names, None where there is no such word or the date is in numbers.

    A word that may be a weekday's is one where another names the month: `mar 5 may 2026` is in May.
    """
    if _IN_NUMBERS.search(text):
        return None
    named = [word for word in re.findall(r"[^\W\d_]+", text) if word in _BY_NAME]
    return _BY_NAME[min(named, key=lambda word: _WEEKDAYS_TOO.get(word, 0))] if named else None


def _beginnings() -> dict[str, int]:
    found: dict[str, set[int]] = {}
    for month, names in _NAMES.items():
        for name in map(plain, names.split()):
            for length in range(_LEAST, len(name) + 1):
                found.setdefault(name[:length], set()).add(month)
    return {start: months.pop() for start, months in found.items() if len(months) == 1}


_BY_NAME = _beginnings()
