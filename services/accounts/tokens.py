"""Sessions as JSON Web Tokens: one algorithm, every claim required."""

import secrets
import time
from typing import Any

import jwt

from services.accounts.principal import ROLES, InvalidToken, Principal, Role
from services.accounts.signing_keys import SigningKeys
from services.wording import LANGUAGES, Language

ALGORITHM = "HS256"
ISSUER = "filon"
AUDIENCE = "filon-edge"
LIFETIME_S = 12 * 3600
LONGEST_SESSION_S = 30 * 24 * 3600
"""From a password to the end of what it can be refreshed to."""
_SKEW_S = 5
"""By which another machine's clock may be ahead."""
_REQUIRED = ["iss", "aud", "exp", "nbf", "iat", "jti", "sid", "sub"]


def issue(keys: SigningKeys, principal: Principal) -> str:
    """A token for this principal, until its `expires_at`."""
    kid, secret = keys.signing
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": principal.user_id,
        "org": principal.org,
        "role": principal.role,
        "lang": principal.language,
        "sid": principal.token_id,
        "epoch": principal.epoch,
        "auth_time": int(principal.signed_in_at),
        "jti": secrets.token_urlsafe(12),
        "iat": now,
        "nbf": now,
        "exp": int(principal.expires_at),
    }
    return jwt.encode(claims, secret, algorithm=ALGORITHM, headers={"kid": kid})


def verify(keys: SigningKeys, token: str) -> Principal:
    """Whom the token stands for; raises `InvalidToken`."""
    try:
        kid = jwt.get_unverified_header(token).get("kid", "")
        claims = jwt.decode(
            token,
            keys.by_id.get(str(kid), b""),
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            audience=AUDIENCE,
            leeway=_SKEW_S,
            options={"require": _REQUIRED},
        )
    except jwt.ExpiredSignatureError as error:
        raise InvalidToken("expired") from error
    except (jwt.InvalidTokenError, jwt.InvalidKeyError) as error:
        raise InvalidToken("invalid") from error
    return _principal(claims)


def _principal(claims: dict[str, Any]) -> Principal:
    role: Role = claims.get("role")  # type: ignore[assignment]  # checked below
    language: Language = claims.get("lang")  # type: ignore[assignment]  # checked below
    texts = [claims.get(name) for name in ("sub", "org", "role", "lang", "sid")]
    if not all(isinstance(text, str) and text for text in texts):
        raise InvalidToken("invalid")
    if role not in ROLES or language not in LANGUAGES:
        raise InvalidToken("invalid")
    if claims["exp"] <= time.time():
        raise InvalidToken("expired")
    return Principal(
        user_id=claims["sub"],
        org=claims["org"],
        role=role,
        language=language,
        expires_at=float(claims["exp"]),
        token_id=claims["sid"],
        epoch=_whole(claims.get("epoch", 0)),
        signed_in_at=float(_whole(claims.get("auth_time", claims["iat"]))),
    )


def _whole(claim: object) -> int:
    """Tokens of the version before have neither claim. Raises `InvalidToken`."""
    if not isinstance(claim, int) or claim < 0:
        raise InvalidToken("invalid")
    return claim
