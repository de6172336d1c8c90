"""What is sent about backups."""

from pydantic import Field

from homestretch.api.shapes.base import Shape
from homestretch.model.documents.backups import BackupPlan, Every


class BackupPlanChange(Shape):
    """When backups are made, where they go, and how many of which age are kept; `again`: the folder is a new one."""

    on: bool
    folder: str | None = Field(None, max_length=1000)
    every: Every = "day"
    hour: int = Field(3, ge=0, le=23)
    daily: int = Field(7, ge=0, le=366)
    weekly: int = Field(4, ge=0, le=500)
    monthly: int = Field(12, ge=0, le=500)
    again: bool = False

    def plan(self) -> BackupPlan:
        """Return the plan that this asks for."""
        return {
            "on": self.on,
            "folder": self.folder,
            "locked": False,
            "every": self.every,
            "hour": self.hour,
            "daily": self.daily,
            "weekly": self.weekly,
            "monthly": self.monthly,
        }
