"""What a column can stand for."""

from typing import Literal

Field = Literal[
    "siren", "name", "activity", "headcount", "category", "postalCode", "city", "website",
    "contact", "firstName", "lastName", "title", "email", "phone", "recordId", "optOut", "dropped",
]  # fmt: skip
"""`recordId`: what the program that wrote the list calls the record; `optOut`: whoever stands there
must not be contacted; `dropped`: what no sales team needs to know of a person; never kept."""
