"""Every problem that the API may answer with: the edge's own, and the domain's refusals."""

from collections.abc import Iterator

from services.edge.http.problems import status_of
from services.prospecting.errors import Refused
from services.wording.domain import WORDING
from services.wording.edge import PROBLEMS


def every_problem() -> Iterator[tuple[str, int | None, str, str]]:
    """Code, status where it is always the same, and the sentence in French and in English."""
    for code, (french, english) in PROBLEMS.items():
        yield code, None, french, english
    for kind in _kinds(Refused):
        if (pair := WORDING.get(kind.__name__)) is not None:
            yield kind.__name__, status_of(kind()), *pair
    for code, (french, english) in WORDING.items():
        if code.startswith("csv."):
            yield code, None, french, english


def _kinds(kind: type[Refused]) -> Iterator[type[Refused]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)
