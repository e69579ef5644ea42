"""A campaign's prospects as a spreadsheet reads them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import StreamingResponse

from events.fact import Value
from events.prospect import ProspectStatus
from events.targeting import HEADCOUNT_BANDS
from projections.prospects import ProspectView
from projections.queries import ProspectQuery, Sort
from services.edge.http.authentication import Viewer
from services.edge.http.queries import Read
from services.edge.http.responses import REFUSED, problems
from services.edge.schemas import ShownFactor
from services.wording import Language, render

router = APIRouter(prefix="/api/campaigns", tags=["campaigns"], responses=REFUSED)

COLUMNS = (
    "company", "siren", "score", "status", "reasons", "contact", "title", "email", "phone",
    "website", "activity", "headcount", "postalCode", "city", "foundAt",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet would carry out."""


class Selection(Value):
    """The filters and the order of the list, without its pages."""

    status: ProspectStatus | None = None
    min_score: int | None = Field(None, ge=0, le=100)
    q: str = Field("", max_length=200)
    sort: Sort = "-score"


@router.get(
    "/{campaign_id}/prospects.csv",
    responses={200: {"content": {"text/csv": {}}}, **problems(404)},
    response_class=StreamingResponse,
)
async def spreadsheet(
    campaign_id: str, principal: Viewer, read: Read, asked: Annotated[Selection, Query()]
) -> StreamingResponse:
    """Those that the list's filters leave, best score first where nothing else is asked; opens in
    Excel as it is."""
    campaign = await read.campaign(campaign_id)
    query = ProspectQuery(campaign_id=campaign_id, **dict(asked))
    views = read.models.all_prospects(principal.org, query)
    name = f"filon-{campaign.id}.csv"
    return StreamingResponse(
        _chunks(views, principal.language),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _chunks(views: Iterable[ProspectView], language: Language) -> Iterator[bytes]:
    """About 64 KiB each."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow([render(f"export.{name}", language=language) for name in COLUMNS])
    for view in views:
        writer.writerow([safe(cell) for cell in _cells(view, language)])
        if buffer.tell() > 64 * 1024:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def safe(cell: str) -> str:
    """As text even where it looks like a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cells(view: ProspectView, language: Language) -> Sequence[str]:
    factors = [ShownFactor.of(factor, language) for factor in view.factors]
    contact = view.contacts[0] if view.contacts else None
    return (
        view.company,
        view.siren,
        "" if view.score is None else str(view.score),
        render(f"export.status.{view.status}", language=language),
        " | ".join(f"{f.reason} ({f.points}/{f.max})" for f in factors),
        contact.name if contact else "",
        view.title,
        view.email,
        contact.phone if contact else "",
        view.website,
        view.activity,
        HEADCOUNT_BANDS.get(view.headcount_band, ""),
        view.postal_code,
        view.city,
        view.found_at.strftime("%Y-%m-%d %H:%M"),
    )
