"""Why code wrote a text and no model: the reasons of models, and those of what is asked."""

from collections.abc import Mapping

from homestretch.model.coach.model_reasons import SENTENCES as OF_MODELS

SENTENCES: Mapping[str, str] = {
    **{str(why): sentence for why, sentence in OF_MODELS.items()},
    "terms": "The terms of the source of this activity don't let a model have it, so nothing was sent.",
    "medicine": "This is for a professional, so no model was asked.",
    "claims": "What the model wrote says things that your data doesn't hold, so it isn't shown. Try again, or use a "
    "larger model.",
    "too_large": "This is more than may be sent to a model at once. Ask about less.",
    "gone": "What this text was to be about is gone.",
}
