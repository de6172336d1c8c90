"""Sentences of notices and logs, filled with details."""

from collections.abc import Mapping

from homestretch.model.notices.kinds import KINDS


def notice_sentence(code: str, details: Mapping[str, object], *, health_values: bool = True) -> str:
    """Return what a notice says; without health values, if need be, only that there is something to see."""
    kind = KINDS.get(code)
    if kind is None:
        return filled(code, details)
    discreet = None if health_values else kind.discreet
    return filled(kind.text if discreet is None else discreet, details)


def notice_page(code: str, details: Mapping[str, object]) -> str:
    """Return the address in the app of what a notice is about."""
    kind = KINDS.get(code)
    return "/" if kind is None else kind.page.format_map(details)


def filled(sentence: str, details: Mapping[str, object]) -> str:
    """Return a sentence with details in the places of `{…}`; a fact that is not known is called so."""
    said = sentence.format_map(_Known({k: v for k, v in details.items() if v is not None}))
    return said.replace("an activity", "An activity", 1) if said.startswith("an activity") else said


class _Known(dict[str, object]):
    def __missing__(self, key: str) -> str:
        if key == "result":
            return _result(self)
        if key in ("name", "file"):
            return str(self.get("name") or self.get("file") or "an activity")
        return "an activity" if key in ("before", "activity") else "?"


def _count(counts: Mapping[str, object], name: str) -> int:
    found = counts.get(name)
    return found if isinstance(found, int) else 0


def _result(counts: Mapping[str, object]) -> str:
    """Return what a run came to, of what there was any of."""
    requests = _count(counts, "requests")
    parts = [
        f"{_count(counts, name)} {word}"
        for name, word in (("fetched", "fetched"), ("empty", "without data"), ("failed", "failed"))
        if _count(counts, name)
    ]
    asked = f", with {requests} request{'s' if requests > 1 else ''}" if requests else ""
    return (", ".join(parts) or "nothing new") + asked
