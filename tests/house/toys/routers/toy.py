"""Toys."""

from fastapi import APIRouter

from homestretch.api.context import AthleteContext

router = APIRouter(prefix="/api/toys", tags=["toys"])
RIGHTS = {"list_toys": "activities: read"}


@router.get("", response_model=list[str])
def list_toys(_asking: AthleteContext) -> list[str]:
    """Return the toys."""
    return ["ball"]
