"""A chart of nothing."""

from homestretch.model.documents.charts import FrameAxis, FrameBody
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.kit.frame import Asked, Chart


def _frame(_reader: Reader, _scope: Scope, _asked: Asked) -> FrameBody:
    x: FrameAxis = {"scale": "date", "unit": "", "label": "", "values": []}
    return {"key": "toy", "title": "Toy", "x": x, "lines": [], "bands": [], "notes": [], "details": {}}


CHART = Chart(key="toy", title="Toy", page="training", frame=_frame)
