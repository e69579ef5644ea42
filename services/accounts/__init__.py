"""Who may sign in and what they may do, in the SQL database, untouched by any rebuild."""

from services.accounts.administration import Administration, LastAdmin, UnknownAccount
from services.accounts.people import Account, Accounts, EmailTaken, NotAnEmail, UnknownOrganisation
from services.accounts.principal import InvalidToken, Principal, Role
from services.accounts.sessions import COOKIE, Sessions

__all__ = [
    "COOKIE",
    "Account",
    "Accounts",
    "Administration",
    "EmailTaken",
    "InvalidToken",
    "LastAdmin",
    "NotAnEmail",
    "Principal",
    "Role",
    "Sessions",
    "UnknownAccount",
    "UnknownOrganisation",
]
