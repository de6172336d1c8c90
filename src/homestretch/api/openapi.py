"""The description of the API: FastAPI's own, with errors as the server really answers them."""

from collections.abc import Iterator
from typing import Any, is_typeddict

from fastapi import FastAPI
from pydantic import ConfigDict

from homestretch import registry

DOCUMENTS = "homestretch.model.documents"
PROBLEM = "#/components/schemas/Problem"
#: What FastAPI says that it answers where a request does not fit.
FRAMEWORKS = ("HTTPValidationError", "ValidationError")
#: A parameter of a rule: a plain value, a list or an object of them. A union that names itself, as ours does, becomes
#: a type without members for those who make types from the description.
PARAMS = ("Param", "Param-Input", "Param-Output")
_PLAIN = [{"type": "string"}, {"type": "number"}, {"type": "integer"}, {"type": "boolean"}, {"type": "null"}]
_PARAM = {
    "anyOf": [
        *_PLAIN,
        {"type": "array", "items": {"anyOf": _PLAIN}},
        {"type": "object", "additionalProperties": {"anyOf": _PLAIN}},
    ]
}


def describe_late() -> None:
    """Let pydantic look into a document when it is first needed, not for each route while the server starts.

    Most documents only describe answers, which are written as they are (`json_response.answer`); those that FastAPI
    writes are looked into at the first answer.
    """
    for name in registry.leaf_names(DOCUMENTS):
        for value in vars(registry.load(DOCUMENTS, name)).values():
            if is_typeddict(value):
                value.__pydantic_config__ = ConfigDict(defer_build=True)


class Api(FastAPI):
    """An application that describes every error as a problem document."""

    def openapi(self) -> dict[str, Any]:
        """Return the description, made once."""
        if self.openapi_schema is None:
            described = super().openapi()
            for response in _responses(described):
                _correct(response)
            schemas = described["components"]["schemas"]
            for name in FRAMEWORKS:
                schemas.pop(name, None)
            schemas.update({name: _PARAM for name in PARAMS if name in schemas})
        return super().openapi()


def _responses(described: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for operations in described["paths"].values():
        for operation in operations.values():
            yield from operation["responses"].values()


def _correct(response: dict[str, Any]) -> None:
    """Change a response that is an error to a problem document, with its own media type."""
    schemas = {content.get("schema", {}).get("$ref", "") for content in response.get("content", {}).values()}
    invalid = any(schema.endswith(FRAMEWORKS[0]) for schema in schemas)
    if invalid or PROBLEM in schemas:
        response["content"] = {"application/problem+json": {"schema": {"$ref": PROBLEM}}}
    if invalid:
        response["description"] = "The request does not fit"
