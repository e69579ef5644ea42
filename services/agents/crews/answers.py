"""A model's words, and the JSON in them: in a code block, after its thoughts, between its words."""

import json
from collections.abc import Iterator
from typing import Any

_DECODER = json.JSONDecoder()
_THOUGHT = "</think>"


class NoJson(ValueError):
    """There is no object with that list in the answer."""


def items(text: str, name: str) -> list[Any]:
    """The list under `name` of the first object that has one; raises `NoJson`."""
    for value in _objects(text.rpartition(_THOUGHT)[2]):
        if isinstance(value.get(name), list):
            return list(value[name])
    raise NoJson(name)


def _objects(text: str) -> Iterator[dict[str, Any]]:
    at = text.find("{")
    while at >= 0:
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            yield value
        at = text.find("{", end)
