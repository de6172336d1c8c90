"""Reviews of activities that were approved in another system: kept as texts of the coach, with its words."""

from collections.abc import Sequence

from homestretch.flow.edit.edits import subject_of
from homestretch.flow.runtime.context import public_id
from homestretch.flow.takeover.reading.items import FoundReview
from homestretch.flow.takeover.taking import Taking
from homestretch.model.documents.coach_texts import KeptText
from homestretch.store.queries import coach_texts as stored
from homestretch.store.queries.takeover import activities_of, linked

#: A reference to a fact stands in such brackets; a text from elsewhere has none.
_PLAIN = str.maketrans("{}", "()")


def take_reviews(taking: Taking, found: Sequence[FoundReview]) -> None:
    """Keep reviews of activities that are here; one with the same words is not kept again."""
    scope = taking.scope
    with taking.context.database.read() as reader:
        there = {(one.subject, one.document["headline"]) for one in stored.texts_of(reader, scope, 100_000)
                 if one.kind == "workout" and one.document is not None}  # fmt: skip
        digests: dict[str, set[str]] = {}
        for provider in {one.link.provider for one in found}:
            for key, digest in linked(reader, scope.athlete_id, provider):
                digests.setdefault(f"{provider}/{key}", set()).add(digest)
        subjects: dict[int, str] = {}
        for place, one in enumerate(found):
            ids = activities_of(reader, scope.athlete_id, digests.get(f"{one.link.provider}/{one.link.key}", set()))
            if len(ids) == 1:
                subjects[place] = subject_of(reader, scope, ids.pop())
    known = [(subjects[place], one) for place, one in enumerate(found) if place in subjects]
    taking.each(
        "reviews",
        known,
        lambda pair: f"of activity {pair[1].link.key}",
        lambda pair: (pair[0], pair[1].headline.translate(_PLAIN)) in there,
        lambda pair: _keep(taking, *pair),
    )
    missing = "Their activities are not here. Connect the service that has them, sync, and take over again."
    taking.leave("reviews of other activities", len(found) - len(known), missing)


def _keep(taking: Taking, subject: str, review: FoundReview) -> None:
    """Keep a review as done, dated as it was."""
    points = [one.translate(_PLAIN) for one in review.points]
    document = KeptText(
        by="model", headline=review.headline.translate(_PLAIN),
        points=[{"tone": "neutral", "text": one, "source": one, "evidence": []} for one in points],
        question=None, unknown=[], operations=[], refused=[], rules=[], facts={}, hidden=0, truncated=0,
    )  # fmt: skip
    made = public_id()
    asked = {"kind": "workout", "subject": subject, "words": "", "lang": "en", "units": "metric"}
    with taking.context.database.write() as session:
        stored.put_text(session, taking.scope, made, asked, review.at_ms)
        text = stored.find_text(session, taking.scope, made)
        stored.finish_text(session, text.id, {"document": document, "model": review.model}, review.at_ms)
