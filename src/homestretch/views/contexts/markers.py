"""Illness and injury of days as facts."""

from datetime import date, timedelta

from homestretch.coach.writing.facts import Facts, fact
from homestretch.views.coach.progress import markers_between
from homestretch.views.contexts.kit import Given

#: A marker that ended so many days ago still counts.
RECENT = timedelta(days=7)


def marker_facts(given: Given, since: date, until: date) -> Facts:
    """Return when the athlete was ill or injured as facts `d:marker.N`; what they wrote about it is not there."""
    facts: Facts = {}
    for number, one in enumerate(markers_between(given.reader, given.scope, since, until), 1):
        facts[f"d:marker.{number}"] = fact(one.kind, text=one.kind)
        facts[f"d:marker.{number}.from"] = fact(one.since, text=one.since)
        if one.until is not None:
            facts[f"d:marker.{number}.to"] = fact(one.until, text=one.until)
    return facts


def is_unwell(given: Given) -> bool:
    """Return whether the athlete is ill or injured today, or was a few days ago: then plans only get easier."""
    return bool(markers_between(given.reader, given.scope, given.today - RECENT, given.today))
