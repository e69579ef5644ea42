"""Lists of companies as any spreadsheet or CRM exports them."""

from services.sources.csv.preview import Preview, preview
from services.sources.csv.reading import read_companies
from services.sources.csv.refusal import NotCsv

__all__ = [
    "NotCsv",
    "Preview",
    "preview",
    "read_companies",
]
