"""The tables of figures and of editable fields hold for the answers and questions of the API, and for the CLI."""

import inspect
from typing import Any

from annotated_types import Ge, Le, MaxLen

from homestretch.api.shapes.activities import ActivityChange
from homestretch.cli.edit import COMMAND
from homestretch.model.documents.activity import Figures
from homestretch.model.editable import EDITABLE
from homestretch.model.figures import KEYS
from homestretch.store.tables.derived import activities


def test_a_figure_has_a_column_and_is_in_every_answer() -> None:
    assert set(KEYS) <= {*activities.c.keys()}
    assert tuple(Figures.__annotations__) == KEYS


def test_an_editable_field_can_be_changed_through_the_api_and_the_cli() -> None:
    assert ActivityChange.model_fields.keys() == EDITABLE.keys()
    assert inspect.signature(COMMAND).parameters.keys() == {*EDITABLE, "activity", "athlete"}


def test_the_api_knows_the_limits_of_the_table() -> None:
    def limit(metadata: list[Any], kind: type, name: str) -> Any:
        return next((getattr(one, name) for one in metadata if isinstance(one, kind)), None)

    for key, field in EDITABLE.items():
        metadata = ActivityChange.model_fields[key].metadata
        if field.kind in ("number", "whole"):
            assert (limit(metadata, Ge, "ge"), limit(metadata, Le, "le")) == (field.least, field.most), key
        elif field.kind in ("text", "time"):
            assert limit(metadata, MaxLen, "max_length") == field.longest, key
