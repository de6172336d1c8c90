"""Measures samples: as a recording alone on import, as an activity when that is stale."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.summary import Summary, summarise
from homestretch.analysis.athlete.history import History
from homestretch.analysis.athlete.thresholds import Profile
from homestretch.analysis.measure.measure import Measured, measure
from homestretch.analysis.samples.samples import Samples, samples
from homestretch.analysis.zone import offset_at
from homestretch.flow.derive.compute.fingerprints import Subject, stale_parts
from homestretch.merge.fuse import Given, fuse, needed
from homestretch.model.moment import Moment, day_of
from homestretch.store.codecs.details import unpack_detail
from homestretch.store.queries.recordings import recording_of

log = logging.getLogger("homestretch.compute")


@dataclass(frozen=True, slots=True)
class AthleteInputs:
    """An athlete's inputs of computations: the zone at home, and the values by date."""

    home_zone: str | None = None
    history: History = field(default_factory=History)


@dataclass(frozen=True, slots=True)
class MeasureResult:
    """The results of measuring a recording as an activity of its own, with the fingerprints and the profile used."""

    fingerprints: Mapping[str, str]
    profile: Profile
    measured: Measured


def compute_recording(
    person: AthleteInputs, source: str, cleaned: Samples, summary: Summary, moment: Moment
) -> MeasureResult:
    """Measure samples as those of an activity of their own, which most recordings are."""
    local = local_ms(summary.start_ms, moment.offset_s, person.home_zone)
    subject = Subject(source, cleaned.recording.sport, day_of(local))
    return compute(subject, subject.profile(person.history), cleaned, summary)


def compute(
    subject: Subject, profile: Profile, cleaned: Samples, summary: Summary, had: Mapping[str, str] | None = None
) -> MeasureResult:
    """Measure samples as the subject describes them: the parts whose fingerprints differ from those it had."""
    expected = subject.expected(profile)
    fingerprints = stale_parts(expected, had or {})
    effort = Effort(cleaned, summary, subject.sport, profile, subject.rpe, subject.feel)
    measured = measure(effort, fingerprints)
    for part, error in measured.failed.items():
        log.error("%s of %s could not be calculated: %s", part, subject.source, error)
    return MeasureResult(fingerprints, profile, measured)


def local_ms(start_ms: int, offset_s: int | None, home_zone: str | None) -> int:
    """Return an instant on the local clock: by its own offset, else the home zone's, else UTC."""
    if offset_s is None and home_zone:
        offset_s = offset_at(home_zone, start_ms)
    return start_ms + 1000 * (offset_s or 0)


@dataclass(frozen=True, slots=True)
class Share:
    """What another recording, as its rows hold it, gives: some of its channels."""

    summary: Mapping[str, Any]
    detail: bytes
    blob: bytes
    span: tuple[int, int]
    channels: tuple[str, ...]

    def read(self) -> Given:
        """Return the recording with the channels that are needed."""
        found = recording_of(self.summary, self.detail, self.blob, self.span, needed(self.channels))
        return Given(found, self.channels)


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored recording that is to be measured again: its rows, its former fingerprints and its athlete's profile.

    `given` are other recordings that give it channels.
    """

    subject: Subject
    had: Mapping[str, str]
    profile: Profile
    summary: Mapping[str, Any]
    detail: bytes
    blob: bytes
    span: tuple[int, int]
    given: tuple[Share, ...] = ()


def summary_of(shown: Mapping[str, Any], packed: bytes, start_ms: int) -> Summary:
    """Return the summary of a stored recording, without its ends and its thumbnail."""
    figures: dict[str, Any] = {field.name: shown.get(field.name) for field in fields(Summary)}
    detail = unpack_detail(packed)
    box = detail.get("bbox")
    figures |= {"start_ms": start_ms, "bbox": None if box is None else tuple(box), "track": detail.get("track")}
    return Summary(**figures)


def compute_stored(stored: Stored) -> MeasureResult:
    """Measure a stored recording again: what its subject should have and it has not."""
    recording = recording_of(stored.summary, stored.detail, stored.blob, stored.span)
    cleaned = samples(fuse(recording, [share.read() for share in stored.given]))
    summary = summary_of(stored.summary, stored.detail, stored.span[0])
    if stored.given:
        summary = summarise(cleaned.recording, cleaned)
    return compute(stored.subject, stored.profile, cleaned, summary, stored.had)


def not_computed(stored: Stored, note: str) -> MeasureResult:
    """Return what stands for a recording whose measuring took a process down, or too long: it is not tried again."""
    fingerprints = stale_parts(stored.subject.expected(stored.profile), stored.had)
    return MeasureResult(fingerprints, stored.profile, Measured(failed=dict.fromkeys(fingerprints, note)))
