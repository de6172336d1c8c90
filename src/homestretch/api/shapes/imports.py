"""What is sent about imports: the files to come."""

from typing import Literal

from pydantic import Field

from homestretch.api.shapes.base import Shape


class DeclaredFile(Shape):
    """A file that is going to be sent."""

    path: str = Field(max_length=2000)
    size: int = Field(ge=0, le=1 << 50)


class NewBatch(Shape):
    """An import to start."""

    origin: Literal["upload"] = "upload"
    files: list[DeclaredFile] = Field(default=[], max_length=10_000)


class DeclaredFiles(Shape):
    """More files that are going to be sent."""

    files: list[DeclaredFile] = Field(max_length=10_000)
