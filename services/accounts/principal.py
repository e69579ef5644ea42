"""Who is asking, and what that person may do."""

from dataclasses import dataclass
from typing import Literal, get_args

from services.wording import Language

Role = Literal["viewer", "operator", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do all that those before it may."""


class InvalidToken(Exception):
    """The token is expired, revoked, or none of ours."""

    def __init__(self, code: Literal["expired", "invalid", "revoked"]) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Principal:
    """A signed-in person."""

    user_id: str
    org: str
    role: Role
    language: Language
    """The organisation's, or what this person chose."""
    expires_at: float
    """Seconds since 1970."""
    token_id: str
    """The session: it stays through refreshes, and ends with a logout."""
    epoch: int = 0
    """The account's when the person signed in: all sessions of an earlier one have ended."""
    signed_in_at: float = 0.0
    """When the password was given, in seconds since 1970."""

    def may_act_as(self, role: Role) -> bool:
        """Whether the person's role includes `role`."""
        return ROLES.index(self.role) >= ROLES.index(role)
