"""What is known of a company, and how it came to be known."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from events.fact import Value

How = Literal["api", "scrape", "llm", "human", "import"]
Nomenclature = Literal["NAFRev2", "NAF2025"]
"""INSEE's names of the French nomenclatures of activities."""


def _is_empty(value: str) -> bool:
    return not value


class Contact(Value):
    """A person at a company."""

    name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    record_id: str = Field("", exclude_if=_is_empty)
    """What the program calls this record that a list came from; not written where it is empty."""


class Company(Value):
    """One company as a source describes it; what the source does not say is empty."""

    name: str
    siren: str = ""
    """Nine digits with a valid check digit, or empty."""
    activity: str = ""
    """NAF code with its dot, `62.01Z`."""
    activity_nomenclature: Nomenclature = Field("NAFRev2", exclude_if=lambda n: n == "NAFRev2")
    """Which nomenclature `activity` is of; not written where it is the older one, as it was not
    before there were two."""
    headcount_band: str = ""
    """INSEE code, see `events.targeting.HEADCOUNT_BANDS`."""
    category: str = ""
    postal_code: str = ""
    city: str = ""
    website: str = ""
    contacts: tuple[Contact, ...] = ()
    text: str = ""
    """What the source says of the company in words; agents quote from it."""
    extra: dict[str, str] = Field(default_factory=dict)
    """Columns that no field of ours stands for, as they were."""
    record_id: str = Field("", exclude_if=_is_empty)
    """Of a record that is about no contact; see `Contact.record_id`."""


class Evidence(Value):
    """One field's value with the words that prove it."""

    field: str
    value: str
    source: str
    source_url: str = ""
    quote: str
    at: datetime
    how: How
    confidence: float = Field(ge=0, le=1)
    person: str = Field("", exclude_if=_is_empty)
    """Whose it is; empty where it is the company's, or nobody's by name."""
