"""Every problem that the API may answer with: the edge's own, and the domain's refusals."""

from collections.abc import Iterator

from services.edge.http.problems import status_of
from services.prospecting.errors import Refused
from services.wording import codes, pattern

STATUSES: dict[int, tuple[str, ...]] = {
    400: (
        "BadRequest",
        "BrokenUpload",
        "InvalidSubscription",
        "MalformedCursor",
        "MalformedIdempotencyKey",
        "MalformedIfMatch",
        "MalformedJson",
    ),
    401: ("ExpiredToken", "InvalidToken", "RevokedToken", "SignInNeeded", "WrongCredentials"),
    403: ("ForbiddenOrigin", "RoleNeeded"),
    404: ("CampaignNotFound", "NotFound", "UserNotFound"),
    405: ("MethodNotAllowed",),
    409: ("CursorExpired", "EmailTaken", "LastAdmin", "OtherEpoch"),
    413: ("TooLarge",),
    415: (
        "JsonExpected",
        "MultipartExpected",
        "csv.archive",
        "csv.binary",
        "csv.image",
        "csv.pdf",
        "csv.spreadsheet",
    ),
    422: (
        "InvalidFields",
        "KeyReused",
        "csv.empty",
        "csv.noColumn",
        "csv.noIdentity",
        "csv.noLine",
    ),
    429: ("SlowDown", "TooManyConnections"),
    500: ("ServerError",),
    503: (
        "Draining",
        "LogFull",
        "LogUnavailable",
        "ReadModelsBehind",
        "ReadModelsUnavailable",
        "StreamStopped",
    ),
}
"""The edge's own; what the domain refuses has the status of its class (`problems.status_of`)."""


def every_problem() -> Iterator[tuple[str, int, str, str]]:
    """Code, status, and the sentence in French and in English."""
    statuses = {code: status for status, codes in STATUSES.items() for code in codes}
    statuses |= {kind.__name__: status_of(kind()) for kind in _kinds(Refused)}
    for code in codes():
        if code[0].isupper() or code.startswith("csv."):
            yield code, statuses[code], pattern(code, "fr"), pattern(code, "en")


def _kinds(kind: type[Refused]) -> Iterator[type[Refused]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)
