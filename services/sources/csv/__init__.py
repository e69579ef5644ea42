"""Lists of companies as any spreadsheet or CRM exports them."""

from services.sources.csv.preview import Preview, preview
from services.sources.csv.reading import AcceptedLine, RefusedLine, Row, read_companies
from services.sources.csv.refusal import NotCsv
from services.sources.csv.wording import WORDING

__all__ = [
    "WORDING",
    "AcceptedLine",
    "NotCsv",
    "Preview",
    "RefusedLine",
    "Row",
    "preview",
    "read_companies",
]
