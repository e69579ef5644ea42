"""The documents from which clients are generated."""

import json

from services.edge.api import asyncapi as stream
from services.edge.app import assemble


def openapi() -> str:
    return _text(assemble().openapi())


def asyncapi() -> str:
    return _text(stream.description())


def _text(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
