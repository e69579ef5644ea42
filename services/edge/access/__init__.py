"""Who may do what: tokens, cookies, origins, roles and tickets."""

from services.edge.access.access import COOKIE, Access
from services.edge.access.principal import InvalidToken, Principal, Role

__all__ = ["COOKIE", "Access", "InvalidToken", "Principal", "Role"]
