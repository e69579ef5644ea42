"""Organisations and their people, in the SQL database, untouched by any rebuild."""

from services.edge.accounts.accounts import Account, Accounts, EmailTaken, UnknownOrganisation

__all__ = ["Account", "Accounts", "EmailTaken", "UnknownOrganisation"]
