"""What texts are written from: the module of flow/coach/texts that reads views, as `athlete_state` does for plans.

A model is given facts of what pages show, and code's own texts are those of pages, so all ask the same views.
"""

from homestretch.flow.runtime.context import Context
from homestretch.model.documents.coach_reviews import WeekReview, WorkoutReview
from homestretch.store.database import Reader
from homestretch.store.queries.coach_texts import StoredText
from homestretch.store.queries.model_settings import model_settings
from homestretch.store.queries.plans import StoredVersion, find_version
from homestretch.store.scope import Scope
from homestretch.views.coach.changes import tried
from homestretch.views.coach.reviews.week import week_review
from homestretch.views.coach.reviews.workout import workout_review
from homestretch.views.coach.rule_preview import parsed_words
from homestretch.views.coach.today import advice_document, advice_now
from homestretch.views.contexts.kit import Given
from homestretch.views.contexts.markers import is_unwell
from homestretch.views.contexts.plan import change_context, explanation_context
from homestretch.views.contexts.week import week_context
from homestretch.views.contexts.words import question_context, rules_context
from homestretch.views.contexts.workout import WithheldFromModels, workout_context
from homestretch.views.kit.today import today
from homestretch.views.people.people import account

__all__ = [
    "Given",
    "WeekReview",
    "WithheldFromModels",
    "WorkoutReview",
    "advice_document",
    "advice_now",
    "change_context",
    "explanation_context",
    "given_for",
    "is_unwell",
    "parsed_words",
    "question_context",
    "rules_context",
    "today",
    "tried",
    "units_of",
    "version_of",
    "week_context",
    "week_review",
    "workout_context",
    "workout_review",
]


def given_for(context: Context, reader: Reader, scope: Scope, units: str, lang: str) -> Given:
    """Return what a context is built with, within what the settings of the model allow."""
    settings = model_settings(reader)
    names = settings is not None and settings.names
    return Given.for_model(reader, scope, context.clock(), units, lang, names=names)


def version_of(reader: Reader, scope: Scope, text: StoredText) -> StoredVersion:
    """Return the version of a plan that a text is about. Raises NotFound."""
    assert text.plan is not None
    return find_version(reader, scope, text.plan, text.version)


def units_of(reader: Reader, scope: Scope) -> str:
    """Return the units that the account has chosen, metric where it has not."""
    if scope.account_id is None:
        return "metric"
    return account(reader, scope.account_id)["preferences"].get("units", "metric")
