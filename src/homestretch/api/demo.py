"""The demo athlete, for an empty first page."""

from typing import Annotated

from fastapi import APIRouter, Query

from homestretch.api._asking import OfAthlete
from homestretch.api._shapes_imports import Batch
from homestretch.demo.load import SEED, start
from homestretch.views.batches import batch

router = APIRouter(prefix="/api/demo", tags=["imports"])


@router.post("", response_model=Batch, status_code=201)
def load_demo(asking: OfAthlete, seed: Annotated[int, Query(ge=0, le=1 << 31)] = SEED) -> object:
    """Start importing two years of a made-up athlete; its files are made in the background."""
    number = start(asking.world, asking.of, seed)
    asking.app.wake()
    with asking.app.database.read() as reader:
        return batch(reader, asking.of, number, asking.world.clock())
