"""Whose fault it is that a model did not answer: its own, passing trouble's, or the answer's.

Every provider's library raises errors of its own, and CrewAI wraps some of them; what they share is
an HTTP status somewhere in the chain of causes.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

LONGEST_REASON_CHARS = 200
_CHAIN = 8
_NO_CREDIT = re.compile(r"insufficient.?(quota|funds|balance)|credit|billing|payment", re.I)
_DECLINED = re.compile(r"content.?(filter|policy)|safety|flagged|invalid_prompt", re.I)
_TOO_LONG = re.compile(r"context.?(length|window)|too.?long|too many tokens", re.I)
_SECRET = re.compile(r"\S*@\S+|\b(?:sk|pk|key|gsk|xai)[-_]\S+|\bBearer \S+|\S*\w{24,}\S*", re.I)
_PASSING = frozenset({408, 409, 425, 429})


class Fault(NamedTuple):
    """Why there is no answer."""

    code: str = ""
    """`failure.…`: the model's own fault, and no prospect's."""
    said: str = ""
    """The provider's reason, without what may be a secret or a person's."""
    passing: str = ""
    """`reason.…`: trouble that passes."""
    retry_after_s: float = 0
    answer: str = ""
    """`reason.…`: the answer's fault; with nothing set, nobody knows."""


def fault_of(error: BaseException) -> Fault:
    causes = [*_chain(error)]
    if any("ContextLength" in type(cause).__name__ for cause in causes):
        return Fault(answer="too-long")
    for cause in causes:
        if (status := _status(cause)) is not None:
            return _by_status(status, cause)
    names = " ".join(type(cause).__name__ for cause in causes)
    if "Timeout" in names:
        return Fault(passing="timeout")
    if any(isinstance(c, ConnectionError) for c in causes) or re.search("Connect|Protocol", names):
        return Fault(passing="unreachable")
    if "JSONDecodeError" in names or "ResponseValidation" in names:
        return Fault(passing="cut")
    if re.search("guardrail|None or empty", str(error)) or re.search("ValidationError|Hook", names):
        return Fault(answer="refused-answer")
    return Fault()


def _chain(error: BaseException) -> Iterator[BaseException]:
    """CrewAI raises errors from themselves."""
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in seen and len(seen) < _CHAIN:
        seen.append(cause)
        yield cause
        cause = cause.__cause__ or cause.__context__


def _status(error: BaseException) -> int | None:
    for name in ("status_code", "code"):
        status = getattr(error, name, None)
        if isinstance(status, int) and 400 <= status <= 599:
            return status
    return None


def _by_status(status: int, error: BaseException) -> Fault:
    said, text = _said(error), str(error)
    if status == 402 or (status in (400, 403, 429) and _NO_CREDIT.search(text)):
        return Fault("failure.model-credit", said)
    if status in _PASSING or status >= 500:
        busy = "busy" if status == 429 else "unavailable"
        return Fault(passing=busy, retry_after_s=_retry_after_s(error))
    if status in (401, 403):
        return Fault("failure.model-key", said)
    if status == 404:
        return Fault("failure.model-missing", said)
    if status == 413 or _TOO_LONG.search(text):
        return Fault(answer="too-long")
    if _DECLINED.search(text):
        return Fault(answer="declined")
    return Fault("failure.model-parameter", said)


def _said(error: BaseException) -> str:
    body: Any = getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, dict) else None
    said = inner.get("message") if isinstance(inner, dict) else inner
    text = " ".join(_SECRET.sub("…", said if isinstance(said, str) else str(error)).split())
    return text if len(text) <= LONGEST_REASON_CHARS else text[: LONGEST_REASON_CHARS - 1] + "…"


def _retry_after_s(error: BaseException) -> float:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after", 0)))
    except ValueError:
        return 0  # a date, which few send: our own delays do
