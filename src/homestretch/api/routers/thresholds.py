"""What holds of the athlete by date."""

from fastapi import APIRouter

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.shapes.numbers import ThresholdChange
from homestretch.flow.edit.thresholds import state
from homestretch.model.documents.collections import Listing
from homestretch.model.documents.training import ThresholdInfo
from homestretch.views.kit.today import today
from homestretch.views.training.thresholds import thresholds

router = APIRouter(prefix="/api/thresholds", tags=["thresholds"])
#: The right that each operation needs.
RIGHTS = {
    "list_thresholds": "thresholds: read",
    "set_threshold": "thresholds: set",
}


@router.get("", response_model=Listing[ThresholdInfo])
def list_thresholds(asking: AthleteContext) -> Listing[ThresholdInfo]:
    """Return every threshold with its history, what holds today, and what activities suggest."""
    return _listed(asking)


@router.put("/{key}", response_model=Listing[ThresholdInfo])
def set_threshold(key: str, body: ThresholdChange, asking: AthleteContext) -> Listing[ThresholdInfo]:
    """State a threshold from a day on; what reads it is computed again in the background."""
    state(asking.context, asking.of, key, body.value, body.valid_from, body.family)
    asking.app.wake()
    return _listed(asking)


def _listed(asking: AthleteRequest) -> Listing[ThresholdInfo]:
    with asking.app.database.read() as reader:
        now = today(reader, asking.of, asking.context.clock())
        return {"items": thresholds(reader, asking.of, now)}
