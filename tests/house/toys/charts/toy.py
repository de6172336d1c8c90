"""A chart of nothing."""

from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.kit.frame import Asked, Axis, Chart, Frame


def _frame(_reader: Reader, _scope: Scope, _asked: Asked) -> Frame:
    return Frame(key="toy", title="Toy", x=Axis(scale="date", values=[]), lines=())


CHART = Chart(key="toy", title="Toy", frame=_frame)
