"""Lists of companies as any spreadsheet or CRM exports them."""

from services.sources.csv.columns import Corrections, normal_form
from services.sources.csv.fields import Field
from services.sources.csv.preview import Preview, PreviewColumn, preview
from services.sources.csv.reading import read_companies
from services.sources.csv.refusal import NotCsv
from services.sources.csv.refused import refused_lines

__all__ = [
    "Corrections",
    "Field",
    "NotCsv",
    "Preview",
    "PreviewColumn",
    "normal_form",
    "preview",
    "read_companies",
    "refused_lines",
]
