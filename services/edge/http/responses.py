"""What OpenAPI says of problems."""

from typing import Any

from services.edge.http.problems import MEDIA_TYPE, ProblemDetails
from services.wording import render

Responses = dict[int | str, dict[str, Any]]


def problems(*statuses: int) -> Responses:
    """FastAPI's `responses` for these statuses."""
    schema = {"$ref": f"#/components/schemas/{ProblemDetails.__name__}"}
    return {
        status: {
            "description": render(f"title.{status}", language="en"),
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


REFUSED = problems(400, 401, 403, 409, 413, 415, 422, 503)
"""What any call under `/api` may answer."""
