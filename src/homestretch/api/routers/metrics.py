"""What every metric is."""

from fastapi import APIRouter

from homestretch.api.context import ByCaller
from homestretch.model.documents.collections import Listing
from homestretch.model.documents.training import MetricInfo
from homestretch.views.activities.metrics import catalogue

router = APIRouter(prefix="/api/metrics", tags=["metrics"])
#: The right that each operation needs.
RIGHTS = {
    "list_metrics": "server: read",
}


@router.get("", response_model=Listing[MetricInfo])
def list_metrics(_asking: ByCaller) -> Listing[MetricInfo]:
    """Return every metric: unit, how it folds over days, how far to trust it, and where its formula is from."""
    return {"items": catalogue()}
