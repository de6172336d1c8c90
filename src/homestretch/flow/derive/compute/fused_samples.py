"""The samples of an activity as every computation takes them: with what other recordings measured better, or alone."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from homestretch.analysis.samples.samples import Samples, samples
from homestretch.merge.fuse import assemble
from homestretch.store.database import Reader
from homestretch.store.queries.recordings import recording_in
from homestretch.store.queries.samples import samples_of


def samples_in(reader: Reader, activity: Row[Any], keys: Iterable[str] | None = None) -> Samples | None:
    """Return the cleaned samples of a row of `activities`, with the channels named (None: all), or None without any."""
    found = samples_of(reader, activity)
    return None if found is None else samples(assemble(*found, keys, recording_in))
